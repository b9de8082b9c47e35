import * as tf from '@tensorflow/tfjs-core';
import { loadGraphModelSync, type GraphModel } from '@tensorflow/tfjs-converter';
import '@tensorflow/tfjs-backend-wasm';
import { ModelCompileError } from '../errors.js';
import type { Constant } from '../graph/tensor.js';
import type { GraphDefJson } from './graph-def.js';
import type { EncodedWeights } from './weights.js';

/** Everything that TensorFlow.js loads a graph model from. */
export interface Artifacts {
  readonly topology: GraphDefJson;
  readonly weights: EncodedWeights;
}

/** Tensors by the name of the node that they stand for. */
export type Feeds = Readonly<Record<string, Constant>>;

/**
 * Makes TensorFlow.js ready to run networks in this process, on WebAssembly.
 * To be awaited once before the first `Network`; later calls cost nothing.
 */
export async function startRuntime(): Promise<void> {
  if (tf.getBackend() === 'wasm') return;
  if (!(await tf.setBackend('wasm'))) {
    throw new ModelCompileError('TensorFlow.js could not start its WebAssembly backend.');
  }
  await tf.ready();
}

/** A graph model loaded into TensorFlow.js. The caller must `dispose` it. */
export class Network {
  readonly #model: GraphModel<tf.io.IOHandlerSync>;

  constructor({ topology, weights }: Artifacts) {
    this.#model = loadGraphModelSync({
      modelTopology: topology,
      weightSpecs: weights.specs as tf.io.WeightsManifestEntry[],
      weightData: weights.data.buffer,
    });
  }

  /** Runs the graph in one go, which fails when control flow is left in it. */
  run(feeds: Feeds, outputs: readonly string[]): Constant[] {
    return this.#inTidy(feeds, outputs, (tensor) => readTensor(tensor));
  }

  /** Like `run`, but gives only the shapes and reads no values back. */
  shapes(feeds: Feeds, outputs: readonly string[]): (readonly number[])[] {
    return this.#inTidy(feeds, outputs, (tensor) => tensor.shape);
  }

  /** Runs a graph that may contain control flow, such as TensorFlow 1's loops. */
  async runAsync(feeds: Feeds, outputs: readonly string[]): Promise<Constant[]> {
    const inputs = toTensors(feeds);
    const results = [await this.#model.executeAsync(inputs, [...outputs])].flat();
    const constants = results.map(readTensor);
    tf.dispose([inputs, results]);
    return constants;
  }

  dispose(): void {
    this.#model.dispose();
  }

  #inTidy<Result>(
    feeds: Feeds,
    outputs: readonly string[],
    read: (tensor: tf.Tensor) => Result,
  ): Result[] {
    const results: Result[] = [];
    // Inside `tidy` a weight that is asked for as an output outlives the call, all else is freed.
    tf.tidy(() => {
      const tensors = [this.#model.execute(toTensors(feeds), [...outputs])].flat();
      for (const tensor of tensors) results.push(read(tensor));
    });
    return results;
  }
}

function toTensors(feeds: Feeds): tf.NamedTensorMap {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { data, shape, dtype }]) => [
      name,
      tf.tensor(data, [...shape], dtype),
    ]),
  );
}

function readTensor(tensor: tf.Tensor): Constant {
  const { shape, dtype } = tensor;
  const data = tensor.dataSync();
  if (dtype === 'float32') return { dtype, shape, data: Float32Array.from(data) };
  if (dtype === 'int32') return { dtype, shape, data: Int32Array.from(data) };
  if (dtype === 'bool') return { dtype, shape, data: Uint8Array.from(data) };
  throw new ModelCompileError(`A tensor of type ${dtype} cannot be a constant of the graph.`);
}
