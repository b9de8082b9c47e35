import { expect } from 'chai';
import fc from 'fast-check';
import { PLAIN_LOSS } from '../../../../src/domain/network/loss.js';
import type { Example } from '../../../../src/domain/network/empirical-loss.js';
import { createNetwork, outputsOf, type Network } from '../../../../src/domain/network/network.js';
import {
  DEFAULT_OPTIMISER,
  OPTIMISER_NAMES,
  scheduledRate,
  startOptimiser,
  update,
} from '../../../../src/domain/network/optimiser.js';
import {
  train,
  trainToEnd,
  type TrainingOptions,
} from '../../../../src/domain/network/training.js';
import { randomNumbers, shuffled } from '../../../../src/domain/random.js';

const OPTIONS: TrainingOptions = {
  ...DEFAULT_OPTIMISER,
  loss: 'softmax-cross-entropy',
  lossOptions: PLAIN_LOSS,
  l2: 0,
  learningRate: 0.05,
  schedule: 'constant',
  epochs: 200,
  batchSize: 0,
  seed: 3,
  patience: Infinity,
  minimumProgress: 0,
};

/** Exclusive or: what no single perceptron can learn. */
const XOR: readonly Example[] = [
  [0, 0, 0],
  [0, 1, 1],
  [1, 0, 1],
  [1, 1, 0],
].map(([a = 0, b = 0, answer = 0]) => ({
  inputs: Float64Array.of(a, b),
  target: Float64Array.of(1 - answer, answer),
}));

const shape = {
  inputs: 2,
  hidden: [8],
  outputs: 2,
  activation: 'tanh',
  outputActivation: 'linear',
} as const;

function right(network: Network, examples: readonly Example[]): number {
  return examples.filter(({ inputs, target }) => {
    const [no = 0, yes = 0] = outputsOf(network, inputs);
    return yes > no === (target[1] ?? 0) > 0.5;
  }).length;
}

describe('optimisers', () => {
  it('take the AdamW steps that were worked out by hand', () => {
    // One weight 1 and one bias 1, slopes 0.5 and then -0.25, learning rate 0.1, decay 0.1.
    const parameters = [Float64Array.of(1), Float64Array.of(1)];
    const state = startOptimiser(parameters);
    const options = { ...DEFAULT_OPTIMISER, weightDecay: 0.1, epsilon: 0 };
    const step = (slope: number) => {
      update(parameters, [Float64Array.of(slope), Float64Array.of(slope)], state, 0.1, options);
    };
    // Both means are corrected to the slope itself, so the first step is the learning rate.
    step(0.5);
    expect(parameters[0]?.[0]).to.be.closeTo(1 * (1 - 0.1 * 0.1) - 0.1, 1e-12);
    expect(parameters[1]?.[0]).to.be.closeTo(1 - 0.1, 1e-12);
    // m = 0.9·0.05 - 0.1·0.25 = 0.02, over 1 - 0.81; v = (0.999·0.25 + 0.0625)·0.001, over 1 - 0.999².
    step(-0.25);
    const move = (0.1 * (0.02 / 0.19)) / Math.sqrt(0.00031225 / 0.001999);
    expect(parameters[0]?.[0]).to.be.closeTo(0.89 * 0.99 - move, 1e-12);
    expect(parameters[1]?.[0]).to.be.closeTo(0.9 - move, 1e-12);
  });

  it('take plain and momentum steps', () => {
    const run = (optimiser: 'gradient-descent' | 'momentum') => {
      const parameters = [Float64Array.of(1)];
      const state = startOptimiser(parameters);
      for (const slope of [1, 2]) {
        const options = { ...DEFAULT_OPTIMISER, optimiser, momentum: 0.5 };
        update(parameters, [Float64Array.of(slope)], state, 0.1, options);
      }
      return parameters[0]?.[0];
    };
    expect(run('gradient-descent')).to.be.closeTo(1 - 0.1 - 0.2, 1e-12);
    expect(run('momentum')).to.be.closeTo(1 - 0.1 - 0.25, 1e-12);
  });

  it('follow half a cosine, or stay', () => {
    expect(scheduledRate('constant', 0.1, 70, 100)).to.equal(0.1);
    expect(scheduledRate('cosine', 0.1, 0, 100)).to.equal(0.1);
    expect(scheduledRate('cosine', 0.1, 50, 100)).to.be.closeTo(0.05, 1e-12);
    expect(scheduledRate('cosine', 0.1, 100, 100)).to.be.closeTo(0, 1e-12);
  });
});

