import { DEFAULT_OPTIMISER, scheduledRate, startOptimiser, update } from './optimiser.js';

export interface LogisticOptions {
  readonly steps: number;
  /** At the first step; falls along a cosine. */
  readonly learningRate: number;
  /** See `OptimiserOptions`. */
  readonly weightDecay: number;
}

/** A perceptron with a sigmoid: `1 / (1 + exp(-(bias + weights · row)))`. */
export interface LogisticModel {
  readonly weights: Float32Array;
  readonly bias: number;
}

/**
 * Logistic regression over all rows at once, by AdamW; the right and the wrong ones are of
 * the same weight, however many of each there are.
 *
 * @param rows All of the same length; at least one right and one wrong.
 */
export function logisticRegression(
  rows: readonly Float32Array[],
  isRight: readonly boolean[],
  { steps, learningRate, weightDecay }: LogisticOptions,
): LogisticModel {
  const size = rows[0]?.length ?? 0;
  const right = isRight.filter(Boolean).length;
  const wrong = rows.length - right;
  const weights = new Float64Array(size);
  const bias = new Float64Array(1);
  const state = startOptimiser([weights, bias]);
  const optimiser = { ...DEFAULT_OPTIMISER, optimiser: 'adamw', weightDecay } as const;
  // Plain loops: they run millions of times, and callbacks take several times as long.
  for (let step = 0; step < steps; step++) {
    const slopes = new Float64Array(size);
    let biasSlope = 0;
    rows.forEach((row, index) => {
      let logit = bias[0] ?? 0;
      for (let at = 0; at < size; at++) logit += (row[at] ?? 0) * (weights[at] ?? 0);
      const target = isRight[index] === true ? 1 : 0;
      const share = 0.5 / (target === 1 ? right : wrong);
      const error = (1 / (1 + Math.exp(-logit)) - target) * share;
      for (let at = 0; at < size; at++) slopes[at] = (slopes[at] ?? 0) + error * (row[at] ?? 0);
      biasSlope += error;
    });
    const rate = scheduledRate('cosine', learningRate, step, steps);
    update([weights, bias], [slopes, Float64Array.of(biasSlope)], state, rate, optimiser);
  }
  return { weights: Float32Array.from(weights), bias: bias[0] ?? 0 };
}
