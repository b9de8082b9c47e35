import * as tf from '@tensorflow/tfjs';
import type { BackendName } from '../../../../src/domain/backend.js';
import { DEFAULT_DETECTION_OPTIONS } from '../../../../src/domain/detection.js';
import { createNetwork, type Network } from '../../../../src/domain/network/network.js';
import { randomNumbers } from '../../../../src/domain/random.js';
import type { TrainingSet } from '../../../../src/domain/teach/lesson.js';
import { DEFAULT_TEACH_SETTINGS } from '../../../../src/domain/teach/settings.js';
import { EngineClient } from '../../../../src/platform/engine-client.js';
import { TrainerClient } from '../../../../src/platform/trainer-client.js';
import type { EngineUrls } from '../../../../src/session/types.js';
import { timeLiveHead, type LiveHeadTimes } from './live-head.js';
import { startTensorflow } from '../../page/stock-arm.js';

/** What both train: one hidden layer on one map's averages, as many examples as a person records. */
export const TASK = { examples: 500, inputs: 576, hidden: 100, outputs: 5, seed: 7 } as const;

const LEARNING_RATE = 1e-3;

export interface TrainRun {
  readonly milliseconds: number;
  readonly steps: number;
  /** Mean loss over the examples before and after. */
  readonly firstLoss: number;
  readonly lastLoss: number;
  /** What computed the steps. */
  readonly by: string;
}

/** How much is trained. */
export interface TrainLoad {
  readonly batchSize: number;
  readonly epochs: number;
}

/** Both trainers in one page: `tf.LayersModel.fit` on its thread, as developers use it, and ours in its worker. */
export class TrainPage {
  readonly #examples = clouds();
  readonly #network = createNetwork(
    {
      inputs: TASK.inputs,
      hidden: [TASK.hidden],
      outputs: TASK.outputs,
      activation: 'relu',
      outputActivation: 'linear',
    },
    TASK.seed,
  );
  #trainer: TrainerClient | undefined;
  #engine: EngineClient | undefined;
  #urls: EngineUrls | undefined;
  #backend: 'wasm' | 'webgpu' = 'wasm';
  #picture: ImageBitmap | undefined;

  /** @returns What LayersModel runs on. */
  open(backend: 'wasm' | 'webgpu', urls: EngineUrls): Promise<string> {
    this.#urls = urls;
    this.#backend = backend;
    this.#trainer = new TrainerClient(urls.trainerUrl);
    return startTensorflow(backend, { wasm: urls.wasmUrl });
  }

  /**
   * `LayersModel.fit` from the given weights.
   *
   * @param yieldEvery How often it lets the page have its turn; `auto` unless a developer says otherwise.
   */
  async layersModel(
    { batchSize, epochs }: TrainLoad,
    yieldEvery: 'auto' | 'never',
  ): Promise<TrainRun> {
    const { inputs, targets, count } = this.#examples;
    const x = tf.tensor2d(inputs, [count, TASK.inputs]);
    const y = tf.tensor2d(targets, [count, TASK.outputs]);
    const model = layersModelOf(this.#network);
    try {
      model.compile({ optimizer: tf.train.adam(LEARNING_RATE), loss: 'categoricalCrossentropy' });
      const firstLoss = await lossOf(model, x, y);
      const start = performance.now();
      await model.fit(x, y, { batchSize, epochs, shuffle: true, yieldEvery });
      // What is queued on a GPU counts as well.
      const lastLoss = await lossOf(model, x, y);
      const milliseconds = performance.now() - start;
      const steps = epochs * Math.ceil(count / batchSize);
      return { milliseconds, steps, firstLoss, lastLoss, by: tf.getBackend() };
    } finally {
      model.dispose();
      tf.dispose([x, y]);
    }
  }

  /** The app's own trainer from the same weights, messages to and fro included. */
  async sightline({ batchSize, epochs }: TrainLoad): Promise<TrainRun> {
    const start = performance.now();
    const { steps, loss, by = 'unknown' } = await this.#train(batchSize, epochs);
    const milliseconds = performance.now() - start;
    const { loss: firstLoss } = await this.#train(batchSize, 0);
    return { milliseconds, steps, firstLoss, lastLoss: loss, by };
  }

  /** Loads the detector on the same backend, with a picture to look at. */
  async openDetector(pictureUrl: string): Promise<string> {
    if (this.#urls === undefined) throw new Error('not open');
    const response = await fetch(pictureUrl);
    this.#picture = await createImageBitmap(await response.blob());
    this.#engine = new EngineClient(this.#urls.workerUrl);
    const backend: BackendName = this.#backend;
    const { modelsUrl, wasmUrl, liteRtUrl } = this.#urls;
    const info = await this.#engine.load({
      model: 'coco-ssd',
      backend,
      runtime: 'auto',
      modelsUrl,
      wasmUrl,
      liteRtUrl,
    });
    return `${info.runtime} ${info.model.precision} on ${info.backend}`;
  }

  /** Frames a second over a while, one after the other, with or without a training beside. */
  async framesPerSecond(milliseconds: number, isTraining: boolean): Promise<number> {
    const stop = new AbortController();
    const training = isTraining ? this.#train(32, 1_000_000, stop.signal) : undefined;
    // The worker has to be under way before it counts.
    await this.#detect(500);
    const rate = await this.#detect(milliseconds);
    stop.abort();
    await training;
    return rate;
  }

  /** See `timeLiveHead`; without the detector of the figures before. */
  async liveHead(pictureUrl: string, samples: number): Promise<LiveHeadTimes> {
    await this.#engine?.dispose();
    this.#trainer?.dispose();
    return timeLiveHead(pictureUrl, samples);
  }

  async #detect(milliseconds: number): Promise<number> {
    const [engine, picture] = [this.#engine, this.#picture];
    if (engine === undefined || picture === undefined) throw new Error('no detector is open');
    const start = performance.now();
    let frames = 0;
    while (performance.now() - start < milliseconds) {
      await engine.detect(await createImageBitmap(picture), 0, DEFAULT_DETECTION_OPTIONS);
      frames++;
    }
    return (1000 * frames) / (performance.now() - start);
  }

  #train(batchSize: number, epochs: number, signal?: AbortSignal) {
    if (this.#trainer === undefined || this.#urls === undefined) throw new Error('not open');
    return this.#trainer.train(
      {
        network: this.#network,
        examples: this.#examples,
        validation: undefined,
        options: {
          ...DEFAULT_TEACH_SETTINGS,
          optimiser: 'adam',
          schedule: 'constant',
          learningRate: LEARNING_RATE,
          batchSize,
          epochs,
        },
        backend: this.#backend,
        wasmUrl: this.#urls.wasmUrl,
      },
      { signal },
    );
  }
}

