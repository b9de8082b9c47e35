import { NEGATIVE, POSITIVE } from './matching.js';

/** Hard negatives for each positive anchor of a picture, and at least so many. */
const RATIO = 3;
const LEAST = 10;

/** The anchors of one picture that a step learns from. */
export interface ChosenAnchors {
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
}

/**
 * All positives of a picture and those of its negatives that look most like the
 * class (online hard example mining, as in SSD): of 1,917 anchors nearly all are
 * easy, and would drown the few that matter.
 *
 * @param matches See `matchAnchors`.
 * @param logits Of the class at each anchor.
 */
export function chooseAnchors(matches: Int8Array, logits: Float32Array): ChosenAnchors {
  const positives: number[] = [];
  const negatives: number[] = [];
  matches.forEach((match, anchor) => {
    if (match === POSITIVE) positives.push(anchor);
    else if (match === NEGATIVE) negatives.push(anchor);
  });
  const count = Math.max(LEAST, RATIO * positives.length);
  return { positives, negatives: hardest(negatives, logits, count) };
}

/** The `count` highest, ties by index. */
function hardest(anchors: readonly number[], logits: Float32Array, count: number): number[] {
  if (anchors.length <= count) return [...anchors];
  // Numbers alone sort far faster than indices with a comparison function.
  const sorted = Float32Array.from(anchors, (anchor) => logits[anchor] ?? 0).sort();
  const bound = sorted[sorted.length - count] ?? -Infinity;
  const reach = anchors.filter((anchor) => (logits[anchor] ?? 0) >= bound);
  reach.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  return reach.slice(0, count);
}
