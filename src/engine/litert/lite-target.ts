import type { LiteBuffers } from './lite-buffers.js';
import type { LiteEnvironment, LiteRtModule } from './litert-module.js';

export type LiteTensorType = Parameters<LiteRtModule['LiteRtTensorBuffer']['createManaged']>[2];

/** Where LiteRT runs, and what moves tensors in and out of it there. */
export interface LiteTarget {
  readonly accelerator: 'wasm' | 'webgpu';
  /** Of the CPU. */
  readonly threads: number;
  /** The device that tensors are shared on; null on the CPU. */
  readonly device: GPUDevice | null;
  buffers(wasm: LiteRtModule, environment: LiteEnvironment, type: LiteTensorType): LiteBuffers;
}