function layersModelOf({ layers }: Network): tf.Sequential {
  const model = tf.sequential({
    layers: layers.map(({ inputs, units }, index) =>
      tf.layers.dense({
        inputShape: [inputs],
        units,
        activation: index === layers.length - 1 ? 'softmax' : 'relu',
      }),
    ),
  });
  const values = layers.flatMap(({ inputs, units, weights, biases }) => [
    tf.tensor2d(Float32Array.from(weights), [inputs, units]),
    tf.tensor1d(Float32Array.from(biases)),
  ]);
  model.setWeights(values);
  tf.dispose(values);
  return model;
}

async function lossOf(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor): Promise<number> {
  const batchSize = TASK.examples;
  const loss = model.evaluate(x, y, { batchSize }) as tf.Scalar;
  const [value = NaN] = await loss.data();
  loss.dispose();
  return value;
}

/** Five clouds that overlap, of the size that averages of a map have. */
function clouds(): TrainingSet {
  const { examples: count, inputs: width, outputs, seed } = TASK;
  const random = randomNumbers(seed);
  const centres = Array.from({ length: outputs * width }, () => random.normal());
  const inputs = new Float32Array(count * width);
  const targets = new Float32Array(count * outputs);
  for (let row = 0; row < count; row++) {
    const label = row % outputs;
    targets[row * outputs + label] = 1;
    for (let i = 0; i < width; i++) {
      inputs[row * width + i] = 0.1 * ((centres[label * width + i] ?? 0) + 3 * random.normal());
    }
  }
  return { count, inputs, targets };
}

declare global {
  var trainPage: TrainPage;
}

globalThis.trainPage = new TrainPage();
