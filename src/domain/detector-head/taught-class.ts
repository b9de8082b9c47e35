import type { Candidate } from '../non-max-suppression.js';
import { intersectionOverUnion, type BBox } from '../geometry.js';
import { float16Table } from '../float16.js';
import { columnLogits, LEAST_BASE_LOGIT, type ClassColumn } from './column.js';
import type { AnchorLayout } from './layout.js';
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
  const kept: TaughtBox[] = [];
  for (const anchor of best.slice(0, MOST_ANCHORS)) {
    if (kept.length >= count) break;
    const bbox = cornersBox(boxes, anchor);
    if (kept.some((other) => intersectionOverUnion(other.bbox, bbox) > SUPPRESSION_IOU)) continue;
    kept.push({ bbox, anchor, probability: sigmoid(logits[anchor] ?? 0) });
  }
  return kept;
}

/** How much the verifier agrees, 0 to 1. @param evidence See `evidenceOf`. */
export function agreement({ weights, bias }: Verifier, evidence: Float32Array): number {
  return sigmoid(evidence.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias));
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
  const numbers = row instanceof Uint16Array ? float16Table() : undefined;
  return Float32Array.from(row, (value) => {
    const logit = numbers === undefined ? value : (numbers[value] ?? 0);
    return Math.max(LEAST_BASE_LOGIT, logit) * LOGIT_SCALE;
  });
}

/** The score of a box: column and verifier must both agree. */
export function taughtScore(probability: number, agreed: number): number {
  return Math.sqrt(probability * agreed);
}

/** What the network gave for one picture. */
export interface AnchorOutputs {
  readonly features: Float32Array;
  readonly logits: Float32Array;
  /** See `bestBoxes`. */
  readonly boxes: Float32Array;
}

/**
 * Boxes of a taught class in a picture, in pixels of it, whatever their score.
 *
 * @param classCount Columns of the network's logits.
 */
export function findTaught(
  { label, column, verifier }: Pick<TaughtClass, 'label' | 'column' | 'verifier'>,
  layout: AnchorLayout,
  { features, logits, boxes }: AnchorOutputs,
  classCount: number,
  { width, height }: { readonly width: number; readonly height: number },
): Candidate[] {
  const found = bestBoxes(columnLogits(layout, column, features, logits, classCount), boxes);
  return found.map(({ bbox: [x, y, w, h], anchor, probability }): Candidate => {
    const agreed = agreement(verifier, evidenceOf(logits, classCount, anchor));
    return {
      bbox: [x * width, y * height, w * width, h * height],
      class: label,
      score: taughtScore(probability, agreed),
      index: anchor,
    };
  });
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
