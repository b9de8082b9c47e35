import {
  add,
  exp,
  log,
  max,
  mean,
  mul,
  sigmoid,
  softmax,
  softplus,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { LossName } from '../../domain/network/loss.js';

/** What the answers should be, row by row. */
export interface Targets {
  /** y after smoothing, `[n, outputs]`. */
  readonly values: Tensor2D;
  /** Weight of each output, `[1, outputs]`. */
  readonly weights: Tensor2D;
  /** Σ w · y of each row, `[n, 1]`. */
  readonly totals: Tensor2D;
}

/** A loss on rows of outputs; the counterpart of `LOSSES` in the domain, which it is tested against. */
export interface TensorLoss {
  /** ∂L/∂a of every row, `[n, outputs]`. */
  gradient(outputs: Tensor2D, targets: Targets): Tensor;
  /** The mean of L over the rows, a scalar. */
  mean(outputs: Tensor2D, targets: Targets): Tensor;
}

/** The losses by name; all but the squared error take logits, as in the domain. */
export const TENSOR_LOSSES: Readonly<Record<LossName, TensorLoss>> = {
  'softmax-cross-entropy': {
    gradient: (outputs, { values, weights, totals }) =>
      sub(mul(softmax(outputs), totals), mul(values, weights)),
    mean: (outputs, { values, weights, totals }) => {
      const pull = sum(mul(outputs, mul(values, weights)), 1, true);
      return mean(sub(mul(logSumOfPowers(outputs), totals), pull));
    },
  },
  'sigmoid-cross-entropy': {
    gradient: (outputs, { values, weights }) => mul(sub(sigmoid(outputs), values), weights),
    mean: (outputs, { values, weights }) =>
      mean(sum(mul(sub(softplus(outputs), mul(outputs, values)), weights), 1)),
  },
  'squared-error': {
    gradient: (outputs, { values, weights }) => mul(mul(sub(outputs, values), weights), 2),
    mean: (outputs, { values, weights }) =>
      mean(sum(mul(square(sub(outputs, values)), weights), 1)),
  },
};

/** log Σ eᵃ of each row, `[n, 1]`, without overflow. */
function logSumOfPowers(outputs: Tensor2D): Tensor {
  const largest = max(outputs, 1, true);
  return add(log(sum(exp(sub(outputs, largest)), 1, true)), largest);
}
