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
  const none = new Float32Array(size);
  const slopes = new Float64Array(size);
  /** What a row pulls with; nothing beyond the last one. */
  const errorOf = (logit: number, index: number): number => {
    if (index >= rows.length) return 0;
    const target = isRight[index] === true ? 1 : 0;
    const share = 0.5 / (target === 1 ? right : wrong);
    return (1 / (1 + Math.exp(-logit)) - target) * share;
  };
  for (let step = 0; step < steps; step++) {
    slopes.fill(0);
    let biasSlope = 0;
    // Plain loops, and four rows at a time: they run millions of times, and so weights and
    // slopes are fetched a quarter as often, and no sum has to wait for another.
    for (let first = 0; first < rows.length; first += 4) {
      const [a = none, b = none, c = none, d = none] = rows.slice(first, first + 4);
      let [w, x, y, z] = [bias[0] ?? 0, bias[0] ?? 0, bias[0] ?? 0, bias[0] ?? 0];
      for (let at = 0; at < size; at++) {
        const weight = weights[at] ?? 0;
        w += (a[at] ?? 0) * weight;
        x += (b[at] ?? 0) * weight;
        y += (c[at] ?? 0) * weight;
        z += (d[at] ?? 0) * weight;
      }
      [w, x] = [errorOf(w, first), errorOf(x, first + 1)];
      [y, z] = [errorOf(y, first + 2), errorOf(z, first + 3)];
      for (let at = 0; at < size; at++) {
        const pull = w * (a[at] ?? 0) + x * (b[at] ?? 0) + y * (c[at] ?? 0) + z * (d[at] ?? 0);
        slopes[at] = (slopes[at] ?? 0) + pull;
      }
      biasSlope += w + x + y + z;
    }
    const rate = scheduledRate('cosine', learningRate, step, steps);
    update([weights, bias], [slopes, Float64Array.of(biasSlope)], state, rate, optimiser);
  }
  return { weights: Float32Array.from(weights), bias: bias[0] ?? 0 };
}
