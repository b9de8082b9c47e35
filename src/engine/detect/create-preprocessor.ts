import type { ModelInput } from '../../domain/model-manifest.js';
import type { OpenBackend } from '../backend/backend.js';
import type { OpenWebgpuBackend } from '../backend/webgpu-backend.js';
import type { Preprocessor } from './preprocessor.js';

/** The cheapest preprocessor that a backend offers. */
export async function createPreprocessor(
  input: ModelInput,
  backend: OpenBackend,
): Promise<Preprocessor> {
  switch (backend.name) {
    case 'webgpu': {
      const { createWebgpuPreprocessor } = await import('./preprocess-webgpu.js');
      return createWebgpuPreprocessor(input, (backend as OpenWebgpuBackend).device);
    }
    case 'webgl': {
      const { createWebglPreprocessor } = await import('./preprocess-webgl.js');
      return createWebglPreprocessor(input);
    }
    case 'wasm':
    case 'cpu': {
      const { createHostPreprocessor } = await import('./preprocess-host.js');
      return createHostPreprocessor(input);
    }
  }
}
