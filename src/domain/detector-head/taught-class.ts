import { voteBoxes } from '../box-voting.js';
import type { Candidate } from '../non-max-suppression.js';
import { CANDIDATE_STRIDE, sigmoid } from '../candidates.js';
import type { Detection } from '../detection.js';
import { area, clipToSize, intersectionOverUnion, type BBox, type Size } from '../geometry.js';
import { fromFloat16 } from '../float16.js';
import { offsetBox, type BoxOffset } from './box-offset.js';
import { LEAST_BASE_LOGIT, type ClassColumn } from './column.js';
import { cornersBox } from './matching.js';

/**
 * A second opinion on a box: how what the network's own classes say at its anchor
 * goes together with the taught class. It is what silences the taught class on
 * things that the network knows by name, a cat say, when something cat-like was
 * taught.
 */
export interface Verifier {
  /** One for each column of the network's logits. */
  readonly weights: Float32Array;
  readonly bias: number;
  /**
   * How sure the network was of each of its own columns at any example, as evidence, 0
   * where it was not: where it is surer than that, it knows something else there. Not of
   * what was learnt before there was this.
   */
  readonly ceiling?: Float32Array | undefined;
  /** Not of what was learnt before there was this. */
  readonly region?: RegionVerifier | undefined;
}

/**
 * A third opinion: what the network sees on average all over a box, in the first map
 * that its classes are predicted from. A column has weights of its own for each size and
 * shape of a box, and a few examples for each; this has the same ones for all boxes. It is
 * what tells things apart that the network has no names for.
 */
export interface RegionVerifier {
  /** One for each channel of the map. */
  readonly weights: Float32Array;
  readonly bias: number;
}

/** A class that the network does not have, taught by drawn boxes. */
export interface TaughtClass {
  readonly id: string;
  /** What a person calls it. */
  readonly label: string;
  /** Id of the model that it belongs to. */
  readonly model: string;
  readonly column: ClassColumn;
  readonly verifier: Verifier;
  /** Where its boxes lie beside the network's; those themselves when absent. */
  readonly offset?: BoxOffset | undefined;
  /** Below this score it is not told. 0 to 1. */
  readonly threshold: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** A box that may show a taught class. */
export interface TaughtBox {
  /** Normalised to the picture. */
  readonly bbox: BBox;
  readonly anchor: number;
  /** What the column says alone, 0 to 1. */
  readonly probability: number;
}

/** Anchors whose boxes are looked at. */
const MOST_ANCHORS = 100;
/** Boxes that are left after suppression, and verified. */
const MOST_BOXES = 20;
const SUPPRESSION_IOU = 0.5;

/** Logits are scaled by it for the verifier, so that they are of the size of 1. */
const LOGIT_SCALE = 1 / 4;

/**
 * The best boxes of a class: those of its best anchors, less those that overlap a better one.
 *
 * @param logits Of the class, one for each anchor.
 * @param boxes `anchorCount * 4` corners (ymin, xmin, ymax, xmax), normalised.
 * @param count At most so many.
 * @returns Best first.
 */
export function bestBoxes(
  logits: Float32Array,
  boxes: ArrayLike<number>,
  count = MOST_BOXES,
): TaughtBox[] {
  const bound = logits.slice().sort()[Math.max(0, logits.length - MOST_ANCHORS)] ?? -Infinity;
  const best: number[] = [];
  logits.forEach((logit, anchor) => {
    if (logit >= bound) best.push(anchor);
  });
  best.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  const found = best.slice(0, MOST_ANCHORS).map((anchor): TaughtBox => {
    return { bbox: cornersBox(boxes, anchor), anchor, probability: sigmoid(logits[anchor] ?? 0) };
  });
  return withoutOverlaps(found, count);
}

/**
 * The same out of what the engine reads back.
 *
 * @param rows See `CANDIDATE_STRIDE`; best first.
 * @param column Of the class among those of the rows.
 */
export function boxesOfRows(rows: Float32Array, column: number): TaughtBox[] {
  const found: TaughtBox[] = [];
  for (let at = 0; at + CANDIDATE_STRIDE <= rows.length; at += CANDIDATE_STRIDE) {
    const logit = rows[at] ?? -Infinity;
    if (rows[at + 1] !== column || !Number.isFinite(logit)) continue;
    const bbox = cornersBox(rows.subarray(at + 3, at + 7), 0);
    found.push({ bbox, anchor: rows[at + 2] ?? 0, probability: sigmoid(logit) });
  }
  return withoutOverlaps(found, MOST_BOXES);
}

/**
 * Each best box lies where all that overlap it are on average; see `voteBoxes`.
 *
 * @param boxes Best first.
 */
function withoutOverlaps(boxes: readonly TaughtBox[], count: number): TaughtBox[] {
  const kept: TaughtBox[] = [];
  for (const box of boxes) {
    if (kept.length >= count) break;
    const isTaken = kept.some(
      (other) => intersectionOverUnion(other.bbox, box.bbox) > SUPPRESSION_IOU,
    );
    if (!isTaken) kept.push(box);
  }
  const voter = (box: TaughtBox): TaughtBox & Detection => {
    return { ...box, class: '', score: box.probability };
  };
  const options = { iouThreshold: SUPPRESSION_IOU, leastScore: 0 };
  const voted = voteBoxes(kept.map(voter), boxes.map(voter), options);
  return kept.map((box, index) => ({ ...box, bbox: voted[index]?.bbox ?? box.bbox }));
}

/**
 * How much the verifier agrees, 0 to 1. A few dozen pictures without the thing show few
 * of the things that the network knows by name; that it is surer of one of those than at
 * any example is a reason to doubt that nobody has to have shown. Each logit more
 * divides by e.
 *
 * @param evidence See `evidenceOf`.
 */
export function agreement({ weights, bias, ceiling }: Verifier, evidence: Float32Array): number {
  const learnt = sigmoid(
    evidence.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias),
  );
  if (ceiling === undefined) return learnt;
  const excess = evidence.reduce((most, value, at) => {
    return Math.max(most, Math.max(0, value) - (ceiling[at] ?? 0));
  }, 0);
  return learnt * Math.exp(-excess / LOGIT_SCALE);
}

