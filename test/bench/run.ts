import { join } from 'node:path';
import type { BackendName } from '../../src/domain/backend.js';
import type { Detection } from '../../src/domain/detection.js';
import { root } from '../../tools/root.js';
import { BASELINE, benchArms, type BenchArm, type BoxCheck } from './arms.js';
import { missingBoxes, wrongBoxes } from '../../src/domain/box-agreement.js';
import { FRAME_SIZE, prepareFrames, type BenchFrame } from './frames.js';
import { launchInstrument, openArm, type Graphics, type OpenArm } from './instrument-page.js';
import { startInstrumentSite, type InstrumentSite } from './instrument-site.js';
import type { Sample } from './page/instrument.js';
import { wrongLabels } from './labels.js';
import { prepareRivals } from './rivals/prepare.js';
import { mirroredOrder } from '../../src/domain/statistics.js';

export interface BenchOptions {
  readonly backend: BackendName;
  /** A real GPU instead of the software adapter. */
  readonly gpu: boolean;
  /** With a window. */
  readonly headed: boolean;
  /** Rounds, in each of which every arm is measured once; even, so that both orders are as frequent. */
  readonly samples: number;
  /** Path of another detector to run in MediaPipe Tasks. */
  readonly mediapipe?: string | undefined;
  /** A folder of photographs to take for frames, instead of the committed ones. */
  readonly pictures?: string | undefined;
  /** Ids of those that are measured, beside stock; all when absent. */
  readonly arms?: readonly string[] | undefined;
  /** Training instead of detection. */
  readonly train?: boolean;
  /** How soon the stored app shows a box, instead of detection. */
  readonly start?: boolean;
  /** The frame rate with altered pictures, instead of detection. */
  readonly privacy?: boolean;
}

/** All that was measured of one arm; one entry per round. */
export interface ArmRecord {
  readonly arm: BenchArm;
  readonly adapter: string;
  readonly milliseconds: number[];
  /** Longest time for which the page's thread was busy during a frame, in milliseconds. */
  readonly longestGaps: number[];
  /** The same while nothing was done. */
  readonly idleGap: number;
  readonly dispatches: number[];
  readonly submits: number[];
  readonly readbackBytes: number[];
  /** The most that page and workers together held, in bytes. */
  peakMemory: number | undefined;
}

/**
 * Rounds before the first that counts: compilation, caches, pools. Even, so that
 * the frames change between pairs of rounds. On a GPU all of it happens at
 * loading, and a software adapter needs seconds for a frame.
 */
const WARM_UP_ROUNDS: Readonly<Record<BackendName, number>> = {
  webgpu: 2,
  webgl: 2,
  wasm: 4,
  cpu: 2,
};

/** Memory is asked for in every so manieth round; it costs a garbage collection. */
const MEMORY_ROUNDS = 5;

const IDLE_MS = 500;

interface Contestant {
  readonly record: ArmRecord;
  readonly page: OpenArm;
}

/**
 * Measures all arms side by side in one browser. In each round every arm looks
 * at the same frame twice: once to be checked, warm and with its gaps measured,
 * then once for its latency (and the boxes are checked again).
 *
 * @throws Error when a device was lost, a box was wrong, or something else ran
 *   than what was asked for: then nothing is worth comparing.
 */
export async function measure(
  options: BenchOptions,
  log: (line: string) => void,
): Promise<ArmRecord[]> {
  const folder = join(root, '.cache/bench/frames');
  const frames = await prepareFrames(folder, options.pictures);
  const arms = benchArms(options.backend, options.mediapipe).filter(
    ({ id }) => id === BASELINE || options.arms?.includes(id) !== false,
  );
  const rivals = await prepareRivals(arms, options.mediapipe);
  const site = await startInstrumentSite({ '/frames/': folder, ...rivals });
  const browser = await launchInstrument(graphicsOf(options), !options.headed);
  try {
    const contestants: Contestant[] = [];
    for (const arm of arms) {
      const page = await openArm(browser, site, arm.spec, options.backend);
      contestants.push({ record: emptyRecord(arm, page.adapter, await idleGap(page)), page });
      log(`${arm.title}: ready (${page.adapter})`);
    }
    const warmUp = WARM_UP_ROUNDS[options.backend];
    for (let round = -warmUp; round < options.samples; round++) {
      // Both orders on one frame, then the next frame.
      const frame = frames[Math.floor((round + warmUp) / 2) % frames.length];
      if (frame === undefined) break;
      for (const contestant of mirroredOrder(contestants, Math.abs(round))) {
        await measureOnce(contestant, frame, site, round);
      }
      log(round < 0 ? 'warming up' : `round ${round + 1} of ${options.samples}`);
    }
    for (const { page } of contestants) await page.close();
    return contestants.map(({ record }) => record);
  } finally {
    await browser.close();
    await site.close();
  }
}

/** The GPU only where the backend uses it, since on many machines it is the CPU in disguise. */
function graphicsOf({ backend, gpu }: BenchOptions): Graphics {
  if (gpu) return 'real';
  return backend === 'webgpu' || backend === 'webgl' ? 'software' : 'none';
}

function emptyRecord(arm: BenchArm, adapter: string, gap: number): ArmRecord {
  return {
    arm,
    adapter,
    idleGap: gap,
    milliseconds: [],
    longestGaps: [],
    dispatches: [],
    submits: [],
    readbackBytes: [],
    peakMemory: undefined,
  };
}

function idleGap(page: OpenArm): Promise<number> {
  return page.idleGap(IDLE_MS);
}

async function measureOnce(
  { record, page }: Contestant,
  frame: BenchFrame,
  site: InstrumentSite,
  round: number,
): Promise<void> {
  await page.show(`${site.url}frames/${frame.file}`);
  const checked = await page.sample(true);
  assertRight(record, frame, checked);
  const timed = await page.sample(false);
  assertRight(record, frame, timed);
  if (round < 0) return;
  record.milliseconds.push(timed.milliseconds);
  record.longestGaps.push(checked.longestGap ?? NaN);
  record.dispatches.push(timed.gpu.dispatches);
  record.submits.push(timed.gpu.submits);
  record.readbackBytes.push(timed.gpu.readbackBytes);
  if (round % MEMORY_ROUNDS !== 0) return;
  const memory = await page.memory();
  if (memory !== undefined) record.peakMemory = Math.max(record.peakMemory ?? 0, memory);
}

function assertRight({ arm }: ArmRecord, frame: BenchFrame, { detections }: Sample): void {
  const wrong = wrongIn(detections, frame, arm.check ?? 'same');
  if (wrong.length === 0) return;
  throw new Error(`${arm.title} is wrong on ${frame.name}: ${wrong.join('; ')}`);
}

function wrongIn(
  found: readonly Detection[],
  { reference, isChosen }: BenchFrame,
  check: BoxCheck,
): string[] {
  if (check === 'surest' || !isChosen) return wrongLabels(found, reference);
  const wrong = check === 'same' ? wrongBoxes : missingBoxes;
  return wrong(found, reference, FRAME_SIZE);
}
