import { float16Table } from '../float16.js';
import { intersectionOverUnion, type BBox } from '../geometry.js';
import { LEAST_BASE_LOGIT } from './column.js';
import type { AnchorLayout } from './layout.js';
import { matchAnchors, POSITIVE } from './matching.js';
import { sparseDense, type SparseFeatures } from './sparse-features.js';
import {
  agreement,
  bestBoxes,
  evidenceOf,
  taughtScore,
  type TaughtBox,
  type TaughtClass,
  type Verifier,
} from './taught-class.js';
import {
  ColumnTrainer,
  DEFAULT_COLUMN_OPTIONS,
  type ColumnLesson,
  type ColumnOptions,
} from './train-column.js';
import { trainVerifier, type VerifierLesson } from './train-verifier.js';

/** One view of a picture, as the network sees it and a class learns from it. */
export interface AnchorView {
  readonly features: SparseFeatures;
  /** `anchorCount * classCount` raw logits as half-precision bits. */
  readonly logits: Uint16Array;
  /** `anchorCount * 4` decoded corners (ymin, xmin, ymax, xmax), normalised. */
  readonly boxes: Float32Array;
  /** Boxes of the class, normalised to the view; none in a negative. */
  readonly drawn: readonly BBox[];
  /** Number of the picture that it is a view of; those of examples and of negatives differ. */
  readonly picture: number;
}

/** The network that a class is taught to. */
export interface TaughtNetwork {
  readonly layout: AnchorLayout;
  /** See `matchAnchors`. */
  readonly anchors: Float32Array;
  /** Label of each column of its logits; `null` for those that are no class. */
  readonly labels: readonly (string | null)[];
}

export interface TeachClassInput {
  readonly network: TaughtNetwork;
  readonly examples: readonly AnchorView[];
  readonly negatives: readonly AnchorView[];
  readonly options?: Partial<ColumnOptions>;
}

