import type { RandomNumbers } from '../random.js';
import { ACTIVATIONS, type ActivationName } from './activation.js';

/** Perceptrons side by side on the same inputs: a = g(b + xᵀW). */
export interface DenseLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: ActivationName;
  /** W, `inputs * units` numbers: the weight from input i to unit j is at `i * units + j`. */
  readonly weights: Float64Array;
  /** b (w₀ of each perceptron), `units` numbers. */
  readonly biases: Float64Array;
}

/** What a layer computed for one example. */
export interface LayerPass {
  /** x, the layer's inputs. */
  readonly inputs: Float64Array;
  /** z = b + xᵀW, one for each unit. */
  readonly z: Float64Array;
  /** a = g(z). */
  readonly outputs: Float64Array;
}

/**
 * A layer with random weights and biases of 0. The spread keeps the signal's
 * size from layer to layer: He's normal distribution for ReLU, Glorot's uniform
 * one for the others, as in Keras and PyTorch.
 */
export function createDenseLayer(
  shape: Pick<DenseLayer, 'inputs' | 'units' | 'activation'>,
  random: RandomNumbers,
): DenseLayer {
  const { inputs, units, activation } = shape;
  const draw =
    activation === 'relu'
      ? () => random.normal() * Math.sqrt(2 / inputs)
      : () => (2 * random.uniform() - 1) * Math.sqrt(6 / (inputs + units));
  return {
    inputs,
    units,
    activation,
    weights: Float64Array.from({ length: inputs * units }, draw),
    biases: new Float64Array(units),
  };
}

/** The forward pass of one layer. */
export function forwardLayer(layer: DenseLayer, inputs: Float64Array): LayerPass {
  const { units, weights, biases, activation } = layer;
  const z = biases.slice();
  inputs.forEach((x, i) => {
    for (let j = 0; j < units; j++) z[j] = (z[j] ?? 0) + x * (weights[i * units + j] ?? 0);
  });
  return { inputs, z, outputs: z.map(ACTIVATIONS[activation].value) };
}

/** The factors of the chain rule at one layer, for one example. */
export interface LayerGradient {
  /** ∂L/∂a, what comes from the layer above (or from the loss). */
  readonly byOutputs: Float64Array;
  /** ∂a/∂z = g′(z). */
  readonly outputsByZ: Float64Array;
  /** ∂L/∂z = ∂L/∂a · ∂a/∂z. */
  readonly byZ: Float64Array;
  /** ∂L/∂W = x · ∂L/∂z, laid out as the weights. */
  readonly byWeights: Float64Array;
  /** ∂L/∂b = ∂L/∂z. */
  readonly byBiases: Float64Array;
  /** ∂L/∂x = W · ∂L/∂z, what goes to the layer below. */
  readonly byInputs: Float64Array;
}

/** The backward pass of one layer: the chain rule, one factor at a time. */
export function backwardLayer(
  layer: DenseLayer,
  { inputs, z, outputs }: LayerPass,
  byOutputs: Float64Array,
): LayerGradient {
  const { units, weights, activation } = layer;
  const { derivative } = ACTIVATIONS[activation];
  const outputsByZ = z.map((value, j) => derivative(value, outputs[j] ?? 0));
  const byZ = byOutputs.map((value, j) => value * (outputsByZ[j] ?? 0));
  const byWeights = new Float64Array(weights.length);
  const byInputs = new Float64Array(inputs.length);
  inputs.forEach((x, i) => {
    let sum = 0;
    byZ.forEach((error, j) => {
      byWeights[i * units + j] = x * error;
      sum += (weights[i * units + j] ?? 0) * error;
    });
    byInputs[i] = sum;
  });
  return { byOutputs, outputsByZ, byZ, byWeights, byBiases: byZ, byInputs };
}
