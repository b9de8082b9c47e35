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
  // Plain loops: this runs for every picture of every step.
  const own = new Float32Array(anchors.length);
  for (let at = 0; at < own.length; at++) own[at] = logits[anchors[at] ?? 0] ?? 0;
  const bound = highest(own, count);
  const reach: number[] = [];
  for (const anchor of anchors) if ((logits[anchor] ?? 0) >= bound) reach.push(anchor);
  reach.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  return reach.slice(0, count);
}

/**
 * The `count`th highest, by Hoare's quickselect: sorting all of thousands for a few dozen
 * takes several times as long.
 *
 * @param values Are put in another order.
 * @param count 1 to their number.
 */
export function highest(values: Float32Array, count: number): number {
  const at = values.length - count;
  let [left, right] = [0, values.length - 1];
  while (left < right) {
    const pivot = values[(left + right) >> 1] ?? 0;
    let [low, high] = [left, right];
    while (low <= high) {
      while ((values[low] ?? 0) < pivot) low++;
      while ((values[high] ?? 0) > pivot) high--;
      if (low > high) break;
      const swapped = values[low] ?? 0;
      values[low++] = values[high] ?? 0;
      values[high--] = swapped;
    }
    if (at <= high) right = high;
    else if (at >= low) left = low;
    else break;
  }
  return values[at] ?? -Infinity;
}
