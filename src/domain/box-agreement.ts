import type { Detection } from './detection.js';
import { clipToSize, intersectionOverUnion, type Size } from './geometry.js';

/** Boxes are the same when they overlap by at least this much: ours are voted on. */
const SAME_BOX = 0.85;

/** A closer look may place a box better, a cup without its saucer: found is what COCO calls found. */
const SAME_BOX_CLOSER = 0.5;

/** Above this score a detection is so sure that rounding does not make or break it. */
const SURE_SCORE = 0.6;

/** Stock drops what overlaps a better box by this much, whatever its class. */
const STOCK_OVERLAP = 0.5;

/**
 * What is wrong with the boxes of an arm, one line each; nothing when they are
 * right. A dead device gives none or nonsense, and would win every race.
 *
 * Every sure detection of the reference must be there with its class and at its
 * place, but for those that stock's suppression across classes may drop; and
 * every sure detection of the arm must be in the reference.
 *
 * @param reference Of the original network, detections down to a score well below 0.6.
 */
export function wrongBoxes(
  found: readonly Detection[],
  reference: readonly Detection[],
  size: Size,
): string[] {
  const clipped = clip(found, size);
  const invented = clipped.filter(
    (candidate) =>
      candidate.score >= SURE_SCORE && !reference.some((wanted) => isSame(candidate, wanted)),
  );
  return [
    ...missing(clipped, reference, SAME_BOX),
    ...invented.map((detection) => `not in the reference: ${inWords(detection)}`),
  ];
}

/**
 * The same for an arm that looks closer than the reference did: it may find more,
 * and place boxes better, but has to find all that the reference is sure of.
 */
export function missingBoxes(
  found: readonly Detection[],
  reference: readonly Detection[],
  size: Size,
): string[] {
  return missing(clip(found, size), reference, SAME_BOX_CLOSER);
}

function clip(found: readonly Detection[], size: Size): Detection[] {
  return found.map((detection) => ({ ...detection, bbox: clipToSize(detection.bbox, size) }));
}

function missing(
  found: readonly Detection[],
  reference: readonly Detection[],
  overlapping: number,
): string[] {
  return reference
    .filter(
      (wanted, rank) =>
        wanted.score >= SURE_SCORE &&
        !reference.slice(0, rank).some((better) => overlap(better, wanted) >= STOCK_OVERLAP) &&
        !found.some((candidate) => isSame(candidate, wanted, overlapping)),
    )
    .map((detection) => `missing: ${inWords(detection)}`);
}

function isSame(a: Detection, b: Detection, overlapping = SAME_BOX): boolean {
  return a.class === b.class && overlap(a, b) >= overlapping;
}

function overlap(a: Detection, b: Detection): number {
  return intersectionOverUnion(a.bbox, b.bbox);
}

function inWords({ class: label, score, bbox }: Detection): string {
  return `${label} ${score.toFixed(2)} at ${bbox.map((side) => Math.round(side)).join(', ')}`;
}