/**
 * What a verifier looks at: the network's own logits at an anchor.
 *
 * @param logits `anchorCount * classCount`; as numbers, or as half-precision bits.
 */
export function evidenceOf(
  logits: Float32Array | Uint16Array,
  classCount: number,
  anchor: number,
): Float32Array {
  const row = logits.subarray(anchor * classCount, (anchor + 1) * classCount);
  return scaled(row instanceof Uint16Array ? fromFloat16(row) : row);
}

function scaled(logits: Float32Array): Float32Array {
  return logits.map((logit) => Math.max(LEAST_BASE_LOGIT, logit) * LOGIT_SCALE);
}

/** What a region verifier says, as a logit. @param average Of its map, under the box. */
export function regionLogit({ weights, bias }: RegionVerifier, average: Float32Array): number {
  return average.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias);
}

/**
 * Weights of column, verifier and region verifier in a score. On things of four kinds the
 * last one with this weight has most of what it can give, and takes hardly anything from the
 * kind that does without it.
 */
const SHARES = { column: 0.44, verifier: 0.44, region: 0.12 } as const;

/**
 * The score of a box: a weighted geometric mean, for all must agree.
 *
 * @param seen What the region verifier says as a logit, where there is one.
 */
export function taughtScore(probability: number, agreed: number, seen?: number): number {
  if (seen === undefined) return Math.sqrt(probability * agreed);
  const { column, verifier, region } = SHARES;
  return probability ** column * agreed ** verifier * sigmoid(seen) ** region;
}

/** What a column must say at least for a box to reach a score. */
export function leastProbability(score: number, { region }: Verifier): number {
  return score ** (region ? 1 / SHARES.column : 2);
}

/** A box with what a verifier says of the network's own classes there. */
export interface AgreedBox extends TaughtBox {
  readonly agreed: number;
}

/**
 * Boxes that still may reach the threshold when the verifier has spoken, whatever its
 * region verifier will say.
 *
 * @param logits Those of the network's own classes at each box.
 */
export function agreedBoxes(
  { verifier, threshold }: Pick<TaughtClass, 'verifier' | 'threshold'>,
  boxes: readonly TaughtBox[],
  logits: (box: TaughtBox) => Float32Array,
): AgreedBox[] {
  return boxes
    .map((box) => ({ ...box, agreed: agreement(verifier, scaled(logits(box))) }))
    .filter(({ probability, agreed }) => {
      return taughtScore(probability, agreed, verifier.region && Infinity) >= threshold;
    });
}

/**
 * Boxes with their scores, in pixels of the picture.
 *
 * @param regions What the region verifier says of each box, as a logit; asked for only if
 *   there is one.
 */
export function verifiedBoxes(
  { label, verifier: { region }, offset }: Pick<TaughtClass, 'label' | 'verifier' | 'offset'>,
  boxes: readonly AgreedBox[],
  regions: (box: TaughtBox) => number,
  { width, height }: Size,
): Candidate[] {
  return boxes.flatMap((box): Candidate[] => {
    const [x, y, w, h] = offsetBox(box.bbox, offset);
    const bbox = clipToSize([x * width, y * height, w * width, h * height], { width, height });
    if (area(bbox) === 0) return [];
    const score = taughtScore(box.probability, box.agreed, region && regions(box));
    return [{ bbox, class: label, score, index: box.anchor }];
  });
}
