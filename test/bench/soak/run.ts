import type { Page } from 'playwright-core';
import type { BackendName } from '../../../src/domain/backend.js';
import { openApp, type App } from '../../support/app.js';
import { launchInstrument } from '../instrument-page.js';
import { startInstrumentSite } from '../instrument-site.js';
import type { ProbeCounts } from '../page/probe-counts.js';
import { median } from '../../../src/domain/statistics.js';
import type { SoakPoint } from './verdicts.js';

export interface SoakOptions {
  /** Frames to be processed after the start. */
  readonly frames: number;
  readonly source: 'demo' | 'camera';
  readonly backend: BackendName;
  /** Seconds between two points. */
  readonly interval: number;
}

/** Frames until compilation, pools and the first collection are over. */
const SETTLING_FRAMES = 20;

/** The frames must keep coming: so many milliseconds without one are a failure. */
const LONGEST_SILENCE = 120_000;

/** The page collects here what each frame took, until it is fetched. */
declare global {
  var soakLatencies: number[];
}

/**
 * Lets the real app run with its live source and looks at it every few seconds.
 *
 * @throws Error when the app shows an error, or no frame comes any more.
 */
export async function soak(
  options: SoakOptions,
  log: (line: string) => void,
): Promise<SoakPoint[]> {
  const { frames, source, backend, interval } = options;
  const usesGpu = backend === 'webgpu' || backend === 'webgl';
  const site = await startInstrumentSite();
  const browser = await launchInstrument(usesGpu ? 'software' : 'none', true, [
    '--use-fake-device-for-media-stream=fps=30',
  ]);
  try {
    const app = await openApp(browser, site.url, `source=${source}&backend=${backend}`);
    await app.frames(SETTLING_FRAMES, LONGEST_SILENCE);
    await collectLatencies(app.page);
    const start = performance.now();
    const points: SoakPoint[] = [];
    let done = 0;
    const processedBefore = (await app.stats()).framesProcessed;
    let lastProgress = start;
    while (done < frames) {
      await app.page.waitForTimeout(interval * 1000);
      const point = await look(app, (performance.now() - start) / 1000, processedBefore);
      done = point.frames;
      const before = points.at(-1)?.frames ?? 0;
      if (point.frames > before) {
        lastProgress = performance.now();
        points.push(point);
        log(inWords(point, frames));
      } else if (performance.now() - lastProgress > LONGEST_SILENCE) {
        throw new Error(`no frame for ${LONGEST_SILENCE / 1000} s, after ${done} frames`);
      }
    }
    app.assertClean();
    await app.close();
    return points;
  } finally {
    await browser.close();
    await site.close();
  }
}

/** @param processedBefore Frames that had been processed when the soak began. */
async function look(app: App, seconds: number, processedBefore: number): Promise<SoakPoint> {
  const { page } = app;
  const { engine, framesProcessed, workerRestarts } = await app.stats();
  const latencies = await page.evaluate(() => globalThis.soakLatencies.splice(0));
  return {
    frames: framesProcessed - processedBefore,
    seconds,
    tensors: engine?.tensors ?? NaN,
    tensorBytes: engine?.tensorBytes ?? NaN,
    gpuBytes: engine?.gpuBytes,
    heapBytes: await heapBytes(page),
    wasmBytes: await wasmBytes(page),
    latency: median(latencies),
    replacements: workerRestarts + (engine?.recoveries ?? 0),
  };
}

async function collectLatencies(page: Page): Promise<void> {
  await page.locator('sightline-detector').evaluate((element: HTMLElement) => {
    globalThis.soakLatencies = [];
    element.addEventListener('detections', ({ timings }) => {
      const { preprocess, inference, postprocess } = timings;
      globalThis.soakLatencies.push(preprocess + inference + postprocess);
    });
  });
}

/** Page and workers together, right after a collection; `undefined` where the browser does not tell. */
function heapBytes(page: Page): Promise<number | undefined> {
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory } = performance as {
      measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
    };
    return (await measureUserAgentSpecificMemory?.call(performance))?.bytes;
  });
}

/** Of the engine's worker, which carries the probe. */
async function wasmBytes(page: Page): Promise<number | undefined> {
  const worker = page.workers().find((candidate) => candidate.url().endsWith('/engine/worker.js'));
  const counts = await worker?.evaluate(() =>
    (globalThis as unknown as { probeCounts: () => ProbeCounts }).probeCounts(),
  );
  return counts?.wasmBytes;
}

function inWords(point: SoakPoint, frames: number): string {
  const heap = point.heapBytes === undefined ? '–' : (point.heapBytes / 1e6).toFixed(1);
  return (
    `${point.frames} of ${frames} frames, ${point.seconds.toFixed(0)} s: ` +
    `${point.tensors} tensors, heap ${heap} MB, ${point.latency.toFixed(1)} ms a frame`
  );
}
