import { registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu.js';
import { SightlineError } from '../../domain/errors.js';
import { NEVER, type OpenBackend } from './backend.js';
import './kernels-cpu.js';

/** Opens the plain JavaScript backend: slow, and there wherever JavaScript is. */
export async function openCpu(): Promise<OpenBackend> {
  registerBackend('cpu', () => new MathBackendCPU());
  if (!(await setBackend('cpu'))) {
    throw new SightlineError('backend-unavailable', 'CPU: the backend did not start');
  }
  return {
    name: 'cpu',
    adapter: 'JavaScript',
    software: false,
    lost: NEVER,
    gpuBytes: () => undefined,
    dispose: () => {
      removeBackend('cpu');
    },
  };
}
