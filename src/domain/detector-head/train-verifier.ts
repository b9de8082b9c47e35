import { logisticRegression, type LogisticModel } from '../network/logistic-regression.js';
import { plainProducts, type RowMultiplier } from '../network/row-products.js';
import type { RegionVerifier, Verifier } from './taught-class.js';

/** One box as a verifier learns from it. */
export interface VerifierLesson {
  /** See `evidenceOf`. */
  readonly evidence: Float32Array;
  /** See `RegionVerifier`. */
  readonly average: Float32Array;
  /** Whether it shows the thing. */
  readonly isRight: boolean;
}

const TRAINING = { steps: 150, learningRate: 0.05 } as const;
/** There are more numbers in an average than examples. */
const WEIGHT_DECAY = { evidence: 1e-2, average: 0.1 } as const;
/** Standard deviation of an average as a whole, when it is learnt from. */
const AVERAGE_SIZE = 3;
/** A channel that hardly ever says anything is not made loud. */
const LEAST_DEVIATION = 0.02;

/**
 * Trains a verifier: logistic regression over all boxes at once, with the right
 * and the wrong ones of the same weight; one for the evidence and one for the averages.
 *
 * @param size Numbers in each piece of evidence.
 * @returns One that always agrees where there is nothing to learn from.
 */
export function trainVerifier(
  lessons: readonly VerifierLesson[],
  size: number,
  multiply = plainProducts,
): Verifier {
  const right = lessons.filter(({ isRight }) => isRight).length;
  const ceiling = ceilingOf(lessons, size);
  if (right === 0) return { weights: new Float32Array(size), bias: 50 };
  if (right === lessons.length) return { weights: new Float32Array(size), bias: 50, ceiling };
  const isRight = lessons.map((lesson) => lesson.isRight);
  const learnt = logisticRegression(
    lessons.map(({ evidence }) => evidence),
    isRight,
    { ...TRAINING, weightDecay: WEIGHT_DECAY.evidence },
    multiply,
  );
  const averages = lessons.map(({ average }) => average);
  return { ...learnt, ceiling, region: trainRegion(averages, isRight, multiply) };
}

/** Learns from numbers of the same spread, and says it in those of the map. */
function trainRegion(
  averages: readonly Float32Array[],
  isRight: readonly boolean[],
  multiply: RowMultiplier,
): RegionVerifier {
  const { means, deviations } = spreadOf(averages);
  const size = means.length;
  const scales = deviations.map(
    (deviation) => AVERAGE_SIZE / Math.sqrt(size) / (deviation + LEAST_DEVIATION),
  );
  const rows = averages.map((average) =>
    average.map((value, at) => (value - (means[at] ?? 0)) * (scales[at] ?? 0)),
  );
  const options = { ...TRAINING, weightDecay: WEIGHT_DECAY.average };
  const learnt: LogisticModel = logisticRegression(rows, isRight, options, multiply);
  const weights = learnt.weights.map((weight, at) => weight * (scales[at] ?? 0));
  const bias = weights.reduce((sum, weight, at) => sum - weight * (means[at] ?? 0), learnt.bias);
  return { weights, bias };
}

function spreadOf(rows: readonly Float32Array[]): {
  readonly means: Float32Array;
  readonly deviations: Float32Array;
} {
  const means = new Float32Array(rows[0]?.length ?? 0);
  const variances = new Float32Array(means.length);
  for (const row of rows) {
    row.forEach((value, at) => (means[at] = (means[at] ?? 0) + value / rows.length));
  }
  for (const row of rows) {
    row.forEach((value, at) => {
      variances[at] = (variances[at] ?? 0) + (value - (means[at] ?? 0)) ** 2 / rows.length;
    });
  }
  return { means, deviations: variances.map(Math.sqrt) };
}

/** The most of each number in what is right, 0 at least. */
function ceilingOf(lessons: readonly VerifierLesson[], size: number): Float32Array {
  const ceiling = new Float32Array(size);
  for (const { evidence, isRight } of lessons) {
    if (!isRight) continue;
    evidence.forEach((value, at) => {
      if (value > (ceiling[at] ?? 0)) ceiling[at] = value;
    });
  }
  return ceiling;
}
