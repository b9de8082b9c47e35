import { rocCurve, type Scored } from '../quality/roc.js';

/** Where nothing was held back to find a better one. */
export const DEFAULT_THRESHOLD = 0.5;

/**
 * How many known things that were held back say as much as the default does. Two or
 * three of them, as ten examples give, say hardly more than chance: tried on
 * photographs, a threshold that believes them names fewer things and calls no more of
 * the others unknown.
 */
const PRIOR = 20;

/** However the few that were held back lie: a head stays neither blind nor silent. */
const LOWEST = 0.3;
const HIGHEST = 0.9;

/**
 * The probability from which on an answer counts: where known things and unknown
 * ones that were held back are told apart best (Youden's index, the largest true
 * less false positive rate), in the middle between the two nearest; drawn towards
 * the default as long as few known things were held back.
 *
 * @param items Known things (positive) with how familiar they are, and unknown ones.
 */
export function fitThreshold(items: readonly Scored[]): number {
  const curve = rocCurve(items);
  let [best, at] = [0, -1];
  curve.forEach(({ truePositiveRate, falsePositiveRate }, index) => {
    const gain = truePositiveRate - falsePositiveRate;
    if (gain > best) [best, at] = [gain, index];
  });
  const accepted = curve[at]?.threshold;
  if (accepted === undefined) return DEFAULT_THRESHOLD;
  const refused = curve[at + 1]?.threshold ?? accepted;
  const fitted = Math.min(HIGHEST, Math.max(LOWEST, (accepted + refused) / 2));
  const known = items.filter(({ isPositive }) => isPositive).length;
  return (known * fitted + PRIOR * DEFAULT_THRESHOLD) / (known + PRIOR);
}
