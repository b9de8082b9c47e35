/** How wrong one answer is. */
export interface Loss {
  /** L(f(x), y). */
  readonly value: (outputs: Float64Array, target: Float64Array, options: LossOptions) => number;
  /** ∂L/∂a, for each of the network's outputs. */
  readonly gradient: (
    outputs: Float64Array,
    target: Float64Array,
    options: LossOptions,
  ) => Float64Array;
  /** ŷ as a person reads it: probabilities where the loss is about such. */
  readonly prediction: (outputs: Float64Array) => Float64Array;
}

export interface LossOptions {
  /** How far certainty is taken back, 0 to 1: targets become y (1 - s) + s / count. */
  readonly labelSmoothing: number;
  /** What each output's part of the loss counts; 1 for all when absent. */
  readonly classWeights?: readonly number[] | undefined;
}

export const PLAIN_LOSS: LossOptions = { labelSmoothing: 0 };

export const LOSS_NAMES = [
  'softmax-cross-entropy',
  'sigmoid-cross-entropy',
  'squared-error',
] as const;
export type LossName = (typeof LOSS_NAMES)[number];

/** Probabilities that sum up to 1. The largest is taken off first, so that nothing overflows. */
export function softmax(logits: Float64Array): Float64Array {
  const largest = logits.reduce((most, value) => Math.max(most, value), -Infinity);
  const powers = logits.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** log(1 + eᶻ) without overflow. */
const softplus = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/**
 * L = -Σ wₖ yₖ log pₖ with p = softmax(a): one of several labels. The outputs
 * are logits, as everywhere where it has to be exact for sure answers too; with
 * weights and smoothing as `torch.nn.CrossEntropyLoss` has them.
 */
const softmaxCrossEntropy: Loss = {
  value: (outputs, target, options) => {
    const largest = outputs.reduce((most, value) => Math.max(most, value), -Infinity);
    const sum = outputs.reduce((total, value) => total + Math.exp(value - largest), 0);
    const logSum = largest + Math.log(sum);
    return weightedSum(target, options, outputs.length, (y, k) => y * (logSum - (outputs[k] ?? 0)));
  },
  gradient: (outputs, target, options) => {
    const smoothed = smooth(target, options, outputs.length);
    const pull = smoothed.map((y, k) => y * weightOf(options, k));
    const total = pull.reduce((sum, value) => sum + value, 0);
    return softmax(outputs).map((p, k) => p * total - (pull[k] ?? 0));
  },
  prediction: softmax,
};

/** L = -Σ wₖ (yₖ log pₖ + (1 - yₖ) log(1 - pₖ)) with p = σ(a): any number of labels at once. */
const sigmoidCrossEntropy: Loss = {
  value: (outputs, target, options) =>
    weightedSum(target, options, 2, (y, k) => softplus(outputs[k] ?? 0) - y * (outputs[k] ?? 0)),
  gradient: (outputs, target, options) => {
    const smoothed = smooth(target, options, 2);
    return outputs.map((a, k) => weightOf(options, k) * (sigmoid(a) - (smoothed[k] ?? 0)));
  },
  prediction: (outputs) => outputs.map(sigmoid),
};

/** L = Σ wₖ (ŷₖ - yₖ)²: numbers, or labels where the lesson wants to show why it is the worse choice. */
const squaredError: Loss = {
  value: (outputs, target, options) =>
    weightedSum(target, options, outputs.length, (y, k) => ((outputs[k] ?? 0) - y) ** 2),
  gradient: (outputs, target, options) => {
    const smoothed = smooth(target, options, outputs.length);
    return outputs.map((a, k) => 2 * weightOf(options, k) * (a - (smoothed[k] ?? 0)));
  },
  prediction: (outputs) => outputs,
};

export const LOSSES: Readonly<Record<LossName, Loss>> = {
  'softmax-cross-entropy': softmaxCrossEntropy,
  'sigmoid-cross-entropy': sigmoidCrossEntropy,
  'squared-error': squaredError,
};

function weightOf({ classWeights }: LossOptions, k: number): number {
  return classWeights?.[k] ?? 1;
}

/** @param answers How many answers share what is taken from the right one. */
function smooth(
  target: Float64Array,
  { labelSmoothing: s }: LossOptions,
  answers: number,
): Float64Array {
  return s === 0 ? target : target.map((y) => y * (1 - s) + s / answers);
}

function weightedSum(
  target: Float64Array,
  options: LossOptions,
  answers: number,
  term: (y: number, k: number) => number,
): number {
  return smooth(target, options, answers).reduce(
    (sum, y, k) => sum + weightOf(options, k) * term(y, k),
    0,
  );
}
