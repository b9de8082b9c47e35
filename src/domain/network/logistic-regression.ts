import { DEFAULT_OPTIMISER, scheduledRate, startOptimiser, update } from './optimiser.js';
import { plainProducts } from './row-products.js';

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
 * @param multiply Takes nearly all the time.
 */
export function logisticRegression(
  rows: readonly Float32Array[],
  isRight: readonly boolean[],
  { steps, learningRate, weightDecay }: LogisticOptions,
  multiply = plainProducts,
): LogisticModel {
  const right = isRight.filter(Boolean).length;
  const wrong = rows.length - right;
  const weights = new Float64Array(rows[0]?.length ?? 0);
  const bias = new Float64Array(1);
  const slopes = [new Float64Array(weights.length), new Float64Array(1)] as const;
  const state = startOptimiser([weights, bias]);
  const optimiser = { ...DEFAULT_OPTIMISER, optimiser: 'adamw', weightDecay } as const;
  const products = multiply(rows);
  /** Of each row its logit, then what it pulls with. */
  const numbers = new Float64Array(rows.length);
  for (let step = 0; step < steps; step++) {
    products.forward(weights, numbers);
    isRight.forEach((is, row) => {
      const logit = (numbers[row] ?? 0) + (bias[0] ?? 0);
      const share = 0.5 / (is ? right : wrong);
      numbers[row] = (1 / (1 + Math.exp(-logit)) - (is ? 1 : 0)) * share;
    });
    products.backward(numbers, slopes[0]);
    slopes[1][0] = numbers.reduce((sum, pull) => sum + pull, 0);
    const rate = scheduledRate('cosine', learningRate, step, steps);
    update([weights, bias], [...slopes], state, rate, optimiser);
  }
  return { weights: Float32Array.from(weights), bias: bias[0] ?? 0 };
}
