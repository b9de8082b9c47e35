/**
 * The only way to the network. It can be cut, to prove that the app does
 * without: `fetch` fails then, and what was asked for is noted.
 */
import type { WorkboxPlugin } from 'workbox-core/types.js';
import { scope } from './scope.js';

/** Nobody forgets to mend the cut: it ends by itself. */
const LONGEST_CUT_MS = 120_000;

let cutUntil = 0;
const refused = new Set<string>();

/**
 * @param milliseconds How long from now; 0 ends the cut.
 * @returns Paths below the root of the site that were refused so far.
 */
export function cutNetwork(milliseconds: number): readonly string[] {
  const paths = [...refused];
  if (milliseconds > 0 && Date.now() >= cutUntil) refused.clear();
  cutUntil = Date.now() + Math.min(milliseconds, LONGEST_CUT_MS);
  return paths;
}

export function isNetworkCut(): boolean {
  return Date.now() < cutUntil;
}

/** `fetch`, as long as the network is not cut. */
export async function fetchFromNetwork(input: Request, init?: RequestInit): Promise<Response> {
  refuseWhenCut(input);
  return fetch(input, init);
}

function refuseWhenCut({ url }: Request): void {
  if (!isNetworkCut()) return;
  const { scope: root } = scope.registration;
  refused.add(url.startsWith(root) ? url.slice(root.length) : url);
  throw new TypeError('the network is cut off for a check');
}

/** Makes Workbox respect the cut as well. */
export const networkPlugin: WorkboxPlugin = {
  requestWillFetch: ({ request }) => {
    refuseWhenCut(request);
    return Promise.resolve(request);
  },
};
