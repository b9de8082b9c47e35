import { parametersOf } from '../network/empirical-loss.js';
import { copyNetwork, type Network } from '../network/network.js';

/** Which weight of a network is meant. */
export interface WeightName {
  /** 1 for the first layer, as the textbook counts. */
  readonly layer: number;
  /** The unit or input that it comes from, from 1; 0 for a bias, w₀. */
  readonly from: number;
  /** The unit that it leads to, from 1. */
  readonly to: number;
}

/** All weights and biases in one row: layer by layer, weights first, then biases. */
export function flatten(network: Network): Float64Array {
  return Float64Array.from(parametersOf(network).flatMap((values) => [...values]));
}

/** Their names, in the same order. */
export function weightNames(network: Network): readonly WeightName[] {
  return network.layers.flatMap(({ inputs, units }, index) => {
    const layer = index + 1;
    const column = Array.from({ length: units }, (_, to) => to + 1);
    const rows = Array.from({ length: inputs }, (_, from) => from + 1);
    return [
      ...rows.flatMap((from) => column.map((to) => ({ layer, from, to }))),
      ...column.map((to) => ({ layer, from: 0, to })),
    ];
  });
}

/** Overwrites the weights of a network. Numbers that are missing leave the weight as it is. */
export function assign(network: Network, flat: ArrayLike<number>): void {
  let position = 0;
  for (const values of parametersOf(network)) {
    for (let index = 0; index < values.length; index++) {
      values[index] = flat[position] ?? values[index] ?? 0;
      position++;
    }
  }
}

/** A network of the same shape with other weights. */
export function withWeights(network: Network, flat: ArrayLike<number>): Network {
  const copy = copyNetwork(network);
  assign(copy, flat);
  return copy;
}

/**
 * The one perceptron that linear layers on top of each other amount to: z = w₀ + XᵀW
 * with W = W⁽¹⁾W⁽²⁾….
 *
 * @param network Of linear layers with one output.
 * @returns The weights, one for each input, and the bias last.
 */
export function collapse(network: Network): readonly number[] {
  const inputs = network.layers[0]?.inputs ?? 0;
  const at = (x: Float64Array): number =>
    network.layers.reduce((values, { units, weights, biases }) => {
      const sums = biases.slice();
      values.forEach((value, i) => {
        for (let j = 0; j < units; j++)
          sums[j] = (sums[j] ?? 0) + value * (weights[i * units + j] ?? 0);
      });
      return sums;
    }, x)[0] ?? NaN;
  const bias = at(new Float64Array(inputs));
  const slopes = Array.from({ length: inputs }, (_, index) => {
    const unit = new Float64Array(inputs);
    unit[index] = 1;
    return at(unit) - bias;
  });
  return [...slopes, bias];
}
