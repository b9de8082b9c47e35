import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js';
import wasmFactory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import wasmFactoryThreadedSimd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import { SightlineError } from '../../domain/errors.js';

export type WasmFlavour = 'plain' | 'simd' | 'threaded-simd';

type WasmModule = ConstructorParameters<typeof BackendWasm>[0];

/** What Emscripten adds beside the functions of tfjs. */
interface EmscriptenModule {
  cwrap(name: string, returns: string | null, parameters: readonly string[]): unknown;
  readonly PThread?: { terminateAllThreads(): void };
}

type Factory = (config: {
  locateFile(path: string): string;
  mainScriptUrlOrBlob?: string;
  onAbort(what: unknown): void;
}) => Promise<EmscriptenModule>;

const BINARIES: Record<WasmFlavour, string> = {
  plain: 'tfjs-backend-wasm.wasm',
  simd: 'tfjs-backend-wasm-simd.wasm',
  'threaded-simd': 'tfjs-backend-wasm-threaded-simd.wasm',
};

/** The threads load these by address; tfjs's own `init()` builds them as blobs, which our CSP forbids. */
const THREAD_SCRIPT = 'tfjs-backend-wasm-threaded-simd.js';
const THREAD_WORKER = 'tfjs-backend-wasm-threaded-simd.worker.js';

/**
 * Instantiates one of the WASM binaries from same-origin files and adds the
 * bridge that `BackendWasm` expects; the counterpart of `init()` in
 * tfjs-backend-wasm 4.22 `backend_wasm.ts`.
 *
 * @param wasmUrl Folder of the files, absolute, with a trailing slash.
 * @throws SightlineError `backend-unavailable` when the binary is missing, blocked or invalid.
 */
export async function instantiateWasm(
  wasmUrl: string,
  flavour: WasmFlavour,
): Promise<WasmModule & Pick<EmscriptenModule, 'PThread'>> {
  const factory = (flavour === 'threaded-simd'
    ? wasmFactoryThreadedSimd
    : wasmFactory) as unknown as Factory;
  const emscripten = await new Promise<EmscriptenModule>((resolve, reject) => {
    const fail = (what: unknown): void => {
      reject(new SightlineError('backend-unavailable', `WASM: ${String(what)}`));
    };
    factory({
      locateFile: (path) =>
        wasmUrl + (path.endsWith('.worker.js') ? THREAD_WORKER : BINARIES[flavour]),
      ...(flavour === 'threaded-simd' ? { mainScriptUrlOrBlob: wasmUrl + THREAD_SCRIPT } : {}),
      // A missing binary never rejects the factory's promise; it aborts.
      onAbort: fail,
    }).then(resolve, fail);
  });
  const tfjs = {
    init: emscripten.cwrap('init', null, []),
    initWithThreadsCount: emscripten.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: emscripten.cwrap('get_threads_count', 'number', []),
    registerTensor: emscripten.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: emscripten.cwrap('dispose_data', null, ['number']),
    dispose: emscripten.cwrap('dispose', null, []),
  };
  return Object.assign(emscripten, { tfjs }) as unknown as WasmModule &
    Pick<EmscriptenModule, 'PThread'>;
}
