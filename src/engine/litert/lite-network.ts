import { tensor, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { TaughtWeights } from '../../domain/detector-head/fold-columns.js';
import type { AnchorLayout } from '../../domain/detector-head/layout.js';
import { SightlineError } from '../../domain/errors.js';
import { TAUGHT, TAUGHT_REGIONS } from '../../domain/model-manifest.js';
import type { Network, NetworkOutputs } from '../models/network.js';
import type { LiteArtifacts, LiteColumns } from './lite-artifacts.js';
import type { LiteBuffers } from './lite-buffers.js';
import { LiteProgram } from './lite-program.js';
import type { LiteTarget, LiteTensorType } from './lite-target.js';
import type { LiteEnvironment, LiteRtModule } from './litert-module.js';

/** A TensorFlow Lite model in LiteRT, as a network whose tensors are TensorFlow.js's. */
export class LiteNetwork implements Network {
  readonly #wasm: LiteRtModule;
  readonly #target: LiteTarget;
  readonly #environment: LiteEnvironment;
  readonly #artifacts: LiteArtifacts;
  readonly #constants: ReadonlyMap<string, Tensor>;
  #inputType: LiteTensorType | undefined;
  #buffers: LiteBuffers | undefined;
  #detect: LiteProgram | undefined;
  /** Compiled when a feature map is first asked for. */
  #teach: LiteProgram | undefined;
  #columns: LiteColumns | undefined;
  /** Compiled with the columns when they are first asked for, and with feature maps besides. */
  #find: LiteProgram | undefined;
  #findFeatured: LiteProgram | undefined;

  private constructor(wasm: LiteRtModule, artifacts: LiteArtifacts, target: LiteTarget) {
    this.#wasm = wasm;
    this.#target = target;
    this.#artifacts = artifacts;
    this.#environment = wasm.LiteRtEnvironment.create(target.device);
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
      network.#inputType = network.#detect.model.getInputTensorType(0, 0);
      network.#buffers = target.buffers(wasm, network.#environment, network.#inputType);
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
    const tensors = new Map<string, Tensor>();
    return {
      tensor: (name) => {
        const known = tensors.get(name);
        if (known) return known;
        const index = outputs.findIndex((output) => output.name === name);
        const [result, output] = [results[index], outputs[index]];
        if (!result || !output) throw new SightlineError('model-incompatible', `no "${name}"`);
        const made = buffers.output(result, output.shape);
        tensors.set(name, made);
        return made;
      },
      dispose: () => {
        for (const made of tensors.values()) made.dispose();
        for (const result of results) result.delete();
      },
    };
  }

  constant(name: string): Tensor {
    const constant = this.#constants.get(name);
    if (!constant) throw new SightlineError('model-incompatible', `no constant "${name}"`);
    return constant;
  }

  teach(layout: AnchorLayout, classes: readonly TaughtWeights[]): Promise<number> {
    const slots = this.#artifacts.slotsFor(classes.length);
    this.#forgetColumns();
    this.#columns = { layout, classes, slots };
    return Promise.resolve(slots);
  }

  dispose(): void {
    this.#buffers?.dispose();
    this.#buffers = undefined;
    this.#inputType?.delete();
    this.#forgetColumns();
    this.#teach?.dispose();
    this.#detect?.dispose();
    this.#inputType = this.#teach = this.#detect = undefined;
    this.#environment.delete();
    for (const constant of this.#constants.values()) constant.dispose();
    this.#wasm.PThread?.terminateAllThreads();
  }

  async #programFor(names: readonly string[]): Promise<LiteProgram> {
    const ready = [this.#detect, this.#find, this.#findFeatured, this.#teach];
    const program = ready.find((each) => each?.has(names));
    if (program) return program;
    if (!this.#columns || !names.includes(TAUGHT)) {
      return (this.#teach ??= await this.#compile(await this.#artifacts.teach()));
    }
    const { find } = this.#artifacts;
    const taught = [TAUGHT, TAUGHT_REGIONS];
    const isPlain = names.every((name) => taught.includes(name) || this.#detect?.has([name]));
    if (isPlain) return (this.#find ??= await this.#compile(await find(this.#columns, false)));
    return (this.#findFeatured ??= await this.#compile(await find(this.#columns, true)));
  }

  #forgetColumns(): void {
    this.#find?.dispose();
    this.#findFeatured?.dispose();
    this.#find = this.#findFeatured = this.#columns = undefined;
  }

  #compile(file: Uint8Array): Promise<LiteProgram> {
    return LiteProgram.compile(this.#wasm, this.#environment, this.#target, file);
  }
}
