import type { BrowserContext } from 'playwright-core';
import { median } from '../../src/domain/statistics.js';
import { distDir } from '../../tools/root.js';
import { startServer } from '../../tools/server.js';
import { launchProfile, storedWhole, temporaryFolder } from '../support/offline.js';

/** Milliseconds until the first box after a start without a network (DESIGN.md, section 8). */
const BUDGET_MS = 2500;

const FIRST_BOX_TIMEOUT_MS = 60_000;

/** The page leaves here when its first box came, in milliseconds after it was opened. */
declare global {
  var firstBoxAt: number | undefined;
}

/**
 * Stores the app, stops the server, and opens it again and again, each time in a
 * newly started browser: what the engine compiled in memory is gone, what a
 * browser keeps in its profile is there.
 *
 * @returns Milliseconds from opening the page to its first box on the demo clip, one per start.
 */
export async function measureStart(
  samples: number,
  log: (line: string) => void,
): Promise<readonly number[]> {
  const profile = await temporaryFolder();
  const server = await startServer({ dir: distDir, port: 0 });
  const address = `${server.url}?source=demo&backend=wasm`;
  try {
    await inBrowser(profile.path, async (context) => {
      const page = await context.newPage();
      await page.goto(server.url);
      await storedWhole(page);
      // As after a person's first visit: the probe has chosen.
      await firstBox(context, address);
    });
    await server.close();
    const times: number[] = [];
    for (let sample = 1; sample <= samples; sample++) {
      await inBrowser(profile.path, async (context) => {
        times.push(await firstBox(context, address));
      });
      log(`start ${sample} of ${samples}: ${Math.round(times.at(-1) ?? NaN)} ms`);
    }
    return times;
  } finally {
    await server.close();
    await profile.remove();
  }
}

export function startLine(times: readonly number[]): string {
  const middle = Math.round(median(times));
  const verdict = middle <= BUDGET_MS ? 'met' : 'missed';
  return (
    `start without a network, wasm: first box after ${middle} ms (median of ${times.length}, at most ` +
    `${Math.round(Math.max(...times))}), budget ${BUDGET_MS} ms ${verdict}`
  );
}

async function inBrowser(
  profile: string,
  use: (context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await launchProfile(profile);
  try {
    await use(context);
  } finally {
    await context.close();
  }
}

async function firstBox(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    document.addEventListener('detections', (event) => {
      const { detections } = event as unknown as { readonly detections: readonly unknown[] };
      if (detections.length > 0) globalThis.firstBoxAt ??= performance.now();
    });
  });
  await page.goto(address);
  const found = await page.waitForFunction(() => globalThis.firstBoxAt, undefined, {
    timeout: FIRST_BOX_TIMEOUT_MS,
    polling: 50,
  });
  return (await found.jsonValue()) ?? NaN;
}
