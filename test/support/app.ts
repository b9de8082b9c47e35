import type { Browser, Page } from 'playwright-core';
import type { Detection } from '../../src/domain/detection.js';
import type { SessionState, SessionStats } from '../../src/session/types.js';
import type {} from '../../src/ui/elements/sightline-detector.js';
import { visit, type Visit, type VisitOptions } from './visit.js';

/** A page with the app, and its detector within reach. */
export interface App extends Visit {
  /** Waits until this many more frames were processed, and gives the last one's detections. */
  readonly frames: (count: number, timeoutMs?: number) => Promise<readonly Detection[]>;
  readonly state: () => Promise<SessionState>;
  readonly stats: () => Promise<SessionStats>;
  /** Waits for the problem card with this title. */
  readonly problem: (title: string | RegExp) => Promise<void>;
}

/** Opens the app. @param query Of the address, without the question mark. */
export async function openApp(
  browser: Browser,
  siteUrl: string,
  query = '',
  options: VisitOptions = {},
): Promise<App> {
  const visited = await visit(browser, query === '' ? siteUrl : `${siteUrl}?${query}`, options);
  const { page } = visited;
  await page.locator('sightline-detector').waitFor({ state: 'attached' });
  return {
    ...visited,
    frames: (count, timeoutMs = 60_000) => nextFrames(page, count, timeoutMs),
    state: () => page.evaluate(readState),
    stats: () => page.evaluate(readStats),
    problem: async (title) => {
      await page.getByRole('alert').getByRole('heading', { name: title }).waitFor();
    },
  };
}

async function nextFrames(
  page: Page,
  count: number,
  timeoutMs: number,
): Promise<readonly Detection[]> {
  const frames = page.locator('sightline-detector').evaluate(
    (element: HTMLElement, wanted) =>
      new Promise<Detection[]>((resolve) => {
        const controller = new AbortController();
        let seen = 0;
        element.addEventListener(
          'detections',
          (event) => {
            if (++seen < wanted) return;
            controller.abort();
            resolve([...event.detections]);
          },
          { signal: controller.signal },
        );
      }),
    count,
    { timeout: timeoutMs },
  );
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => {
      reject(new Error(`fewer than ${String(count)} frames in ${String(timeoutMs)} ms`));
    }, timeoutMs).unref();
  });
  return Promise.race([frames, late]);
}

/** The functions below run in the page; elements do not travel, so they are left out. */

function readState(): SessionState {
  const app = document.querySelector('sightline-app');
  const detector = app?.shadowRoot?.querySelector('sightline-detector');
  if (!detector) throw new Error('no detector on this page');
  const plain = JSON.stringify(detector.state, (_key, value: unknown) =>
    value instanceof Element ? null : value,
  );
  return JSON.parse(plain) as SessionState;
}

function readStats(): SessionStats {
  const app = document.querySelector('sightline-app');
  const detector = app?.shadowRoot?.querySelector('sightline-detector');
  if (!detector) throw new Error('no detector on this page');
  return detector.stats;
}
