import { empiricalLoss, type Example, type Objective } from '../network/empirical-loss.js';
import { backpropagate, type Network } from '../network/network.js';
import { flatten, withWeights, type WeightName } from './weights.js';

/** One factor of the chain rule: a derivative and its value. */
export interface ChainFactor {
  readonly kind: 'loss-by-output' | 'output-by-z' | 'z-by-input' | 'z-by-weight';
  /** The layer that it belongs to, from 1. */
  readonly layer: number;
  readonly value: number;
}

/** ∂L/∂w as a product of factors, and what the product must be. */
export interface Chain {
  /** From the loss down to the weight. */
  readonly factors: readonly ChainFactor[];
  readonly product: number;
  /** The same by backpropagation, as training uses it. */
  readonly analytic: number;
  /** The same by moving the weight a little in both directions. */
  readonly numeric: number;
}

/** A step at which rounding and curvature both stay below the seventh digit. */
const STEP = 1e-5;

/**
 * The chain rule from the loss to one weight of a network with one hidden layer and
 * one output, for one example.
 *
 * @param index Of the weight, as `flatten` orders them.
 * @throws RangeError for a network of another shape.
 */
export function chainTo(
  network: Network,
  example: Example,
  objective: Objective,
  name: WeightName,
  index: number,
): Chain {
  const { passes, gradients } = backpropagate(
    network,
    example.inputs,
    example.target,
    objective.loss,
    objective.lossOptions,
  );
  const top = network.layers.length;
  if (top !== 2 || network.layers.at(-1)?.units !== 1) {
    throw new RangeError('one hidden layer and one output are wanted');
  }
  const at = (layer: number, key: 'byOutputs' | 'outputsByZ', unit: number): number =>
    gradients[layer - 1]?.[key][unit - 1] ?? NaN;
  const factors: ChainFactor[] = [
    { kind: 'loss-by-output', layer: 2, value: at(2, 'byOutputs', 1) },
    { kind: 'output-by-z', layer: 2, value: at(2, 'outputsByZ', 1) },
  ];
  if (name.layer === 1) {
    factors.push(
      { kind: 'z-by-input', layer: 2, value: network.layers[1]?.weights[name.to - 1] ?? NaN },
      { kind: 'output-by-z', layer: 1, value: at(1, 'outputsByZ', name.to) },
    );
  }
  const input = name.from === 0 ? 1 : (passes[name.layer - 1]?.inputs[name.from - 1] ?? NaN);
  factors.push({ kind: 'z-by-weight', layer: name.layer, value: input });
  const gradient = gradients[name.layer - 1];
  const units = network.layers[name.layer - 1]?.units ?? 0;
  return {
    factors,
    product: factors.reduce((product, { value }) => product * value, 1),
    analytic:
      (name.from === 0
        ? gradient?.byBiases[name.to - 1]
        : gradient?.byWeights[(name.from - 1) * units + name.to - 1]) ?? NaN,
    numeric: finiteDifference(network, [example], { ...objective, l2: 0 }, index),
  };
}

/** The slope of J at one weight, by central differences. */
export function finiteDifference(
  network: Network,
  examples: readonly Example[],
  objective: Objective,
  index: number,
): number {
  const flat = flatten(network);
  const at = (moved: number): number => {
    const other = flat.slice();
    other[index] = moved;
    return empiricalLoss(withWeights(network, other), examples, objective);
  };
  const value = flat[index] ?? NaN;
  return (at(value + STEP) - at(value - STEP)) / (2 * STEP);
}