export interface TeachClassCall {
  readonly signal?: AbortSignal | undefined;
  /** Gets the share that is done, 0 to 1, and the loss of the last step. */
  readonly onProgress?: ((fraction: number, loss: number) => void) | undefined;
  /** Awaited after each step, so that other work gets its turn. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** What was learnt; with an id and a name it is a `TaughtClass`. */
export interface LearntClass extends Pick<TaughtClass, 'column' | 'verifier' | 'threshold'> {
  /** A cancelled training leaves what it had learnt by then, with a cautious threshold. */
  readonly end: 'completed' | 'cancelled';
}

/** Trainings to find the threshold, each without a part of the negatives. */
const FOLDS = 2;

/** Boxes of a picture that the verifier learns from. */
const EXAMPLE_BOXES = 8;
const NEGATIVE_BOXES = 4;
const RIGHT_IOU = 0.5;
const WRONG_IOU = 0.3;

/** However few negatives there are: a class is neither silent nor cries at everything. */
const LOWEST_THRESHOLD = 0.3;
const HIGHEST_THRESHOLD = 0.93;
/** Where nobody waited for the right one. */
const CAUTIOUS_THRESHOLD = 0.7;

/**
 * Teaches an SSD a class that it does not have, from a few pictures with drawn
 * boxes: a class column, a verifier and a threshold.
 *
 * The threshold is what silences every negative of trainings that had not seen
 * it: a class learns the negatives it is trained with by heart, and on those
 * would always look better than it is.
 *
 * A training that is cancelled ends with what it has learnt so far.
 *
 * @throws DOMException `AbortError` when it was cancelled before it had learnt anything.
 */
export async function teachClass(
  { network, examples, negatives, options: overrides }: TeachClassInput,
  call: TeachClassCall = {},
): Promise<LearntClass> {
  const { signal, onProgress } = call;
  const isCancelled = (): boolean => signal?.aborted ?? false;
  const options = { ...DEFAULT_COLUMN_OPTIONS, ...overrides };
  const base = likestClass(network, examples);
  const lesson = (view: AnchorView): ColumnLesson => columnLesson(network, view, base);
  const [shown, others] = [examples.map(lesson), negatives.map(lesson)];
  const run = (part: number, kept: readonly number[]): Promise<Learnt | undefined> =>
    train(network, base, { examples, negatives, shown, others, kept }, options, {
      ...call,
      onProgress: (fraction, loss) => onProgress?.((part + fraction) / (FOLDS + 1), loss),
    });
  const learnt = await run(0, [...negatives.keys()]);
  if (!learnt) throw signal?.reason;
  const heldBackScores: number[] = [];
  for (let fold = 0; fold < FOLDS && !isCancelled(); fold++) {
    const isHeldBack = (index: number): boolean =>
      (negatives[index]?.picture ?? 0) % FOLDS === fold;
    const kept = [...negatives.keys()].filter((index) => !isHeldBack(index));
    const judge = await run(fold + 1, kept);
    if (!judge || isCancelled()) break;
    negatives.forEach((view, index) => {
      if (isHeldBack(index)) heldBackScores.push(bestScore(network, judge, base, view));
    });
  }
  const threshold = quietThreshold(heldBackScores);
  return {
    column: { base, weights: Float32Array.from(learnt.weights) },
    verifier: learnt.verifier,
    threshold: isCancelled() ? Math.max(threshold, CAUTIOUS_THRESHOLD) : threshold,
    end: isCancelled() ? 'cancelled' : 'completed',
  };
}

/**
 * The network's own class that the examples look most like: the one with the
 * highest mean probability at their anchors.
 *
 * @returns Its column.
 */
export function likestClass(network: TaughtNetwork, examples: readonly AnchorView[]): number {
  const numbers = float16Table();
  const { labels } = network;
  const sums = labels.map(() => 0);
  for (const view of examples) {
    matchAnchors(view.drawn, network.anchors, view.boxes).forEach((match, anchor) => {
      if (match !== POSITIVE) return;
      labels.forEach((label, column) => {
        if (label === null) return;
        const logit = numbers[view.logits[anchor * labels.length + column] ?? 0] ?? 0;
        sums[column] = (sums[column] ?? 0) + 1 / (1 + Math.exp(-logit));
      });
    });
  }
  const best = Math.max(...sums);
  return best > 0 ? sums.indexOf(best) : labels.findIndex((label) => label !== null);
}

interface Lessons {
  readonly examples: readonly AnchorView[];
  readonly negatives: readonly AnchorView[];
  readonly shown: readonly ColumnLesson[];
  readonly others: readonly ColumnLesson[];
  /** Indices of the negatives to learn from. */
  readonly kept: readonly number[];
}

interface Learnt {
  readonly weights: Float64Array;
  readonly verifier: Verifier;
}

/** @returns What was learnt until it was done or cancelled; `undefined` before the first step. */
async function train(
  network: TaughtNetwork,
  base: number,
  { examples, negatives, shown, others, kept }: Lessons,
  options: ColumnOptions,
  { signal, onProgress, pause }: TeachClassCall,
): Promise<Learnt | undefined> {
  const pick = <T>(list: readonly T[]): T[] => kept.flatMap((index) => list[index] ?? []);
  const trainer = new ColumnTrainer(network.layout, shown, pick(others), options);
  while (trainer.step < options.steps && signal?.aborted !== true) {
    const loss = trainer.advance();
    onProgress?.(trainer.step / options.steps, loss);
    await pause?.();
  }
  if (trainer.step === 0) return undefined;
  const { weights } = trainer;
  const lessons = [
    ...examples.flatMap((view) => verifierLessons(network, weights, base, view, EXAMPLE_BOXES)),
    ...pick(negatives).flatMap((view) =>
      verifierLessons(network, weights, base, view, NEGATIVE_BOXES),
    ),
  ];
  return { weights, verifier: trainVerifier(lessons, network.labels.length) };
}

function columnLesson(
  { anchors, labels }: TaughtNetwork,
  { features, logits, boxes, drawn }: AnchorView,
  base: number,
): ColumnLesson {
  return {
    features,
    base: baseLogits(logits, labels.length, base),
    matches: matchAnchors(drawn, anchors, boxes),
  };
}

function baseLogits(logits: Uint16Array, classCount: number, base: number): Float32Array {
  const numbers = float16Table();
  return Float32Array.from({ length: logits.length / classCount }, (_, anchor) =>
    Math.max(LEAST_BASE_LOGIT, numbers[logits[anchor * classCount + base] ?? 0] ?? 0),
  );
}

function boxesOf(
  { layout, labels }: TaughtNetwork,
  weights: Float64Array,
  base: number,
  { features, logits, boxes }: AnchorView,
  count?: number,
): TaughtBox[] {
  const out = new Float32Array(layout.anchorCount);
  sparseDense(layout, weights, features, out);
  const own = baseLogits(logits, labels.length, base);
  return bestBoxes(
    out.map((logit, anchor) => logit + (own[anchor] ?? 0)),
    boxes,
    count,
  );
}

/** The best boxes of a view, those left out that are neither right nor wrong. */
function verifierLessons(
  network: TaughtNetwork,
  weights: Float64Array,
  base: number,
  view: AnchorView,
  count: number,
): VerifierLesson[] {
  return boxesOf(network, weights, base, view, count).flatMap(({ bbox, anchor }) => {
    const overlap = Math.max(0, ...view.drawn.map((box) => intersectionOverUnion(box, bbox)));
    if (overlap >= WRONG_IOU && overlap < RIGHT_IOU) return [];
    const evidence = evidenceOf(view.logits, network.labels.length, anchor);
    return { evidence, isRight: overlap >= RIGHT_IOU };
  });
}

/** The highest score of any box in a view. */
function bestScore(
  network: TaughtNetwork,
  { weights, verifier }: Learnt,
  base: number,
  view: AnchorView,
): number {
  return boxesOf(network, weights, base, view).reduce((best, { anchor, probability }) => {
    const evidence = evidenceOf(view.logits, network.labels.length, anchor);
    return Math.max(best, taughtScore(probability, agreement(verifier, evidence)));
  }, 0);
}

/** Just above the loudest negative. */
function quietThreshold(scores: readonly number[]): number {
  const loudest = Math.max(0, ...scores);
  return Math.min(HIGHEST_THRESHOLD, Math.max(LOWEST_THRESHOLD, loudest + 0.01));
}
