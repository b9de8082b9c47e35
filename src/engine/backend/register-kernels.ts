import { getKernel, registerKernel, type KernelConfig } from '@tensorflow/tfjs-core';

/** Registers kernels that are not there yet: the whole set may have come first. */
export function registerMissingKernels(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels) {
    // tfjs types this as always found; it is a map lookup.
    const known = getKernel(kernel.kernelName, kernel.backendName) as KernelConfig | undefined;
    if (!known) registerKernel(kernel);
  }
}
