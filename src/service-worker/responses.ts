/** What the responses of the service worker look like. */
import type { WorkboxPlugin } from 'workbox-core/types.js';

/**
 * What makes a page cross-origin isolated, and with it WebAssembly threads
 * possible. Nothing of another origin is ever loaded, so this holds for every
 * file of the site.
 */
const ISOLATION = {
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/**
 * A response with the isolation headers, for hosts that cannot send them
 * themselves (GitHub Pages, for one).
 */
export function isolated(response: Response): Response {
  const missing = Object.entries(ISOLATION).filter(([name]) => !response.headers.has(name));
  // A redirect or an error has no headers that could be changed.
  if (missing.length === 0 || response.type === 'error' || response.redirected) return response;
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of missing) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { headers, status, statusText });
}

/** Does so to whatever Workbox answers. */
export const isolationPlugin: WorkboxPlugin = {
  handlerWillRespond: ({ response }) => Promise.resolve(isolated(response)),
};

/** `sha256-…` of some bytes, in the form of subresource integrity. */
export async function integrityOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
