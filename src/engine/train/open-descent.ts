import type { Descent, DescentInput } from './descent.js';
import { hasSimd } from './simd/kernels.js';

/** What computes the steps: our own loops on the processor, or TensorFlow.js on its backend. */
export type StepKind = 'simd' | 'tensors';

/**
 * Multiplications from which on a step is a GPU's work. Below it, launching some
 * twenty kernels takes longer than the numbers themselves take the processor,
 * which besides leaves the GPU to the detector. Every head that a person teaches
 * from a few hundred examples is far below.
 */
const GPU_WORK = 5e8;

/**
 * Which of the two takes fewer seconds. It follows from the request and the
 * browser alone, so that the same request gives the same weights.
 */
export function stepKindFor(
  backend: 'webgpu' | 'wasm' | 'cpu',
  { network, rows }: { readonly network: DescentInput['network']; readonly rows: number },
): StepKind {
  if (!hasSimd()) return 'tensors';
  const weights = network.layers.reduce((sum, { inputs, units }) => sum + inputs * units, 0);
  // Forward, and back to the weights.
  return backend === 'webgpu' && 2 * rows * weights > GPU_WORK ? 'tensors' : 'simd';
}

/** Begins a descent; for `tensors` the backend has to be open. */
export async function openDescent(kind: StepKind, input: DescentInput): Promise<Descent> {
  if (kind === 'simd') {
    const { SimdDescent } = await import('./simd/simd-descent.js');
    return SimdDescent.open(input);
  }
  const { TensorDescent } = await import('./tensor-descent.js');
  return new TensorDescent(input);
}
