import { LOSSES, type LossName, type LossOptions } from './loss.js';
import { backpropagate, outputsOf, type Network } from './network.js';

/** What the network is to learn: for these inputs, this answer. */
export interface Example {
  readonly inputs: Float64Array;
  /** y: one-hot for one of several labels, 0 or 1 each for any of them, or numbers. */
  readonly target: Float64Array;
}

/** What is to be made small. */
export interface Objective {
  readonly loss: LossName;
  readonly lossOptions: LossOptions;
  /** λ of the penalty λ/2 · Σ w² on all weights (biases are free); 0 for none. */
  readonly l2: number;
}

/** The parameters of a network, or numbers that belong to them, layer by layer: weights, biases. */
export type Parameters = readonly Float64Array[];

/** The parameters themselves, not copies. */
export function parametersOf(network: Network): Parameters {
  return network.layers.flatMap(({ weights, biases }) => [weights, biases]);
}

/** Whether a parameter array holds weights, which shrink, or biases, which do not. */
export function isWeights(index: number): boolean {
  return index % 2 === 0;
}

/** The empirical loss J(W) = 1/n Σ L(f(xⁱ; W), yⁱ), with the penalty. */
export function empiricalLoss(
  network: Network,
  examples: readonly Example[],
  { loss, lossOptions, l2 }: Objective,
): number {
  const sum = examples.reduce(
    (total, { inputs, target }) =>
      total + LOSSES[loss].value(outputsOf(network, inputs), target, lossOptions),
    0,
  );
  return sum / Math.max(1, examples.length) + penalty(network, l2);
}

/** J and ∂J/∂W over some examples, by backpropagation. */
export function empiricalGradient(
  network: Network,
  examples: readonly Example[],
  { loss, lossOptions, l2 }: Objective,
): { readonly loss: number; readonly gradient: Parameters } {
  const gradient = parametersOf(network).map((values) => new Float64Array(values.length));
  const share = 1 / Math.max(1, examples.length);
  let total = 0;
  for (const { inputs, target } of examples) {
    const back = backpropagate(network, inputs, target, loss, lossOptions);
    total += back.loss;
    back.gradients.forEach(({ byWeights, byBiases }, layer) => {
      addScaled(gradient[2 * layer], byWeights, share);
      addScaled(gradient[2 * layer + 1], byBiases, share);
    });
  }
  network.layers.forEach(({ weights }, layer) => {
    addScaled(gradient[2 * layer], weights, l2);
  });
  return { loss: total * share + penalty(network, l2), gradient };
}

/** Length of the gradient as one vector. */
export function norm(parameters: Parameters): number {
  let sum = 0;
  for (const values of parameters) for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

function penalty(network: Network, l2: number): number {
  if (l2 === 0) return 0;
  return (l2 / 2) * norm(network.layers.map(({ weights }) => weights)) ** 2;
}

function addScaled(sum: Float64Array | undefined, values: Float64Array, scale: number): void {
  if (sum === undefined || scale === 0) return;
  values.forEach((value, index) => {
    sum[index] = (sum[index] ?? 0) + scale * value;
  });
}
