import { expect } from 'chai';
import type { SightlineError } from '../../../src/domain/errors.js';
import { parametersOf } from '../../../src/domain/network/empirical-loss.js';
import { createNetwork, type Network } from '../../../src/domain/network/network.js';
import { randomNumbers } from '../../../src/domain/random.js';
import { DEFAULT_TEACH_SETTINGS } from '../../../src/domain/teach/settings.js';
import { TrainerClient, type TrainerClientOptions } from '../../../src/platform/trainer-client.js';
import {
  PROTOCOL_VERSION,
  type TrainingProgress,
  type TrainingRequest,
} from '../../../src/protocol/index.js';
import { WASM_URL } from '../../support/engine-fixtures.js';
import { delay, rejection, until } from '../../support/promises.js';

/** As the site was last built. */
const TRAINER_URL = new URL('/engine/trainer.js', location.href).href;

const INPUTS = 20;
const OUTPUTS = 4;
const COUNT = 200;
/** Longer than any test waits. */
const ENDLESS = 10_000_000;

function request(options: Partial<TrainingRequest['options']> = {}): TrainingRequest {
  const random = randomNumbers(4);
  const inputs = new Float32Array(COUNT * INPUTS);
  const targets = new Float32Array(COUNT * OUTPUTS);
  for (let row = 0; row < COUNT; row++) {
    const label = row % OUTPUTS;
    targets[row * OUTPUTS + label] = 1;
    for (let i = 0; i < INPUTS; i++) {
      inputs[row * INPUTS + i] = Number(i % OUTPUTS === label) + 0.5 * random.normal();
    }
  }
  return {
    network: createNetwork(
      {
        inputs: INPUTS,
        hidden: [],
        outputs: OUTPUTS,
        activation: 'relu',
        outputActivation: 'linear',
      },
      1,
    ),
    examples: { count: COUNT, inputs, targets },
    validation: undefined,
    options: { ...DEFAULT_TEACH_SETTINGS, learningRate: 0.05, ...options },
    backend: 'wasm',
    wasmUrl: WASM_URL,
  };
}

function numbersOf(network: Network): number[] {
  return parametersOf(network).flatMap((values) => [...values]);
}

