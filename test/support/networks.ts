import fc from 'fast-check';
import { ACTIVATION_NAMES } from '../../src/domain/network/activation.js';
import type { Example, Objective } from '../../src/domain/network/empirical-loss.js';
import { LOSS_NAMES } from '../../src/domain/network/loss.js';
import { createNetwork, type Network } from '../../src/domain/network/network.js';
import { randomNumbers } from '../../src/domain/random.js';

/** A network of any architecture, something to learn for it, and what to make small. */
export interface Problem {
  readonly network: Network;
  readonly examples: readonly Example[];
  readonly objective: Objective;
}

/** Small problems over all activations and losses. */
export function problems(): fc.Arbitrary<Problem> {
  return fc
    .record({
      inputs: fc.integer({ min: 1, max: 4 }),
      hidden: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
      outputs: fc.integer({ min: 1, max: 3 }),
      activation: fc.constantFrom(...ACTIVATION_NAMES),
      outputActivation: fc.constantFrom(...ACTIVATION_NAMES),
      loss: fc.constantFrom(...LOSS_NAMES),
      labelSmoothing: fc.constantFrom(0, 0.1, 0.3),
      weighted: fc.boolean(),
      l2: fc.constantFrom(0, 0.05),
      count: fc.integer({ min: 1, max: 4 }),
      seed: fc.nat(1_000_000),
    })
    .map(({ seed, loss, labelSmoothing, weighted, l2, count, ...shape }) => {
      const random = randomNumbers(seed + 1);
      const numbers = (length: number): Float64Array =>
        Float64Array.from({ length }, () => random.normal());
      const network = createNetwork(shape, seed);
      // Biases start at 0, where a mistake in them could hide.
      for (const { biases } of network.layers) biases.set(numbers(biases.length));
      const oneHot = (): Float64Array => {
        const target = new Float64Array(shape.outputs);
        target[random.below(shape.outputs)] = 1;
        return target;
      };
      return {
        network,
        examples: Array.from({ length: count }, () => ({
          inputs: numbers(shape.inputs),
          target: loss === 'squared-error' ? numbers(shape.outputs) : oneHot(),
        })),
        objective: {
          loss,
          l2,
          lossOptions: {
            labelSmoothing,
            classWeights: weighted ? [0.5, 2, 1.25] : undefined,
          },
        },
      };
    });
}
