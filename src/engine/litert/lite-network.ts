import { tensor, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { SightlineError } from '../../domain/errors.js';
import type { Network, NetworkOutputs } from '../models/network.js';
import type { LiteArtifacts } from './lite-artifacts.js';
import type { LiteBuffers } from './lite-buffers.js';
import type {
  CompiledLiteModel,
  LiteEnvironment,
  LiteRtModule,
  LiteTensorBuffer,
} from './litert-module.js';

/** Where LiteRT runs, and what moves tensors in and out of it there. */
export interface LiteTarget {
  readonly accelerator: 'wasm' | 'webgpu';
  /** Of the CPU. */
  readonly threads: number;
  /** The device that tensors are shared on; null on the CPU. */
  readonly device: GPUDevice | null;
  buffers(
    wasm: LiteRtModule,
    environment: LiteEnvironment,
    type: ReturnType<LiteModel['getInputTensorType']>,
  ): LiteBuffers;
}

type LiteModel = ReturnType<LiteRtModule['loadModel']>;

interface LiteOutput {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A TensorFlow Lite model in LiteRT, as a network whose tensors are TensorFlow.js's. */
export class LiteNetwork implements Network {
  readonly #compiled: CompiledLiteModel;
  readonly #buffers: LiteBuffers;
  readonly #outputs: readonly LiteOutput[];
  readonly #constants: ReadonlyMap<string, Tensor>;
  readonly #release: () => void;

  private constructor(
    compiled: CompiledLiteModel,
    buffers: LiteBuffers,
    outputs: readonly LiteOutput[],
    constants: ReadonlyMap<string, Tensor>,
    release: () => void,
  ) {
    this.#compiled = compiled;
    this.#buffers = buffers;
    this.#outputs = outputs;
    this.#constants = constants;
    this.#release = release;
  }

  /**
   * Compiles a model.
   *
   * @param wasm Becomes the network's, with its threads.
   * @throws SightlineError `backend-failed` when LiteRT cannot run all of it on the target.
   */
  static async create(
    wasm: LiteRtModule,
    { file, constants }: LiteArtifacts,
    target: LiteTarget,
  ): Promise<LiteNetwork> {
    const owned: { delete(): void }[] = [];
    const release = (): void => {
      for (const object of owned.splice(0).reverse()) object.delete();
      wasm.PThread?.terminateAllThreads();
    };
    const own = <Owned extends { delete(): void }>(object: Owned): Owned => {
      owned.push(object);
      return object;
    };
    try {
      const environment = own(wasm.LiteRtEnvironment.create(target.device));
      const pointer = wasm._malloc(file.byteLength);
      own({
        delete: () => {
          wasm._free(pointer);
        },
      });
      wasm.HEAPU8.set(file, pointer);
      const model = own(wasm.loadModel(environment, pointer, file.byteLength));
      const compiled = own(await wasm.compileModel(environment, model, compileOptions(target)));
      if (target.accelerator === 'webgpu' && !compiled.isFullyAccelerated()) {
        throw new Error('the GPU cannot run all of the network');
      }
      const type = own(model.getInputTensorType(0, 0));
      const buffers = target.buffers(wasm, environment, type);
      own({
        delete: () => {
          buffers.dispose();
        },
      });
      const tensors = new Map(
        constants.map(({ name, shape, values }) => [name, tensor(values, [...shape], 'float32')]),
      );
      own({
        delete: () => {
          for (const constant of tensors.values()) constant.dispose();
        },
      });
      return new LiteNetwork(compiled, buffers, outputsOf(model), tensors, release);
    } catch (thrown) {
      release();
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      throw new SightlineError('backend-failed', `LiteRT: ${detail}`, { cause: thrown });
    }
  }

  async run(input: Tensor4D, names: readonly string[]): Promise<NetworkOutputs> {
    const prepared = await this.#buffers.input(input);
    const results = await this.#compiled.run(0, [prepared]);
    const tensors: Tensor[] = [];
    const dispose = (): void => {
      for (const result of tensors) result.dispose();
      for (const result of results) result.delete();
    };
    try {
      for (const name of names) tensors.push(this.#read(results, name));
      return { tensors, dispose };
    } catch (thrown) {
      dispose();
      throw thrown;
    }
  }

  constant(name: string): Tensor {
    const constant = this.#constants.get(name);
    if (!constant) throw new SightlineError('model-incompatible', `no constant "${name}"`);
    return constant;
  }

  dispose(): void {
    this.#release();
  }

  #read(results: readonly LiteTensorBuffer[], name: string): Tensor {
    const index = this.#outputs.findIndex((output) => output.name === name);
    const [result, output] = [results[index], this.#outputs[index]];
    if (!result || !output) throw new SightlineError('model-incompatible', `no output "${name}"`);
    return this.#buffers.output(result, output.shape);
  }
}

function compileOptions({
  accelerator,
  threads,
}: LiteTarget): Parameters<LiteRtModule['compileModel']>[2] {
  const options = {
    accelerator,
    cpuOptions: { numThreads: threads },
    // Half precision moves boxes by more than the weights' own rounding does.
    gpuOptions: { precision: 'fp32' as const },
    webNNOptions: {},
  };
  return options;
}

function outputsOf(model: LiteModel): readonly LiteOutput[] {
  const signature = model.getSignature(0);
  const names = signature.outputNames();
  const outputs = Array.from({ length: names.size() }, (_, index) => {
    const type = model.getOutputTensorType(0, index);
    const layout = type.layout();
    const dimensions = layout.dimensions();
    const shape = Array.from({ length: dimensions.size() }, (_, axis) =>
      Number(dimensions.get(axis)),
    );
    for (const object of [dimensions, layout, type]) object.delete();
    return { name: String(names.get(index)), shape };
  });
  for (const object of [names, signature]) object.delete();
  return outputs;
}
