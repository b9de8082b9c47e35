import '@tensorflow/tfjs-backend-webgl/dist/flags_webgl.js';
import { env, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl.js';
import { isSoftwareRenderer } from '../../domain/backend.js';
import { SightlineError } from '../../domain/errors.js';
import type { BackendEnvironment, OpenBackend } from './backend.js';
import './kernels-webgl.js';

/** An open WebGL backend, with what custom shaders need. */
export interface OpenWebglBackend extends OpenBackend {
  readonly name: 'webgl';
  readonly backend: MathBackendWebGL;
}

/** Renderer name of a WebGL 2 context, or undefined where there is none. */
export function rendererName(gl: WebGL2RenderingContext | null): string | undefined {
  if (!gl) return undefined;
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  const parameter = extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER;
  return String(gl.getParameter(parameter));
}

/**
 * Opens WebGL 2 on a canvas of our own, so that its loss is ours to notice.
 * WebGL 1 is not offered: its 16-bit render targets spoil the boxes.
 */
export async function openWebgl(environment: BackendEnvironment): Promise<OpenWebglBackend> {
  const canvas = new OffscreenCanvas(1, 1);
  // tfjs asks for its contexts with this attribute, and a canvas keeps its first ones.
  env().set('SOFTWARE_WEBGL_ENABLED', environment.allowSoftware);
  let closing = false;
  const lost = new Promise<string>((resolve) => {
    canvas.addEventListener('webglcontextlost', () => {
      if (!closing) resolve('WebGL context lost');
    });
  });
  const probe = new OffscreenCanvas(1, 1).getContext('webgl2');
  const adapter = rendererName(probe);
  probe?.getExtension('WEBGL_lose_context')?.loseContext();
  if (adapter === undefined) throw new SightlineError('backend-unavailable', 'WebGL 2 is missing');
  const software = isSoftwareRenderer(adapter);
  if (software && !environment.allowSoftware) {
    throw new SightlineError('backend-unavailable', `WebGL: only a software renderer (${adapter})`);
  }
  const backend = new MathBackendWebGL(canvas);
  registerBackend('webgl', () => backend);
  if (!(await setBackend('webgl'))) {
    removeBackend('webgl');
    throw new SightlineError('backend-unavailable', 'WebGL: the backend did not start');
  }
  return {
    name: 'webgl',
    holder: 'webgl',
    adapter,
    software,
    backend,
    lost,
    gpuBytes: () => (backend.memory() as { numBytesInGPU: number }).numBytesInGPU,
    dispose: () => {
      closing = true;
      removeBackend('webgl');
      backend.gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}
