import { engine as tfEngine } from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import { ACTIVATION_NAMES, type ActivationName } from '../../../src/domain/network/activation.js';
import {
  empiricalGradient,
  parametersOf,
  type Example,
} from '../../../src/domain/network/empirical-loss.js';
import { LOSS_NAMES, type LossName } from '../../../src/domain/network/loss.js';
import { createNetwork, type Network } from '../../../src/domain/network/network.js';
import { DEFAULT_OPTIMISER, OPTIMISER_NAMES } from '../../../src/domain/network/optimiser.js';
import { trainToEnd, type TrainingOptions } from '../../../src/domain/network/training.js';
import { randomNumbers } from '../../../src/domain/random.js';
import type { TrainingSet } from '../../../src/domain/teach/lesson.js';
import { openBackend } from '../../../src/engine/backend/open-backend.js';
import { DenseTrainer, disposeRows, uploadRows } from '../../../src/engine/train/dense-trainer.js';
import { TensorTrainer } from '../../../src/engine/train/tensor-trainer.js';
import type { TrainingRequest } from '../../../src/protocol/training.js';
import { LITERT_URL, WASM_URL } from '../../support/engine-fixtures.js';

const INPUTS = 7;
const OUTPUTS = 3;
const BACKENDS = ['wasm', 'webgpu', 'cpu'] as const;

const OPTIONS: TrainingOptions = {
  ...DEFAULT_OPTIMISER,
  loss: 'softmax-cross-entropy',
  lossOptions: { labelSmoothing: 0.1, classWeights: [1, 2, 0.5] },
  l2: 1e-3,
  learningRate: 0.02,
  schedule: 'cosine',
  epochs: 20,
  batchSize: 0,
  seed: 5,
  patience: Infinity,
  minimumProgress: 0,
};

/** Three clouds of points that overlap a little. */
function clouds(count: number): { set: TrainingSet; examples: Example[] } {
  const random = randomNumbers(3);
  const examples = Array.from({ length: count }, (_, row): Example => {
    const label = row % OUTPUTS;
    const inputs = Float64Array.from({ length: INPUTS }, (_, i) =>
      Math.fround((i % OUTPUTS === label ? 1 : 0) + 0.4 * random.normal()),
    );
    return {
      inputs,
      target: Float64Array.from({ length: OUTPUTS }, (_, k) => Number(k === label)),
    };
  });
  const set = {
    count,
    inputs: Float32Array.from(examples.flatMap(({ inputs }) => [...inputs])),
    targets: Float32Array.from(examples.flatMap(({ target }) => [...target])),
  };
  return { set, examples };
}

function networkWith(activation: ActivationName, loss: LossName): Network {
  const outputActivation = loss === 'squared-error' ? 'sigmoid' : 'linear';
  return createNetwork(
    { inputs: INPUTS, hidden: [5], outputs: OUTPUTS, activation, outputActivation },
    11,
  );
}

function request(overrides: Partial<TrainingRequest> = {}): TrainingRequest {
  return {
    network: networkWith('relu', OPTIONS.loss),
    examples: clouds(60).set,
    validation: undefined,
    options: OPTIONS,
    backend: 'wasm',
    wasmUrl: WASM_URL,
    ...overrides,
  };
}

function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).to.equal(other.length);
  return Math.max(...Array.from(one, (value, at) => Math.abs(value - (other[at] ?? NaN))));
}

function flatten(network: Network): number[] {
  return parametersOf(network).flatMap((values) => [...values]);
}

