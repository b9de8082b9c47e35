import { tensor, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import { SightlineError } from '../../domain/errors.js';
import type { LiteEnvironment, LiteRtModule, LiteTensorBuffer } from './litert-module.js';

/** How tensors get into LiteRT and out of it again. */
export interface LiteBuffers {
  /** The network's input, filled from a tensor; stays this object's. */
  input(tensor: Tensor4D): Promise<LiteTensorBuffer>;
  /** What a run gave, as a tensor that is valid until the buffer is deleted. */
  output(buffer: LiteTensorBuffer, shape: readonly number[]): Tensor;
  dispose(): void;
}

type LiteTensorType = Parameters<LiteRtModule['LiteRtTensorBuffer']['createManaged']>[2];

/** Tensors in ordinary memory: copied into LiteRT's heap and out of it. */
export function createHostBuffers(
  wasm: LiteRtModule,
  environment: LiteEnvironment,
  type: LiteTensorType,
): LiteBuffers {
  const { READ, WRITE } = wasm.LiteRtTensorBufferLockMode;
  const { HOST_MEMORY } = wasm.LiteRtTensorBufferType;
  const input = wasm.LiteRtTensorBuffer.createManaged(environment, HOST_MEMORY, type, type.bytes());
  return {
    input: async (values) => {
      const data = await values.data<'float32'>();
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      // Asked for anew each time: the heap is another array once it has grown.
      const start = input.lock(WRITE);
      wasm.HEAPU8.set(bytes, start);
      input.unlock();
      return input;
    },
    output: (buffer, shape) => {
      const start = buffer.lock(READ);
      const bytes = wasm.HEAPU8.slice(start, start + buffer.packedSize());
      buffer.unlock();
      return tensor(new Float32Array(bytes.buffer), [...shape], 'float32');
    },
    dispose: () => {
      input.delete();
    },
  };
}

/**
 * Tensors on the GPU, shared between TensorFlow.js and LiteRT on one device
 * without a copy.
 */
export function createGpuBuffers(
  wasm: LiteRtModule,
  environment: LiteEnvironment,
  type: LiteTensorType,
  backend: WebGPUBackend,
): LiteBuffers {
  const { WEB_GPU_BUFFER_PACKED } = wasm.LiteRtTensorBufferType;
  let imported:
    | { readonly source: GPUBuffer; readonly pointer: number; readonly input: LiteTensorBuffer }
    | undefined;
  const release = (): void => {
    imported?.input.delete();
    if (imported) wasm.wgpuBufferRelease(imported.pointer);
    imported = undefined;
  };
  return {
    input: (values) => {
      const source = gpuBufferOf(backend, values);
      // The preprocessor writes every frame into the same buffer.
      if (imported?.source !== source) {
        release();
        const pointer = wasm.WebGPU.importJsBuffer(source);
        const input = wasm.LiteRtTensorBuffer.createFromWebGpuBuffer(
          environment,
          type,
          WEB_GPU_BUFFER_PACKED,
          pointer,
          source.size,
        );
        imported = { source, pointer, input };
      }
      return Promise.resolve(imported.input);
    },
    output: (buffer, shape) => {
      if (!buffer.isWebGpuMemory()) {
        throw new SightlineError('backend-failed', 'LiteRT: an output is not on the GPU');
      }
      const source = wasm.WebGPU.getJsObject(buffer.getWebGpuBuffer());
      return tensor({ buffer: source, zeroCopy: true }, [...shape], 'float32');
    },
    dispose: release,
  };
}

/** The buffer that a tensor of the WebGPU backend lies in. */
function gpuBufferOf(backend: WebGPUBackend, { dataId }: Tensor): GPUBuffer {
  const { resource } = backend.tensorMap.get(dataId);
  if (resource instanceof GPUBuffer) return resource;
  throw new SightlineError('backend-failed', 'LiteRT: the input is not on the GPU');
}
