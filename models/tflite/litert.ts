import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';
import type { LiteRt } from '@litertjs/core';
import { ModelCompileError } from '../errors.js';
import { bytesOf } from './model.js';

/** LiteRT's own interface, which its package describes but exports under no name. */
type Wasm = LiteRt['liteRtWasm'];
type Compiled = Awaited<ReturnType<Wasm['compileModel']>>;
type TensorBuffer = ReturnType<Wasm['LiteRtTensorBuffer']['createManaged']>;
type WasmFactory = (options: {
  readonly wasmBinary: Uint8Array;
  readonly print: () => void;
  readonly printErr: () => void;
}) => Promise<Wasm>;

/** The build without relaxed SIMD, which Node 20 does not have. */
const LOADER = '@litertjs/core/wasm/litert_wasm_compat_internal.js';

const COMPILE_OPTIONS = {
  accelerator: 'wasm',
  cpuOptions: { numThreads: 1 },
  gpuOptions: {},
  webNNOptions: {},
} as const;

let started: Promise<Wasm> | undefined;

/**
 * LiteRT.js in this process: the very runtime that the app uses in the browser,
 * with XNNPACK, on one thread. Its public loader wants a page or a worker, so
 * the module that it would load is started directly.
 */
export function startLiteRt(): Promise<Wasm> {
  started ??= instantiate();
  return started;
}

async function instantiate(): Promise<Wasm> {
  const require = createRequire(import.meta.url);
  const path = require.resolve(LOADER);
  // The package calls itself an ES module, yet this file is CommonJS; `require` would misread it.
  const module: { exports: unknown } = { exports: {} };
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  const run = compileFunction(await readFile(path, 'utf8'), names, { filename: path }) as (
    ...values: readonly unknown[]
  ) => void;
  run(module.exports, require, module, path, dirname(path));
  return (module.exports as WasmFactory)({
    wasmBinary: await readFile(path.replace(/js$/, 'wasm')),
    // It tells at length which accelerators it did not find.
    print: () => undefined,
    printErr: () => undefined,
  });
}

/** A `.tflite` file loaded into LiteRT. The caller must `dispose` it. */
export class LiteNetwork {
  readonly #wasm: Wasm;
  readonly #compiled: Compiled;
  readonly #input: TensorBuffer;
  readonly #outputs: readonly string[];
  readonly #release: () => void;

  private constructor(
    wasm: Wasm,
    compiled: Compiled,
    input: TensorBuffer,
    outputs: readonly string[],
    release: () => void,
  ) {
    this.#wasm = wasm;
    this.#compiled = compiled;
    this.#input = input;
    this.#outputs = outputs;
    this.#release = release;
  }

  /**
   * @param file A model with one float32 input, and float32 outputs.
   * @throws ModelCompileError when LiteRT cannot read the file or does not know an operator.
   */
  static async load(file: Uint8Array): Promise<LiteNetwork> {
    const wasm = await startLiteRt();
    const pointer = wasm._malloc(file.length);
    wasm.HEAPU8.set(file, pointer);
    try {
      const environment = wasm.LiteRtEnvironment.create(null);
      const model = wasm.loadModel(environment, pointer, file.length);
      const compiled = await wasm.compileModel(environment, model, COMPILE_OPTIONS);
      const type = model.getInputTensorType(0, 0);
      const { HOST_MEMORY } = wasm.LiteRtTensorBufferType;
      const input = wasm.LiteRtTensorBuffer.createManaged(
        environment,
        HOST_MEMORY,
        type,
        type.bytes(),
      );
      type.delete();
      const release = (): void => {
        for (const object of [input, compiled, model, environment]) object.delete();
        wasm._free(pointer);
      };
      return new LiteNetwork(wasm, compiled, input, outputNames(model), release);
    } catch (cause) {
      throw new ModelCompileError(`LiteRT cannot load the model: ${String(cause)}`, { cause });
    }
  }

  /**
   * Runs the network on an image.
   *
   * @param image As many values as its input has.
   * @returns Copies of all outputs by name.
   */
  async run(image: Float32Array): Promise<ReadonlyMap<string, Float32Array>> {
    const { READ, WRITE } = this.#wasm.LiteRtTensorBufferLockMode;
    const expected = this.#input.packedSize() / image.BYTES_PER_ELEMENT;
    if (image.length !== expected) {
      throw new RangeError(`the input has ${expected} values, not ${image.length}`);
    }
    this.#wasm.HEAPU8.set(bytesOf(image), this.#input.lock(WRITE));
    this.#input.unlock();
    const buffers = await this.#compiled.run(0, [this.#input]);
    const results = new Map<string, Float32Array>();
    for (const [index, buffer] of buffers.entries()) {
      const start = buffer.lock(READ);
      const bytes = this.#wasm.HEAPU8.slice(start, start + buffer.packedSize());
      buffer.unlock();
      buffer.delete();
      results.set(this.#outputs[index] ?? '', new Float32Array(bytes.buffer));
    }
    return results;
  }

  dispose(): void {
    this.#release();
  }
}

function outputNames(model: ReturnType<Wasm['loadModel']>): readonly string[] {
  const signature = model.getSignature(0);
  const names = signature.outputNames();
  const list = Array.from({ length: names.size() }, (_, index) => String(names.get(index)));
  names.delete();
  signature.delete();
  return list;
}
