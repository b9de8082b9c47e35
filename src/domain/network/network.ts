import { randomNumbers } from '../random.js';
import type { ActivationName } from './activation.js';
import {
  backwardLayer,
  createDenseLayer,
  forwardLayer,
  type DenseLayer,
  type LayerGradient,
  type LayerPass,
} from './dense-layer.js';
import { LOSSES, PLAIN_LOSS, type LossName, type LossOptions } from './loss.js';

/** Dense layers on top of each other, from the inputs to the outputs. */
export interface Network {
  readonly layers: readonly DenseLayer[];
}

/** How large a network is to be. */
export interface NetworkShape {
  readonly inputs: number;
  /** Units of each hidden layer; empty for a single layer. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** Of the hidden layers. */
  readonly activation: ActivationName;
  /** Of the last layer; `linear` where the loss takes logits. */
  readonly outputActivation: ActivationName;
}

/** "Initialise weights randomly": the same seed gives the same network. */
export function createNetwork(shape: NetworkShape, seed: number): Network {
  const random = randomNumbers(seed);
  const sizes = [shape.inputs, ...shape.hidden, shape.outputs];
  return {
    layers: sizes.slice(1).map((units, index) =>
      createDenseLayer(
        {
          inputs: sizes[index] ?? 0,
          units,
          activation: index === shape.hidden.length ? shape.outputActivation : shape.activation,
        },
        random,
      ),
    ),
  };
}

/** A network of its own with the same weights. */
export function copyNetwork(network: Network): Network {
  return {
    layers: network.layers.map((layer) => ({
      ...layer,
      weights: layer.weights.slice(),
      biases: layer.biases.slice(),
    })),
  };
}

/** What every layer computed for one example, first layer first. */
export function forward(network: Network, inputs: Float64Array): LayerPass[] {
  let values = inputs;
  return network.layers.map((layer) => {
    const pass = forwardLayer(layer, values);
    values = pass.outputs;
    return pass;
  });
}

/** The outputs of the last layer for one example, before the loss makes predictions of them. */
export function outputsOf(network: Network, inputs: Float64Array): Float64Array {
  return forward(network, inputs).at(-1)?.outputs ?? inputs;
}

/** One example's way through the network and back, nothing left out. */
export interface Backpropagation {
  readonly passes: readonly LayerPass[];
  /** ŷ. */
  readonly prediction: Float64Array;
  /** L(f(x), y). */
  readonly loss: number;
  /** The factors of the chain rule, first layer first. */
  readonly gradients: readonly LayerGradient[];
}

/**
 * Backpropagation: a forward pass, then the chain rule from the loss back to
 * every weight, ∂L/∂w⁽¹⁾ = ∂L/∂ŷ · ∂ŷ/∂z⁽²⁾ · ∂z⁽²⁾/∂a⁽¹⁾ · ∂a⁽¹⁾/∂z⁽¹⁾ · ∂z⁽¹⁾/∂w⁽¹⁾.
 */
export function backpropagate(
  network: Network,
  inputs: Float64Array,
  target: Float64Array,
  lossName: LossName,
  options: LossOptions = PLAIN_LOSS,
): Backpropagation {
  const loss = LOSSES[lossName];
  const passes = forward(network, inputs);
  const outputs = passes.at(-1)?.outputs ?? inputs;
  const gradients: LayerGradient[] = [];
  let arriving = loss.gradient(outputs, target, options);
  for (let index = network.layers.length - 1; index >= 0; index--) {
    const layer = network.layers[index];
    const pass = passes[index];
    if (layer === undefined || pass === undefined) continue;
    const gradient = backwardLayer(layer, pass, arriving);
    gradients.unshift(gradient);
    arriving = gradient.byInputs;
  }
  return {
    passes,
    prediction: loss.prediction(outputs),
    loss: loss.value(outputs, target, options),
    gradients,
  };
}
