import type { LossName } from '../../../domain/network/loss.js';
import type { Answers } from '../descent.js';

/** One row of outputs, and where its gradient goes: both are parts of `numbers`. */
export interface LossRow {
  readonly numbers: Float32Array;
  outputs: number;
  gradient: number;
  /** Row of the answers. */
  row: number;
}

/**
 * L of a row, the counterpart of `LOSSES` in the domain, which it is tested
 * against; writes ∂L/∂a times a share where the row says.
 */
export type RowLoss = (row: LossRow, answers: Answers, share: number) => number;

const softmaxCrossEntropy: RowLoss = (at, { values, weights, totals }, share) => {
  const { numbers, outputs, gradient, row } = at;
  const count = weights.length;
  let largest = -Infinity;
  for (let k = 0; k < count; k++) largest = Math.max(largest, numbers[outputs + k] ?? 0);
  let [sum, pull] = [0, 0];
  for (let k = 0; k < count; k++) {
    const output = numbers[outputs + k] ?? 0;
    const power = Math.exp(output - largest);
    numbers[gradient + k] = power;
    sum += power;
    pull += output * (weights[k] ?? 1) * (values[row * count + k] ?? 0);
  }
  const total = totals[row] ?? 0;
  for (let k = 0; k < count; k++) {
    const wanted = (weights[k] ?? 1) * (values[row * count + k] ?? 0);
    numbers[gradient + k] = share * (((numbers[gradient + k] ?? 0) / sum) * total - wanted);
  }
  return total * (largest + Math.log(sum)) - pull;
};

const sigmoidCrossEntropy: RowLoss = (at, { values, weights }, share) => {
  const { numbers, outputs, gradient, row } = at;
  const count = weights.length;
  let loss = 0;
  for (let k = 0; k < count; k++) {
    const [a, y, w] = [numbers[outputs + k] ?? 0, values[row * count + k] ?? 0, weights[k] ?? 1];
    // log(1 + eᵃ) without overflow.
    loss += w * (Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))) - y * a);
    numbers[gradient + k] = share * w * (1 / (1 + Math.exp(-a)) - y);
  }
  return loss;
};

const squaredError: RowLoss = (at, { values, weights }, share) => {
  const { numbers, outputs, gradient, row } = at;
  const count = weights.length;
  let loss = 0;
  for (let k = 0; k < count; k++) {
    const error = (numbers[outputs + k] ?? 0) - (values[row * count + k] ?? 0);
    const weight = weights[k] ?? 1;
    loss += weight * error * error;
    numbers[gradient + k] = 2 * share * weight * error;
  }
  return loss;
};

export const ROW_LOSSES: Readonly<Record<LossName, RowLoss>> = {
  'softmax-cross-entropy': softmaxCrossEntropy,
  'sigmoid-cross-entropy': sigmoidCrossEntropy,
  'squared-error': squaredError,
};
