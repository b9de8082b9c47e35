import { ACTIVATIONS, type ActivationName } from './activation.js';

/** What a perceptron computes on its way from x to ŷ. */
export interface PerceptronPass {
  /** xᵢ · wᵢ, one for each input. */
  readonly products: Float64Array;
  /** The linear combination z = w₀ + Σ xᵢ wᵢ. */
  readonly z: number;
  /** ŷ = g(z). */
  readonly output: number;
}

/**
 * The building block of deep learning: ŷ = g(w₀ + XᵀW).
 *
 * @param inputs x, as many as weights.
 * @param weights W.
 * @param bias w₀.
 */
export function perceptron(
  inputs: Float64Array,
  weights: Float64Array,
  bias: number,
  activation: ActivationName,
): PerceptronPass {
  const products = inputs.map((x, i) => x * (weights[i] ?? 0));
  const z = products.reduce((sum, product) => sum + product, bias);
  return { products, z, output: ACTIVATIONS[activation].value(z) };
}
