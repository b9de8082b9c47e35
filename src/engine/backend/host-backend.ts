import { registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu.js';
import type { BackendName } from '../../domain/backend.js';
import { SightlineError } from '../../domain/errors.js';
import { NEVER, type OpenBackend } from './backend.js';

/**
 * Opens TensorFlow.js's CPU backend as a mere keeper of tensors, without any
 * kernels: what computes is somebody else's affair.
 *
 * @param name The backend that stands in front of it.
 * @param adapter For people to read.
 */
export async function openHost(name: BackendName, adapter: string): Promise<OpenBackend> {
  registerBackend('cpu', () => new MathBackendCPU());
  if (!(await setBackend('cpu'))) {
    throw new SightlineError('backend-unavailable', 'CPU: the backend did not start');
  }
  return {
    name,
    holder: 'cpu',
    adapter,
    software: false,
    lost: NEVER,
    gpuBytes: () => undefined,
    dispose: () => {
      removeBackend('cpu');
    },
  };
}