describe('training', () => {
  for (const optimiser of OPTIMISER_NAMES) {
    it(`learns exclusive or with ${optimiser}`, () => {
      const learningRate = optimiser === 'gradient-descent' ? 0.5 : 0.05;
      const options = { ...OPTIONS, optimiser, learningRate, epochs: 600, weightDecay: 0 };
      const { network, loss } = trainToEnd(createNetwork(shape, 1), XOR, options);
      expect(right(network, XOR)).to.equal(4);
      expect(loss).to.be.below(0.1);
    });
  }

  it('cannot learn it without a non-linear activation', () => {
    const linear = createNetwork({ ...shape, activation: 'linear' }, 1);
    const { network, loss } = trainToEnd(linear, XOR, OPTIONS);
    expect(right(network, XOR)).to.be.below(4);
    expect(loss).to.be.above(0.69);
  });

  it('gives the same weights for the same seed, bit by bit, and others for another', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), (seed) => {
        const run = (from: number) =>
          trainToEnd(createNetwork(shape, from), XOR, {
            ...OPTIONS,
            seed: from,
            batchSize: 3,
            epochs: 5,
          }).network;
        expect(run(seed)).to.deep.equal(run(seed));
        expect(run(seed)).to.not.deep.equal(run((seed + 1) % 2 ** 32));
      }),
      { numRuns: 20 },
    );
  });

  it('tells each step as it takes it and leaves the given network alone', () => {
    const network = createNetwork(shape, 1);
    const before = structuredClone(network);
    const options = { ...OPTIONS, epochs: 2, batchSize: 3, schedule: 'cosine' as const };
    const steps = [...train(network, XOR, options)];
    expect(steps.map(({ step, epoch }) => [step, epoch])).to.deep.equal([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 1],
    ]);
    expect(steps[0]?.learningRate).to.equal(0.05);
    expect(steps[2]?.learningRate).to.be.closeTo(0.025, 1e-12);
    expect(steps.every(({ gradientNorm }) => gradientNorm > 0)).to.equal(true);
    expect(network).to.deep.equal(before);
  });

  it('ends when it has converged', () => {
    const options = { ...OPTIONS, epochs: 5000, patience: 10, minimumProgress: 1e-3 };
    const steps = [...train(createNetwork(shape, 1), XOR, options)];
    expect(steps.length).to.be.within(20, 2000);
    expect(trainToEnd(createNetwork(shape, 1), XOR, options).end).to.equal('converged');
  });

  it('keeps the weights that did best on what was held back', () => {
    // What is held back contradicts the examples: the longer it learns, the worse it gets.
    const opposite = XOR.map(({ inputs, target }) => ({ inputs, target: target.toReversed() }));
    const start = createNetwork(shape, 1);
    const options = { ...OPTIONS, patience: 20 };
    const { network, end, loss } = trainToEnd(start, XOR, options, opposite);
    expect(end).to.equal('converged');
    const { loss: late } = trainToEnd(network, opposite, { ...OPTIONS, epochs: 0 });
    expect(late).to.equal(loss);
    expect(right(network, XOR)).to.be.below(4);
  });

  it('ends with the last good weights when the learning rate explodes', () => {
    const options = {
      ...OPTIONS,
      loss: 'squared-error' as const,
      optimiser: 'gradient-descent' as const,
      learningRate: 1e6,
    };
    const deep = createNetwork({ ...shape, activation: 'linear', hidden: [8, 8] }, 1);
    const { end, network, loss } = trainToEnd(deep, XOR, options);
    expect(end).to.equal('diverged');
    expect(loss).to.be.below(1e6);
    expect(network.layers.every(({ weights }) => weights.every(Number.isFinite))).to.equal(true);
  });
});

describe('random numbers', () => {
  it('are spread as they should be', () => {
    const random = randomNumbers(5);
    const draws = Array.from({ length: 20_000 }, () => random.normal());
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    expect(mean).to.be.closeTo(0, 0.03);
    expect(variance).to.be.closeTo(1, 0.05);
  });

  it('shuffle without losing anything', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(), (list, seed) => {
        const mixed = shuffled(list, randomNumbers(seed));
        const sorted = (all: readonly number[]) => [...all].sort((a, b) => a - b);
        expect(sorted(mixed)).to.deep.equal(sorted(list));
      }),
    );
  });

  it('start weights with the spread that the activation wants', () => {
    const spread = (activation: 'relu' | 'tanh') => {
      const [layer] = createNetwork(
        { inputs: 100, hidden: [], outputs: 100, activation, outputActivation: activation },
        9,
      ).layers;
      const weights = [...(layer?.weights ?? [])];
      return weights.reduce((sum, weight) => sum + weight ** 2, 0) / weights.length;
    };
    expect(spread('relu')).to.be.closeTo(2 / 100, 1e-3);
    expect(spread('tanh')).to.be.closeTo(2 / 200, 5e-4);
  });
});
