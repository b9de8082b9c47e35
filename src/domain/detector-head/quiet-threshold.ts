import { logit, sigmoid } from '../candidates.js';

/**
 * However few negatives there are, a class neither cries at everything nor is silent:
 * most of what is right scores less than 0.9, which a tail that was carried on can pass.
 */
const LOWEST_THRESHOLD = 0.3;
const HIGHEST_THRESHOLD = 0.82;
/** Where there is nothing to go by. */
const UNTRIED_THRESHOLD = 0.7;

/** Part of the pictures without the thing in which it may still be told. */
const FALSE_ALARMS = 0.01;
/** Part of the scores that counts as their tail, and at least so many. */
const TAIL = 0.2;
const LEAST_TAIL = 3;

/**
 * The score that one picture in a hundred without the thing would still reach. Nobody
 * has hundreds of such pictures: the loudest ones are taken for the tail of an
 * exponential distribution of logits (peaks over threshold, Pickands 1975), which is
 * carried on beyond what was seen. The loudest picture alone would be a matter of luck.
 *
 * @param scores The highest of each picture without the thing, of trainings that had
 *   not seen it: a class learns the negatives it is trained with by heart, and on those
 *   would always look better than it is.
 */
export function quietThreshold(scores: readonly number[]): number {
  const logits = scores.map((score) => logit(Math.min(0.9999, Math.max(1e-4, score))));
  logits.sort((a, b) => b - a);
  const count = Math.max(LEAST_TAIL, Math.ceil(TAIL * logits.length));
  const start = logits[count];
  if (start === undefined) return UNTRIED_THRESHOLD;
  const tail = logits.slice(0, count);
  const excess = tail.reduce((sum, value) => sum + value - start, 0) / count;
  const reached = start + excess * Math.log(count / (FALSE_ALARMS * logits.length));
  return Math.min(HIGHEST_THRESHOLD, Math.max(LOWEST_THRESHOLD, sigmoid(reached)));
}
