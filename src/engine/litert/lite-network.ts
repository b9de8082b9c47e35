import { tensor, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { SightlineError } from '../../domain/errors.js';
import type { Network, NetworkOutputs } from '../models/network.js';
import type { LiteArtifacts } from './lite-artifacts.js';
import type { LiteBuffers } from './lite-buffers.js';
import type { CompiledLiteModel, LiteEnvironment, LiteRtModule } from './litert-module.js';

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

/** One `.tflite` file, compiled. */
interface Program {
  readonly compiled: CompiledLiteModel;
  readonly model: LiteModel;
  readonly outputs: readonly LiteOutput[];
}

/** A TensorFlow Lite model in LiteRT, as a network whose tensors are TensorFlow.js's. */
export class LiteNetwork implements Network {
  readonly #wasm: LiteRtModule;
  readonly #target: LiteTarget;
  readonly #environment: LiteEnvironment;
  readonly #artifacts: LiteArtifacts;
  readonly #constants: ReadonlyMap<string, Tensor>;
  readonly #owned: { delete(): void }[] = [];
  #buffers: LiteBuffers | undefined;
  #detect: Program | undefined;
  /** Compiled when a feature map is first asked for. */
  #teach: Promise<Program> | undefined;

  private constructor(wasm: LiteRtModule, artifacts: LiteArtifacts, target: LiteTarget) {
    this.#wasm = wasm;
    this.#target = target;
    this.#artifacts = artifacts;
    this.#environment = this.#own(wasm.LiteRtEnvironment.create(target.device));
    this.#constants = new Map(
      artifacts.constants.map(({ name, shape, values }) => [
        name,
        tensor(values, [...shape], 'float32'),
      ]),
    );
  }

  /**
   * Compiles a model.
   *
   * @param wasm Becomes the network's, with its threads.
   * @throws SightlineError `backend-failed` when LiteRT cannot run all of it on the target.
   */
  static async create(
    wasm: LiteRtModule,
    artifacts: LiteArtifacts,
    target: LiteTarget,
  ): Promise<LiteNetwork> {
    let network: LiteNetwork | undefined;
    try {
      network = new LiteNetwork(wasm, artifacts, target);
      network.#detect = await network.#compile(artifacts.detect);
      const type = network.#own(network.#detect.model.getInputTensorType(0, 0));
      network.#buffers = target.buffers(wasm, network.#environment, type);
      return network;
    } catch (thrown) {
      network?.dispose();
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      throw new SightlineError('backend-failed', `LiteRT: ${detail}`, { cause: thrown });
    }
  }

  async run(input: Tensor4D, names: readonly string[]): Promise<NetworkOutputs> {
    const { compiled, outputs } = await this.#programFor(names);
    if (!this.#buffers) throw new SightlineError('device-lost', 'the network is disposed');
    const buffers = this.#buffers;
    const results = await compiled.run(0, [await buffers.input(input)]);
    const tensors: Tensor[] = [];
    const dispose = (): void => {
      for (const result of tensors) result.dispose();
      for (const result of results) result.delete();
    };
    try {
      for (const name of names) {
        const index = outputs.findIndex((output) => output.name === name);
        const [result, output] = [results[index], outputs[index]];
        if (!result || !output) throw new SightlineError('model-incompatible', `no "${name}"`);
        tensors.push(buffers.output(result, output.shape));
      }
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
    this.#buffers?.dispose();
    this.#buffers = undefined;
    for (const object of this.#owned.splice(0).reverse()) object.delete();
    for (const constant of this.#constants.values()) constant.dispose();
    this.#wasm.PThread?.terminateAllThreads();
  }

  async #programFor(names: readonly string[]): Promise<Program> {
    const detect = this.#detect;
    const isEnough = (name: string): boolean =>
      detect?.outputs.some((output) => output.name === name) ?? false;
    if (detect && names.every(isEnough)) return detect;
    this.#teach ??= this.#artifacts
      .teach()
      .then((file) => this.#compile(file))
      .catch((thrown: unknown) => {
        this.#teach = undefined;
        throw thrown;
      });
    return this.#teach;
  }

  async #compile(file: Uint8Array): Promise<Program> {
    const wasm = this.#wasm;
    const pointer = wasm._malloc(file.byteLength);
    this.#own({
      delete: () => {
        wasm._free(pointer);
      },
    });
    wasm.HEAPU8.set(file, pointer);
    const model = this.#own(wasm.loadModel(this.#environment, pointer, file.byteLength));
    const options = compileOptions(this.#target);
    const compiled = this.#own(await wasm.compileModel(this.#environment, model, options));
    if (this.#target.accelerator === 'webgpu' && !compiled.isFullyAccelerated()) {
      throw new SightlineError('backend-failed', 'LiteRT: the GPU cannot run all of the network');
    }
    return { model, compiled, outputs: outputsOf(model) };
  }

  /** To be deleted with the network, in reverse order. */
  #own<Owned extends { delete(): void }>(object: Owned): Owned {
    this.#owned.push(object);
    return object;
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
