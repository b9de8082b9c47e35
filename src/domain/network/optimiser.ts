import { isWeights, type Parameters } from './empirical-loss.js';

export const OPTIMISER_NAMES = ['gradient-descent', 'momentum', 'adam', 'adamw'] as const;
export type OptimiserName = (typeof OPTIMISER_NAMES)[number];

/** How a gradient becomes a step; the names and defaults of PyTorch. */
export interface OptimiserOptions {
  readonly optimiser: OptimiserName;
  /** Of `momentum`: how much of the last step goes on. */
  readonly momentum: number;
  /** Of Adam: how slowly the means of the gradient and of its square follow. */
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled weight decay of `adamw`: weights shrink by learning rate times this, apart from the gradient. */
  readonly weightDecay: number;
}

export const DEFAULT_OPTIMISER: OptimiserOptions = {
  optimiser: 'adamw',
  momentum: 0.9,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 1e-2,
};

/** What an optimiser remembers; changed in place by `update`. */
export interface OptimiserState {
  /** Steps taken. */
  step: number;
  /** Velocity, or the running mean of the gradient. */
  readonly first: Parameters;
  /** Running mean of the squared gradient. */
  readonly second: Parameters;
}

export function startOptimiser(parameters: Parameters): OptimiserState {
  const zeros = (): Parameters => parameters.map((values) => new Float64Array(values.length));
  return { step: 0, first: zeros(), second: zeros() };
}

/**
 * One update of the weights, in place: W ← W - η ∂J/∂W, or one of its descendants.
 *
 * Sources: Polyak 1964 (momentum); Kingma & Ba 2015 (Adam); Loshchilov & Hutter
 * 2019, "Decoupled Weight Decay Regularization" (AdamW).
 *
 * @param learningRate η of this step.
 */
export function update(
  parameters: Parameters,
  gradient: Parameters,
  state: OptimiserState,
  learningRate: number,
  options: OptimiserOptions,
): void {
  state.step++;
  parameters.forEach((values, index) => {
    const slopes = gradient[index] ?? new Float64Array();
    const first = state.first[index] ?? new Float64Array();
    const second = state.second[index] ?? new Float64Array();
    const { optimiser } = options;
    if (optimiser === 'gradient-descent') {
      slopes.forEach((slope, i) => {
        values[i] = (values[i] ?? 0) - learningRate * slope;
      });
    } else if (optimiser === 'momentum') {
      slopes.forEach((slope, i) => {
        const velocity = options.momentum * (first[i] ?? 0) + slope;
        first[i] = velocity;
        values[i] = (values[i] ?? 0) - learningRate * velocity;
      });
    } else {
      const isDecayed = optimiser === 'adamw' && isWeights(index);
      const shrink = isDecayed ? 1 - learningRate * options.weightDecay : 1;
      adam(values, slopes, first, second, state.step, { ...options, learningRate, shrink });
    }
  });
}

/** Adam: each weight's step is its mean slope over the size that its slopes have had. */
function adam(
  values: Float64Array,
  slopes: Float64Array,
  first: Float64Array,
  second: Float64Array,
  step: number,
  options: OptimiserOptions & { readonly learningRate: number; readonly shrink: number },
): void {
  const { beta1, beta2, epsilon, learningRate, shrink } = options;
  // The means start at 0, which makes them too small at first.
  const correction1 = 1 - beta1 ** step;
  const correction2 = 1 - beta2 ** step;
  slopes.forEach((slope, i) => {
    const mean = beta1 * (first[i] ?? 0) + (1 - beta1) * slope;
    const square = beta2 * (second[i] ?? 0) + (1 - beta2) * slope * slope;
    first[i] = mean;
    second[i] = square;
    const size = Math.sqrt(square / correction2) + epsilon;
    values[i] = (values[i] ?? 0) * shrink - (learningRate * (mean / correction1)) / size;
  });
}

export type Schedule = 'constant' | 'cosine';

/**
 * The learning rate of a step: as given, or on half a cosine from there to 0
 * (Loshchilov & Hutter 2017).
 *
 * @param step From 0.
 */
export function scheduledRate(
  schedule: Schedule,
  learningRate: number,
  step: number,
  steps: number,
): number {
  if (schedule === 'constant') return learningRate;
  return (learningRate / 2) * (1 + Math.cos((Math.PI * step) / Math.max(1, steps)));
}
