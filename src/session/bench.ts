import { wrongBoxes } from '../domain/box-agreement.js';
import type { Detection } from '../domain/detection.js';
import { isAbort, toSightlineError } from '../domain/errors.js';
import { median, mirroredOrder, pairedRatio, type Estimate } from '../domain/statistics.js';
import { throwIfAborted } from '../platform/abort.js';

/** One way to detect, loaded and ready. */
export interface BenchArm {
  /** What it runs on, for people to read. */
  readonly adapter: string;
  /** Of its weights; `float16`, `int8` … */
  readonly precision: string;
  detect(picture: HTMLCanvasElement): Promise<readonly Detection[]>;
  close(): Promise<void>;
}

/** One way to detect, by name. */
export interface BenchContender {
  readonly id: string;
  readonly title: string;
  /** Its boxes are what those of the others are held against. */
  readonly isReference?: boolean;
  /** @throws Anything, when this device cannot. */
  open(): Promise<BenchArm>;
}

/** How far a comparison is. */
export interface BenchProgress {
  readonly stage: 'open' | 'warm-up' | 'measure';
  /** 0 to 1 over the whole comparison, never falling. */
  readonly fraction: number;
  /** Title of the contender that is being opened. */
  readonly title?: string | undefined;
}

/** How one contender did. */
export type BenchEntry = {
  readonly id: string;
  readonly title: string;
} & (
  | {
      readonly kind: 'measured';
      readonly adapter: string;
      readonly precision: string;
      /** One per round, as the page saw it. */
      readonly milliseconds: readonly number[];
      readonly median: number;
      /** Time per frame as a multiple of the baseline's; absent for the baseline itself. */
      readonly ratio: Estimate | undefined;
      /** What is found differently from the reference, in words; empty when all agrees. */
      readonly differences: readonly string[];
    }
  /** Takes so long that measuring it on would try anyone's patience. */
  | {
      readonly kind: 'too-slow';
      readonly adapter: string;
      readonly milliseconds: readonly number[];
    }
  | { readonly kind: 'failed'; readonly reason: string }
);

/** What a comparison gave. */
export interface BenchOutcome {
  /** Id of the contender that the ratios are to; the first that could be measured. */
  readonly baseline: string | undefined;
  readonly rounds: number;
  readonly entries: readonly BenchEntry[];
}

export interface BenchSettings {
  /** Each round shows one frame to every contender. */
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BenchProgress) => void;
}

/** Looks before those that count: compilation, caches, pools. */
const WARM_UP_ROUNDS = 3;
/** A contender that takes longer per frame is left out, in milliseconds. */
const TOO_SLOW = 1500;
/** Share of the progress that opening takes. */
const OPENING = 0.3;

interface Running {
  readonly contender: BenchContender;
  readonly arm: BenchArm;
  readonly milliseconds: number[];
  readonly found: Map<number, readonly Detection[]>;
}

/**
 * Measures contenders side by side: in each round all of them look at the same
 * frame, every other round in the opposite order, so that whatever slows the
 * device for a while slows them all. The verdict is the median of the paired
 * ratios, never a time.
 *
 * @param frames At least one; each contender is given them in turn.
 * @throws SightlineError `aborted` by the signal. Whatever else happens to a
 *   contender is its own result.
 */
export async function compareContenders(
  contenders: readonly BenchContender[],
  frames: readonly HTMLCanvasElement[],
  { rounds, signal, onProgress }: BenchSettings,
): Promise<BenchOutcome> {
  const entries = new Map<string, BenchEntry>();
  let running: Running[] = [];
  const opened: BenchArm[] = [];
  try {
    for (const [index, contender] of contenders.entries()) {
      throwIfAborted(signal);
      const { id, title } = contender;
      onProgress({ stage: 'open', fraction: (OPENING * index) / contenders.length, title });
      try {
        const arm = await contender.open();
        opened.push(arm);
        running.push({ contender, arm, milliseconds: [], found: new Map() });
      } catch (thrown) {
        if (isAbort(thrown)) throw thrown;
        entries.set(id, { id, title, kind: 'failed', reason: toSightlineError(thrown).detail });
      }
    }
    const total = WARM_UP_ROUNDS + rounds;
    for (let round = 0; round < total; round++) {
      const isWarmUp = round < WARM_UP_ROUNDS;
      const fraction = OPENING + ((1 - OPENING) * round) / total;
      onProgress({ stage: isWarmUp ? 'warm-up' : 'measure', fraction });
      // Both orders on one frame, then the next frame.
      const at = Math.floor(round / 2) % frames.length;
      for (const one of mirroredOrder(running, round)) {
        throwIfAborted(signal);
        const entry = await lookOnce(one, frames[at], at, isWarmUp);
        if (entry === undefined) continue;
        entries.set(entry.id, entry);
        running = running.filter((other) => other !== one);
      }
    }
    onProgress({ stage: 'measure', fraction: 1 });
    const [baseline] = running;
    const reference = running.find(({ contender }) => contender.isReference) ?? baseline;
    for (const one of running) {
      entries.set(one.contender.id, measured(one, baseline, reference, frames));
    }
    return {
      baseline: baseline?.contender.id,
      rounds,
      entries: contenders.flatMap(({ id }) => entries.get(id) ?? []),
    };
  } finally {
    await Promise.allSettled(opened.map((arm) => arm.close()));
  }
}

/** @returns Its result where the contender goes no further. */
async function lookOnce(
  { contender: { id, title }, arm, milliseconds, found }: Running,
  frame: HTMLCanvasElement | undefined,
  at: number,
  isWarmUp: boolean,
): Promise<BenchEntry | undefined> {
  if (frame === undefined) return undefined;
  try {
    const start = performance.now();
    const detections = await arm.detect(frame);
    const elapsed = performance.now() - start;
    found.set(at, detections);
    if (!isWarmUp) milliseconds.push(elapsed);
    // The first look of all may still compile something.
    else if (elapsed > TOO_SLOW && found.size > 1) {
      return { id, title, kind: 'too-slow', adapter: arm.adapter, milliseconds: [elapsed] };
    }
    return undefined;
  } catch (thrown) {
    if (isAbort(thrown)) throw thrown;
    return { id, title, kind: 'failed', reason: toSightlineError(thrown).detail };
  }
}

function measured(
  one: Running,
  baseline: Running | undefined,
  reference: Running | undefined,
  frames: readonly HTMLCanvasElement[],
): BenchEntry {
  const { contender, arm, milliseconds, found } = one;
  const isBaseline = one === baseline || baseline === undefined;
  return {
    id: contender.id,
    title: contender.title,
    kind: 'measured',
    adapter: arm.adapter,
    precision: arm.precision,
    milliseconds,
    median: median(milliseconds),
    ratio: isBaseline ? undefined : pairedRatio(milliseconds, baseline.milliseconds),
    differences:
      reference === undefined || one === reference
        ? []
        : frames.flatMap((frame, at) =>
            wrongBoxes(found.get(at) ?? [], reference.found.get(at) ?? [], frame),
          ),
  };
}
