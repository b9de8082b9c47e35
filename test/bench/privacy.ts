import { join } from 'node:path';
import type { BackendName } from '../../src/domain/backend.js';
import { DEFAULT_PRIVACY, type PrivacyOptions } from '../../src/domain/privacy/options.js';
import { median, mirroredOrder, pairedRatio, type Estimate } from '../../src/domain/statistics.js';
import { makeFakeCamera } from '../../tools/fake-camera.js';
import { root } from '../../tools/root.js';
import { openApp, type App } from '../support/app.js';
import { temporaryFolder } from '../support/offline.js';
import { launchInstrument } from './instrument-page.js';
import { startInstrumentSite } from './instrument-site.js';
import { textTable } from './table.js';

export interface PrivacyBenchOptions {
  readonly backend: BackendName;
  /** A real GPU instead of the software adapter. */
  readonly gpu: boolean;
  /** Rounds, in each of which every kind is measured once. */
  readonly samples: number;
}

/** One way in which the picture is altered. */
interface Kind {
  readonly title: string;
  /** `null` for not at all: it travels to the page. */
  readonly privacy: PrivacyOptions | null;
}

/** What was measured of one; an entry per round. */
export interface PrivacyRecord {
  readonly title: string;
  /** Frames that were looked at and shown in a second. */
  readonly rates: number[];
  /** How long the page's thread was busy for each of them, in milliseconds. */
  readonly busy: number[];
}

const people = (changes: Partial<PrivacyOptions>): PrivacyOptions => ({
  ...DEFAULT_PRIVACY,
  ...changes,
});

const KINDS: readonly Kind[] = [
  { title: 'as it comes', privacy: null },
  { title: 'people blurred', privacy: people({ style: 'blur' }) },
  { title: 'people blurred, soft edges', privacy: people({ style: 'blur', shape: 'soft' }) },
  { title: 'people pixelated', privacy: people({ style: 'pixelate' }) },
  { title: 'people covered', privacy: people({ style: 'cover' }) },
  { title: 'people cut out', privacy: people({ style: 'cut-out' }) },
  {
    title: 'background blurred, soft',
    privacy: people({ style: 'blur', part: 'background', shape: 'soft' }),
  },
];

/** The part of its frame rate that a live picture is to keep. */
const LEAST_SHARE = 0.9;
/** Until the frames are those of the kind that is on. */
const SETTLING_MS = 700;
const SPAN_MS = 2000;
/** Frames until compilation and caches are over. */
const SETTLING_FRAMES = 30;

/**
 * Lets the real app look at a camera with people who move, and switches through all kinds of
 * altering its picture, every other round backwards.
 */
export async function measurePrivacy(
  { backend, gpu, samples }: PrivacyBenchOptions,
  log: (line: string) => void,
): Promise<readonly PrivacyRecord[]> {
  const folder = await temporaryFolder();
  const mjpeg = join(folder.path, 'camera.mjpeg');
  const photo = join(root, 'test/fixtures/astronaut.jpg');
  // Never still: the governor would look at fewer frames.
  await makeFakeCamera(mjpeg, [
    { photo, frames: 5 },
    { photo, frames: 5, fit: 'cover' },
  ]);
  const usesGpu = backend === 'webgpu' || backend === 'webgl';
  const graphics = gpu ? 'real' : usesGpu ? 'software' : 'none';
  const site = await startInstrumentSite();
  const browser = await launchInstrument(graphics, true, [
    '--use-fake-device-for-media-stream=fps=30',
    `--use-file-for-fake-video-capture=${mjpeg}`,
  ]);
  try {
    const app = await openApp(browser, site.url, `source=camera&backend=${backend}&detail=off`);
    await app.frames(SETTLING_FRAMES);
    const records = KINDS.map((kind) => ({ kind, record: emptyRecord(kind) }));
    for (let round = 0; round < samples; round++) {
      for (const { kind, record } of mirroredOrder(records, round)) {
        const { rate, busy } = await measureOnce(app, kind);
        record.rates.push(rate);
        record.busy.push(busy);
      }
      log(`round ${round + 1} of ${samples}`);
    }
    app.assertClean();
    await app.close();
    return records.map(({ record }) => record);
  } finally {
    await browser.close();
    await site.close();
    await folder.remove();
  }
}

function emptyRecord({ title }: Kind): PrivacyRecord {
  return { title, rates: [], busy: [] };
}

async function measureOnce(
  { page, context }: App,
  { privacy }: Kind,
): Promise<{ rate: number; busy: number }> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  const busySeconds = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
  };
  await page.evaluate(
    async ([options, settling]) => {
      const detector = document
        .querySelector('sightline-app')
        ?.shadowRoot?.querySelector('sightline-detector');
      if (!detector) throw new Error('no detector on this page');
      detector.privacy = options ?? undefined;
      await new Promise((resolve) => setTimeout(resolve, settling));
    },
    [privacy, SETTLING_MS] as const,
  );
  const before = await busySeconds();
  const { frames, seconds } = await page.evaluate(async (span) => {
    const detector = document
      .querySelector('sightline-app')
      ?.shadowRoot?.querySelector('sightline-detector');
    if (!detector) throw new Error('no detector on this page');
    let seen = 0;
    const count = (): void => {
      seen++;
    };
    const start = performance.now();
    detector.addEventListener('detections', count);
    await new Promise((resolve) => setTimeout(resolve, span));
    detector.removeEventListener('detections', count);
    return { frames: seen, seconds: (performance.now() - start) / 1000 };
  }, SPAN_MS);
  const busy = (1000 * ((await busySeconds()) - before)) / frames;
  await devtools.detach();
  return { rate: frames / seconds, busy };
}

/** The figures for people; the last line sums them up. */
export function privacyLines(
  { backend, gpu, samples }: PrivacyBenchOptions,
  records: readonly PrivacyRecord[],
): string[] {
  const [plain] = records;
  if (plain === undefined) return [];
  const rows = records.map((record) => [
    record.title,
    `${median(record.rates).toFixed(1)} frames/s`,
    record === plain ? '' : inWords(pairedRatio(record.rates, plain.rates)),
    `${median(record.busy).toFixed(1)} ms`,
  ]);
  const shares = records.slice(1).map(({ rates }) => pairedRatio(rates, plain.rates));
  const [least] = [...shares].sort((a, b) => a.value - b.value);
  if (least === undefined) return [];
  return [
    ...textTable([
      ['picture', 'looked at and shown', 'of the rate [95 %]', 'page busy a frame'],
      ...rows,
    ]),
    '',
    'rate: median of paired ratios to the picture as it comes, with a bootstrap interval; at most 30',
    'frames a second are looked at. 640 × 480 pixels, one person who moves and fills most of it.',
    '',
    `bench privacy on ${backend}${gpu ? ', a real GPU' : ''}, ${samples} rounds: an altered picture keeps at least ` +
      `${inWords(least)} of the frame rate, goal ${LEAST_SHARE} ${verdict(shares)}`,
  ];
}

function verdict(shares: readonly Estimate[]): string {
  if (shares.every(({ low }) => low >= LEAST_SHARE)) return 'met';
  return shares.some(({ high }) => high < LEAST_SHARE) ? 'missed' : 'undecided';
}

function inWords({ value, low, high }: Estimate): string {
  return `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}
