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
import type { DescentInput } from '../../../src/engine/train/descent.js';
import { LocalTrainer } from '../../../src/engine/train/local-trainer.js';
import { openDescent, stepKindFor } from '../../../src/engine/train/open-descent.js';
import type { TrainingProgress, TrainingRequest } from '../../../src/protocol/training.js';
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

/** As many clouds of points as there are outputs, which overlap a little. */
function clouds(count: number, outputs = OUTPUTS): { set: TrainingSet; examples: Example[] } {
  const random = randomNumbers(3);
  const examples = Array.from({ length: count }, (_, row): Example => {
    const label = row % outputs;
    const inputs = Float64Array.from({ length: INPUTS }, (_, i) =>
      Math.fround((i % outputs === label ? 1 : 0) + 0.4 * random.normal()),
    );
    return {
      inputs,
      target: Float64Array.from({ length: outputs }, (_, k) => Number(k === label)),
    };
  });
  const set = {
    count,
    inputs: Float32Array.from(examples.flatMap(({ inputs }) => [...inputs])),
    targets: Float32Array.from(examples.flatMap(({ target }) => [...target])),
  };
  return { set, examples };
}

function networkWith(
  activation: ActivationName,
  loss: LossName,
  hidden: readonly number[] = [5],
  outputs = OUTPUTS,
): Network {
  const outputActivation = loss === 'squared-error' ? 'sigmoid' : 'linear';
  return createNetwork({ inputs: INPUTS, hidden, outputs, activation, outputActivation }, 11);
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

const KINDS = ['simd', 'tensors'] as const;

/** Gradients of every loss and activation, for networks of odd sizes, and the loss. */
async function expectTheReference(kind: (typeof KINDS)[number]): Promise<void> {
  const shapes = [
    { hidden: [], outputs: 3 },
    { hidden: [], outputs: 6 },
    { hidden: [5], outputs: 3 },
    { hidden: [2, 9], outputs: 6 },
    { hidden: [9, 17], outputs: 3 },
  ];
  for (const loss of LOSS_NAMES) {
    for (const activation of ACTIVATION_NAMES) {
      for (const { hidden, outputs } of shapes) {
        // An odd number, and more than are taken at once.
        const { set, examples } = clouds(37, outputs);
        const network = networkWith(activation, loss, hidden, outputs);
        const classWeights = Array.from({ length: outputs }, (_, k) => [1, 2, 0.5][k % 3] ?? 1);
        const lossOptions = { ...OPTIONS.lossOptions, classWeights };
        const options = { ...OPTIONS, loss, lossOptions };
        const input: DescentInput = {
          network,
          examples: set,
          validation: undefined,
          options,
          steps: 1,
        };
        const descent = await openDescent(kind, input);
        const [gradient, here] = [await descent.gradient(), await descent.look()];
        descent.dispose();
        const expected = empiricalGradient(network, examples, options);
        const slopes = expected.gradient.flatMap((values) => [...values]);
        const name = `${loss}, ${activation}, hidden ${hidden.join('+')}, ${String(outputs)} outputs`;
        expect(largestDifference(gradient, slopes), name).to.be.below(1e-5);
        expect(here.loss, name).to.be.closeTo(expected.loss, 1e-5);
        expect(largestDifference(here.values, flatten(network)), name).to.be.below(1e-6);
      }
    }
  }
}

describe('Training', function () {
  this.timeout(240_000);
  const trainer = new LocalTrainer();

  after(() => {
    trainer.dispose();
  });

  it('has the gradient of the float64 reference, by SIMD', () => expectTheReference('simd'));

  for (const backend of BACKENDS) {
    it(`has the gradient of the float64 reference, by tensors on ${backend}`, async () => {
      const environment = { wasmUrl: WASM_URL, liteRtUrl: LITERT_URL, allowSoftware: true };
      const open = await openBackend(backend, environment, true);
      const before = tfEngine().state.numTensors;
      try {
        await expectTheReference('tensors');
        expect(tfEngine().state.numTensors).to.equal(before);
      } finally {
        open.dispose();
      }
    });
  }

  for (const kind of KINDS) {
    for (const optimiser of OPTIMISER_NAMES) {
      it(`walks as the reference does with ${optimiser}, in batches, by ${kind}`, async () => {
        const { set, examples } = clouds(40);
        const options = { ...OPTIONS, optimiser, batchSize: 18, epochs: 6 };
        const start = networkWith('tanh', options.loss);
        const own = new LocalTrainer(kind);
        const before = tfEngine().state.numTensors;
        const found = await own.train(request({ network: start, examples: set, options }));
        const expected = trainToEnd(start, examples, options);
        expect(found.end).to.equal('completed');
        expect(found.by).to.equal(kind);
        expect(found.steps).to.equal(18);
        expect(found.loss).to.be.closeTo(expected.loss, 1e-4);
        const away = largestDifference(flatten(found.network), flatten(expected.network));
        expect(away).to.be.below(2e-3);
        expect(tfEngine().state.numTensors).to.equal(before);
        own.dispose();
      });
    }
  }

  it('watches what is held back, in more rows than are computed at once', async () => {
    const [{ set }, held] = [clouds(40), clouds(700)];
    const results = await Promise.all(
      KINDS.map(async (kind) => {
        const own = new LocalTrainer(kind);
        const accuracies: number[] = [];
        const { loss } = await own.train(request({ examples: set, validation: held.set }), {
          onProgress: ({ watchedAccuracy }) => accuracies.push(watchedAccuracy),
        });
        own.dispose();
        return { loss, accuracies };
      }),
    );
    const [simd, tensors] = results;
    expect(simd?.loss).to.be.closeTo(tensors?.loss ?? NaN, 1e-4);
    expect(simd?.accuracies.length).to.equal(5);
    expect(largestDifference(simd?.accuracies ?? [], tensors?.accuracies ?? [])).to.be.below(0.01);
  });

  it('leaves only what is large to a GPU', () => {
    const small = { network: networkWith('relu', OPTIONS.loss), rows: 500 };
    expect(stepKindFor('webgpu', small)).to.equal('simd');
    expect(stepKindFor('webgpu', { ...small, rows: 1e8 })).to.equal('tensors');
    expect(stepKindFor('wasm', { ...small, rows: 1e8 })).to.equal('simd');
  });

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

  it('takes thousands of examples, and hears a cancel among them', async () => {
    const { set } = clouds(6000);
    const accuracies: number[] = [];
    const onProgress = (each: TrainingProgress): unknown => accuracies.push(each.watchedAccuracy);
    const options = { ...OPTIONS, batchSize: 64, epochs: 4 };
    const done = await trainer.train(request({ examples: set, options }), { onProgress });
    expect(done.steps).to.equal(4 * Math.ceil(6000 / 64));
    expect(accuracies.at(-1)).to.be.above(0.9);
    const controller = new AbortController();
    const endless = { ...options, epochs: 1_000_000 };
    const cancelled = trainer.train(request({ examples: set, options: endless }), {
      signal: controller.signal,
    });
    setTimeout(() => {
      controller.abort();
    }, 200);
    const { end, steps, network } = await cancelled;
    expect(end).to.equal('cancelled');
    expect(steps).to.be.above(0);
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