describe('TrainerClient, with the built trainer on WebAssembly', function () {
  this.timeout(60_000);
  let clients: TrainerClient[] = [];
  let workers: Worker[] = [];
  const OriginalWorker = Worker;

  function client(url = TRAINER_URL, options: TrainerClientOptions = {}): TrainerClient {
    const made = new TrainerClient(url, options);
    clients.push(made);
    return made;
  }

  /** Starts a training that does not end by itself, and waits until it makes progress. */
  async function endless(trainer: TrainerClient, signal?: AbortSignal) {
    const progress: TrainingProgress[] = [];
    const result = trainer.train(request({ epochs: ENDLESS }), {
      signal,
      onProgress: (each) => progress.push(each),
    });
    result.catch(() => undefined);
    await until(() => progress.length > 0, 'the first progress', 30_000);
    return { result, progress };
  }

  before(async () => {
    const { ok } = await fetch(TRAINER_URL);
    if (!ok) throw new Error('there is no built trainer: npm run build');
  });

  beforeEach(() => {
    // Only to get hold of them, so that a test can end one.
    globalThis.Worker = class extends OriginalWorker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.push(this);
      }
    };
  });

  afterEach(() => {
    globalThis.Worker = OriginalWorker;
    for (const each of clients) each.dispose();
    [clients, workers] = [[], []];
  });

  it('trains, and says how far it is', async () => {
    const trainer = client();
    expect(workers, 'nothing is started before it is used').to.have.length(0);
    const progress: TrainingProgress[] = [];
    const { end, network, loss, steps } = await trainer.train(request(), {
      onProgress: (each) => progress.push(each),
    });
    expect(end).to.equal('completed');
    expect(steps).to.equal(200);
    expect(progress.length).to.be.above(20);
    expect(progress.map(({ step }) => step)).to.deep.equal(
      progress.map(({ step }) => step).sort((a, b) => a - b),
    );
    const [first, last] = [progress.at(0), progress.at(-1)];
    expect(loss).to.be.below(0.5 * (first?.watchedLoss ?? 0));
    expect(last?.watchedAccuracy).to.be.above(0.95);
    expect(numbersOf(network)).to.deep.equal(numbersOf(last?.best ?? { layers: [] }));
  });

  it('gives the same head for the same seed, and another for another', async () => {
    const trainer = client();
    const train = async (seed: number) =>
      numbersOf((await trainer.train(request({ seed, batchSize: 32, epochs: 20 }))).network);
    const [one, same, other] = [await train(1), await train(1), await train(2)];
    expect(same).to.deep.equal(one);
    expect(other).not.to.deep.equal(one);
    expect(workers, 'one worker for all').to.have.length(1);
  });

  it('trains one after the other when asked twice at once', async () => {
    const trainer = client();
    const [one, other] = await Promise.all([trainer.train(request()), trainer.train(request())]);
    expect(numbersOf(other.network)).to.deep.equal(numbersOf(one.network));
  });

  it('keeps the best so far when it is cancelled in the middle', async () => {
    const controller = new AbortController();
    const { result, progress } = await endless(client(), controller.signal);
    controller.abort();
    const { end, network, steps } = await result;
    expect(end).to.equal('cancelled');
    expect(steps).to.be.below(ENDLESS);
    expect(numbersOf(network).every(Number.isFinite)).to.equal(true);
    expect(progress.at(-1)?.watchedLoss).to.be.below(2);
  });

  it('starts nothing for what was cancelled before', async () => {
    const trainer = client();
    const training = trainer.train(request(), { signal: AbortSignal.abort() });
    expect(await rejection(training)).to.equal('aborted');
    expect(workers).to.have.length(0);
  });

  it('can be cancelled at any moment, and used again', async () => {
    const trainer = client();
    for (const wait of [0, 20, 60, 150, 300]) {
      const controller = new AbortController();
      const training = trainer.train(request({ epochs: ENDLESS }), { signal: controller.signal });
      const outcome = training.then(
        ({ end }): string => end,
        (thrown: unknown) => (thrown as SightlineError).code,
      );
      await delay(wait);
      controller.abort();
      expect(await outcome).to.be.oneOf(['cancelled', 'aborted']);
    }
    expect((await trainer.train(request())).end).to.equal('completed');
  });

  it('says that the worker died, and has a new one for the next training', async () => {
    const trainer = client();
    const { result, progress } = await endless(trainer);
    workers[0]?.terminate();
    expect(await rejection(result)).to.equal('engine-died');
    // What was learnt is in the hands of whoever listened.
    const best = progress.at(-1)?.best;
    expect(numbersOf(best ?? { layers: [] }).length).to.be.above(0);
    const resumed = { ...request(), network: best ?? request().network };
    expect((await trainer.train(resumed)).end).to.equal('completed');
    expect(workers).to.have.length(2);
  });

  it('gives the last good weights when the loss runs away', async () => {
    const options = { optimiser: 'gradient-descent', learningRate: 1e30 } as const;
    const { end, network, loss } = await client().train(request({ ...options, l2: 1 }));
    expect(end).to.equal('diverged');
    expect(Number.isFinite(loss)).to.equal(true);
    expect(numbersOf(network).every(Number.isFinite)).to.equal(true);
  });

  it('refuses examples that do not fit, and goes on', async () => {
    const trainer = client();
    const examples = { ...request().examples, count: COUNT - 1 };
    expect(await rejection(trainer.train({ ...request(), examples }))).to.equal('training-failed');
    expect((await trainer.train(request({ epochs: 5 }))).end).to.equal('completed');
    expect(workers).to.have.length(1);
  });

  it('lets go of the worker when nothing is to be trained', async () => {
    const trainer = client(TRAINER_URL, { idle: 50 });
    await trainer.train(request({ epochs: 5 }));
    expect(trainer.isRunning).to.equal(true);
    await until(() => !trainer.isRunning, 'the worker is gone');
    expect((await trainer.train(request({ epochs: 5 }))).end).to.equal('completed');
    expect(workers).to.have.length(2);
  });

  it('can be started ahead, and is let go when nothing comes of it', async () => {
    const trainer = client(TRAINER_URL, { idle: 500 });
    trainer.prepare();
    expect(trainer.isRunning).to.equal(true);
    expect((await trainer.train(request({ epochs: 5 }))).end).to.equal('completed');
    expect(workers).to.have.length(1);
    await until(() => !trainer.isRunning, 'the worker is gone');
    trainer.prepare();
    trainer.prepare();
    expect(workers).to.have.length(2);
    await until(() => !trainer.isRunning, 'it is gone once more');
  });

  it('ends with its owner', async () => {
    const trainer = client();
    const { result } = await endless(trainer);
    trainer.dispose();
    expect(await rejection(result)).to.equal('aborted');
  });
});

/** A worker that makes progress once and then blocks. */
function stuckTrainerUrl(network: Network | undefined): string {
  const progress = { step: 3, steps: 9, loss: 1, watchedLoss: 1, watchedAccuracy: 0.5 };
  const source = `
    self.postMessage({ type: 'hello', version: ${String(PROTOCOL_VERSION)} });
    self.onmessage = ({ data }) => {
      // A cancel may come before it blocks; it does not hear it.
      if (data.type !== 'call') return;
      const progress = ${JSON.stringify(progress)};
      const best = ${String(network !== undefined)} ? data.params.network : undefined;
      if (best) self.postMessage({ type: 'progress', id: data.id, progress: { ...progress, best } });
      setTimeout(() => { for (;;); });
    };`;
  return URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
}

describe('TrainerClient, with a worker that is stuck', () => {
  it('says so after a while without progress', async () => {
    const trainer = new TrainerClient(stuckTrainerUrl(undefined), { patience: 200 });
    expect(await rejection(trainer.train(request()))).to.equal('engine-stalled');
    expect(trainer.isRunning).to.equal(false);
  });

  it('keeps the last weights that it told of when a cancel is not heard', async () => {
    const { network } = request();
    const trainer = new TrainerClient(stuckTrainerUrl(network), { cancelPatience: 100 });
    const controller = new AbortController();
    const training = trainer.train(request(), {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    const result = await training;
    expect(result.end).to.equal('cancelled');
    expect(result.steps).to.equal(3);
    expect(numbersOf(result.network)).to.deep.equal(numbersOf(network));
    expect(trainer.isRunning).to.equal(false);
  });

  it('says why it could not be started', async () => {
    const missing = new TrainerClient(new URL('/no-such-trainer.js', location.href).href);
    expect(await rejection(missing.train(request()))).to.equal('engine-start-failed');
    const silent = new TrainerClient(
      URL.createObjectURL(new Blob([''], { type: 'text/javascript' })),
      { helloTimeout: 100 },
    );
    expect(await rejection(silent.train(request()))).to.equal('engine-start-failed');
  });
});
