import type { SsdHead } from '../../domain/model-manifest.js';
import type { OpenBackend } from '../backend/backend.js';
import type { OpenWebglBackend } from '../backend/webgl-backend.js';
import type { OpenWebgpuBackend } from '../backend/webgpu-backend.js';
import type { DetectorHead } from './detector-head.js';
import type { Network } from './network.js';

/**
 * SSD output (class logits and scaled box encodings per anchor) to
 * candidates, by the cheapest way that a backend offers: shaders where the
 * tensors are textures or buffers of a GPU, plain loops where they are in
 * memory anyway.
 */
export async function createSsdHead(
  head: SsdHead,
  network: Network,
  backend: OpenBackend,
): Promise<DetectorHead> {
  const anchors = network.constant(head.anchors);
  switch (backend.name) {
    case 'webgpu': {
      const { createSsdHeadWebgpu } = await import('./ssd-head-webgpu.js');
      return createSsdHeadWebgpu(head, anchors, (backend as OpenWebgpuBackend).backend);
    }
    case 'webgl': {
      const { createSsdHeadWebgl } = await import('./ssd-head-webgl.js');
      return createSsdHeadWebgl(head, anchors, (backend as OpenWebglBackend).backend);
    }
    case 'wasm':
    case 'cpu': {
      const { createSsdHeadHost } = await import('./ssd-head-host.js');
      return createSsdHeadHost(head, anchors);
    }
  }
}