describe('Training on tensors', function () {
  this.timeout(240_000);
  const trainer = new TensorTrainer();

  after(() => {
    trainer.dispose();
  });

  for (const backend of BACKENDS) {
    it(`has the gradient of the float64 reference, on ${backend}`, async () => {
      const { set, examples } = clouds(12);
      const environment = { wasmUrl: WASM_URL, liteRtUrl: LITERT_URL, allowSoftware: true };
      const open = await openBackend(backend, environment, true);
      const before = tfEngine().state.numTensors;
      try {
        for (const loss of LOSS_NAMES) {
          for (const activation of ACTIVATION_NAMES) {
            const network = networkWith(activation, loss);
            const options = { ...OPTIONS, loss };
            const dense = new DenseTrainer(network, options, 1);
            const rows = uploadRows(set.inputs, set.targets, set.count, options);
            const [found, measured] = [dense.gradient(rows), dense.evaluate(rows)];
            const expected = empiricalGradient(network, examples, options);
            const gradient = expected.gradient.flatMap((values) => [...values]);
            const name = `${loss}, ${activation}`;
            expect(largestDifference(await found.data(), gradient), name).to.be.below(1e-5);
            expect((await measured.data())[0], name).to.be.closeTo(expected.loss, 1e-5);
            found.dispose();
            measured.dispose();
            dense.dispose();
            disposeRows(rows);
          }
        }
        expect(tfEngine().state.numTensors).to.equal(before);
      } finally {
        open.dispose();
      }
    });
  }

  for (const optimiser of OPTIMISER_NAMES) {
    it(`walks as the reference does with ${optimiser}, in batches`, async () => {
      const { set, examples } = clouds(40);
      const options = { ...OPTIONS, optimiser, batchSize: 16, epochs: 6 };
      const start = networkWith('tanh', options.loss);
      const before = tfEngine().state.numTensors;
      const found = await trainer.train(request({ network: start, examples: set, options }));
      const expected = trainToEnd(start, examples, options);
      expect(found.end).to.equal('completed');
      expect(found.steps).to.equal(18);
      expect(found.loss).to.be.closeTo(expected.loss, 1e-4);
      expect(largestDifference(flatten(found.network), flatten(expected.network))).to.be.below(
        2e-3,
      );
      expect(tfEngine().state.numTensors).to.equal(before);
    });
  }

  it('learns, says how far it is, and gives the same for the same seed', async () => {
    const losses: number[] = [];
    const options = { ...OPTIONS, epochs: 200, batchSize: 0 };
    const first = await trainer.train(request({ options }), {
      onProgress: ({ watchedLoss }) => losses.push(watchedLoss),
    });
    const second = await trainer.train(request({ options }));
    expect(losses.length).to.be.within(20, 80);
    expect(losses.at(-1)).to.be.below(0.6 * (losses[0] ?? 0));
    expect(flatten(second.network)).to.deep.equal(flatten(first.network));
  });

  it('stops when nothing is gained any more', async () => {
    const options = {
      ...OPTIONS,
      epochs: 5000,
      patience: 50,
      minimumProgress: 1e-3,
      schedule: 'constant' as const,
    };
    const { end, steps } = await trainer.train(request({ options }));
    expect(end).to.equal('converged');
    expect(steps).to.be.below(5000);
  });

  it('gives the best so far when it is cancelled', async () => {
    const controller = new AbortController();
    const options = { ...OPTIONS, epochs: 100_000 };
    const { end, steps, network } = await trainer.train(request({ options }), {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    expect(end).to.equal('cancelled');
    expect(steps).to.be.below(100_000);
    expect(flatten(network).every(Number.isFinite)).to.equal(true);
  });

  it('keeps the last good weights when the loss runs away', async () => {
    const options = {
      ...OPTIONS,
      optimiser: 'gradient-descent' as const,
      loss: 'squared-error' as const,
      learningRate: 1e20,
    };
    const { end, network, loss } = await trainer.train(
      request({ options, network: networkWith('linear', 'softmax-cross-entropy') }),
    );
    expect(end).to.equal('diverged');
    expect(Number.isFinite(loss)).to.equal(true);
    expect(flatten(network).every(Number.isFinite)).to.equal(true);
  });

  it('refuses examples that do not fit the network', async () => {
    const examples = { ...clouds(6).set, count: 5 };
    const failure = await trainer.train(request({ examples })).catch((e: unknown) => e);
    expect(failure).to.have.property('code', 'training-failed');
  });
});
