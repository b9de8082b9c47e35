import { SightlineError } from '../../domain/errors.js';
import type { LiteTarget } from './lite-target.js';
import type { CompiledLiteModel, LiteEnvironment, LiteRtModule } from './litert-module.js';

type LiteModel = ReturnType<LiteRtModule['loadModel']>;

export interface LiteOutput {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One `.tflite` file, compiled. */
export class LiteProgram {
  readonly compiled: CompiledLiteModel;
  readonly model: LiteModel;
  readonly outputs: readonly LiteOutput[];
  readonly #owned: readonly { delete(): void }[];

  private constructor(
    compiled: CompiledLiteModel,
    model: LiteModel,
    owned: readonly { delete(): void }[],
  ) {
    this.compiled = compiled;
    this.model = model;
    this.outputs = outputsOf(model);
    this.#owned = owned;
  }

  /**
   * Compiles a file.
   *
   * @throws SightlineError `backend-failed`, or what LiteRT throws, when it cannot run all of it.
   */
  static async compile(
    wasm: LiteRtModule,
    environment: LiteEnvironment,
    target: LiteTarget,
    file: Uint8Array,
  ): Promise<LiteProgram> {
    const owned: { delete(): void }[] = [];
    try {
      const pointer = wasm._malloc(file.byteLength);
      owned.unshift({
        delete: () => {
          wasm._free(pointer);
        },
      });
      wasm.HEAPU8.set(file, pointer);
      const model = wasm.loadModel(environment, pointer, file.byteLength);
      owned.unshift(model);
      const compiled = await wasm.compileModel(environment, model, compileOptions(target));
      owned.unshift(compiled);
      if (target.accelerator === 'webgpu' && !compiled.isFullyAccelerated()) {
        throw new SightlineError('backend-failed', 'LiteRT: the GPU cannot run all of the network');
      }
      return new LiteProgram(compiled, model, owned);
    } catch (thrown) {
      for (const object of owned) object.delete();
      throw thrown;
    }
  }

  has(names: readonly string[]): boolean {
    return names.every((name) => this.outputs.some((output) => output.name === name));
  }

  dispose(): void {
    for (const object of this.#owned) object.delete();
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
