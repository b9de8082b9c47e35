import '@tensorflow/tfjs-backend-wasm/dist/flags_wasm.js';
import { env, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import {
  BackendWasm,
  getThreadsCount,
  setThreadsCount,
} from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js';
import { SightlineError } from '../../domain/errors.js';
import { NEVER, type BackendEnvironment, type OpenBackend } from './backend.js';
import { instantiateWasm, type WasmFlavour } from './wasm-module.js';
import './kernels-wasm.js';

/** XNNPACK gains little beyond this many threads and phones grow hot. */
const MAX_THREADS = 4;

/** Opens WebAssembly: SIMD where there is, threads where the page is cross-origin isolated. */
export async function openWasm(environment: BackendEnvironment): Promise<OpenBackend> {
  if (typeof WebAssembly === 'undefined') {
    throw new SightlineError('backend-unavailable', 'WebAssembly is missing');
  }
  const flavour = await bestFlavour();
  const wasm = await instantiateWasm(environment.wasmUrl, flavour);
  setThreadsCount(Math.max(1, Math.min(MAX_THREADS, navigator.hardwareConcurrency)));
  const backend = new BackendWasm(wasm);
  registerBackend('wasm', () => backend);
  if (!(await setBackend('wasm'))) {
    removeBackend('wasm');
    throw new SightlineError('backend-unavailable', 'WASM: the backend did not start');
  }
  return {
    name: 'wasm',
    holder: 'wasm',
    adapter: describe(flavour, flavour === 'threaded-simd' ? getThreadsCount() : 1),
    software: false,
    lost: NEVER,
    gpuBytes: () => undefined,
    dispose: () => {
      removeBackend('wasm');
      wasm.PThread?.terminateAllThreads();
    },
  };
}

async function bestFlavour(): Promise<WasmFlavour> {
  const simd = (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) as boolean;
  // The flag itself throws where SharedArrayBuffer is missing in Safari's workers.
  const threads =
    crossOriginIsolated && ((await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) as boolean);
  if (!simd) return 'plain';
  // The binary sizes its pool as half of the cores: below four that is one thread, and atomics for nothing.
  return threads && navigator.hardwareConcurrency >= 4 ? 'threaded-simd' : 'simd';
}

function describe(flavour: WasmFlavour, threads: number): string {
  if (flavour === 'plain') return 'no SIMD, 1 thread';
  return threads === 1 ? 'SIMD, 1 thread' : `SIMD, ${String(threads)} threads`;
}
