import { softmax } from '../network/loss.js';

/** An answer, how sure it was, and whether it is right. */
export interface ConfidentAnswer {
  /** Probability of the answer, 0 to 1. */
  readonly confidence: number;
  readonly isRight: boolean;
}

/** Answers of about the same confidence. */
export interface ReliabilityBin {
  /** Confidence from (excluded, but for 0) and to (included). */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean confidence and part that is right; `undefined` in an empty bin. */
  readonly confidence: number | undefined;
  readonly accuracy: number | undefined;
}

/** Bins of equal width; the number that papers use is 15, for hundreds of answers 10 show more. */
export function reliabilityCurve(answers: readonly ConfidentAnswer[], bins = 10): ReliabilityBin[] {
  const members: ConfidentAnswer[][] = Array.from({ length: bins }, () => []);
  for (const answer of answers) {
    const index = Math.min(bins - 1, Math.max(0, Math.ceil(answer.confidence * bins) - 1));
    members[index]?.push(answer);
  }
  return members.map((list, index) => {
    const mean = (value: (answer: ConfidentAnswer) => number): number | undefined =>
      list.length === 0
        ? undefined
        : list.reduce((sum, answer) => sum + value(answer), 0) / list.length;
    return {
      from: index / bins,
      to: (index + 1) / bins,
      count: list.length,
      confidence: mean(({ confidence }) => confidence),
      accuracy: mean(({ isRight }) => (isRight ? 1 : 0)),
    };
  });
}

/**
 * Expected calibration error: how far confidence and accuracy are apart, over all
 * answers; 0 is honest.
 *
 * Source: Guo et al. 2017, "On Calibration of Modern Neural Networks".
 */
export function expectedCalibrationError(curve: readonly ReliabilityBin[]): number {
  const total = curve.reduce((sum, { count }) => sum + count, 0);
  return curve.reduce((sum, { count, confidence = 0, accuracy = 0 }) => {
    return sum + (count / Math.max(1, total)) * Math.abs(confidence - accuracy);
  }, 0);
}

/** Logits of one example and the index of its label. */
export interface LabelledLogits {
  readonly logits: Float64Array;
  readonly label: number;
}

/**
 * Mean negative log likelihood of the right labels at a temperature. Every label has
 * the same say, however many of its examples there are.
 */
export function negativeLogLikelihood(
  examples: readonly LabelledLogits[],
  temperature: number,
): number {
  const counts = countLabels(examples);
  const sum = examples.reduce((total, { logits, label }) => {
    const largest = logits.reduce((most, value) => Math.max(most, value), -Infinity);
    const spread = logits.reduce(
      (all, value) => all + Math.exp((value - largest) / temperature),
      0,
    );
    const own = Math.log(spread) - ((logits[label] ?? 0) - largest) / temperature;
    return total + own / (counts.get(label) ?? 1);
  }, 0);
  return sum / Math.max(1, counts.size);
}

function countLabels(examples: readonly LabelledLogits[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** Probabilities at a temperature: above 1 less sure, below 1 surer, the order the same. */
export function atTemperature(logits: Float64Array, temperature: number): Float64Array {
  return softmax(logits.map((value) => value / temperature));
}

const COLDEST = 0.05;
const HOTTEST = 20;
/** Golden section: enough to know the temperature to five digits. */
const ROUNDS = 60;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * How much is needed to believe that a temperature is not 1: its logarithm is taken to be
 * normally distributed, with a standard deviation of a half. A few examples that are all
 * right, or all wrong, have no best temperature of their own.
 */
const PRIOR = 1 / (2 * 0.5 ** 2);

/**
 * The temperature at which held-back examples are most likely (temperature scaling):
 * one number that makes confidence honest and changes no answer.
 *
 * @param examples Not those that the head has learnt from. Without any: 1.
 * @returns Between 0.05 and 20.
 */
export function fitTemperature(examples: readonly LabelledLogits[]): number {
  if (examples.length === 0) return 1;
  const counts = [...countLabels(examples).values()];
  // A label with few examples has the same say as the others, and says as little.
  const weight = counts.length * Math.min(...counts);
  const cost = (position: number): number =>
    weight * negativeLogLikelihood(examples, Math.exp(position)) + PRIOR * position ** 2;
  let low = Math.log(COLDEST);
  let high = Math.log(HOTTEST);
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let [atLeft, atRight] = [cost(left), cost(right)];
  for (let round = 0; round < ROUNDS; round++) {
    if (atLeft <= atRight) {
      high = right;
      [right, atRight] = [left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = cost(left);
    } else {
      low = left;
      [left, atLeft] = [right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = cost(right);
    }
  }
  return Math.exp((low + high) / 2);
}
