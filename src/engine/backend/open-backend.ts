import type { BackendName } from '../../domain/backend.js';
import { SightlineError } from '../../domain/errors.js';
import type { BackendEnvironment, BackendOpener, OpenBackend } from './backend.js';

/** Each backend is a chunk of its own: only the one that is used is downloaded. */
const OPENERS: Record<BackendName, () => Promise<BackendOpener>> = {
  webgpu: async () => (await import('./webgpu-backend.js')).openWebgpu,
  webgl: async () => (await import('./webgl-backend.js')).openWebgl,
  wasm: async () => (await import('./wasm-backend.js')).openWasm,
  cpu: async () => (await import('./cpu-backend.js')).openCpu,
};

/** The whole kernel sets, for models with operations beyond the usual ones. */
const ALL_KERNELS: Record<BackendName, () => Promise<unknown>> = {
  webgpu: () => import('./all-kernels-webgpu.js'),
  webgl: () => import('./all-kernels-webgl.js'),
  wasm: () => import('./all-kernels-wasm.js'),
  cpu: () => import('./all-kernels-cpu.js'),
};

/**
 * Opens a backend and makes it the current one.
 *
 * @param allKernels Whether the model needs operations beyond those that
 *   compiled detectors use.
 * @throws SightlineError `backend-unavailable` with the reason.
 */
export async function openBackend(
  name: BackendName,
  environment: BackendEnvironment,
  allKernels: boolean,
): Promise<OpenBackend> {
  try {
    // Kernels first: tfjs sets them up at the moment a backend becomes current.
    if (allKernels) await ALL_KERNELS[name]();
    const open = await OPENERS[name]();
    return await open(environment);
  } catch (thrown) {
    if (thrown instanceof SightlineError) throw thrown;
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SightlineError('backend-unavailable', `${name}: ${detail}`, { cause: thrown });
  }
}
