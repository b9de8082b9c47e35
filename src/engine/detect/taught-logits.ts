import {
  add,
  concat,
  gather,
  maximum,
  scalar,
  slice,
  tensor,
  tensor1d,
  tidy,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { BackendName } from '../../domain/backend.js';
import { LEAST_BASE_LOGIT } from '../../domain/detector-head/column.js';
import type { OpenBackend } from '../backend/backend.js';

/** What taught classes take from the network's own logits, `[1, anchors, classes]`. */
export interface TaughtLogits {
  /**
   * The logits of taught classes: what a class says that each begins as, and what was learnt.
   *
   * @param added `[1, anchors, slots]`
   * @param bases Column of `logits` for each of the first slots; the others are of no use.
   * @returns Of the shape of `added`; the caller's to dispose.
   */
  sum(logits: Tensor, added: Tensor, bases: readonly number[]): Promise<Tensor>;
  /** All logits at some anchors, one row after the other. */
  rows(logits: Tensor, anchors: readonly number[]): Promise<Float32Array>;
}

/** Kernels that this takes on a GPU, fetched when there is a taught class. */
const KERNELS: Partial<Record<BackendName, () => Promise<unknown>>> = {
  webgpu: () => import('./taught-kernels-webgpu.js'),
  webgl: () => import('./taught-kernels-webgl.js'),
};

/** On a GPU everything stays there; elsewhere the tensors lie in memory anyway. */
export async function loadTaughtLogits(backend: OpenBackend): Promise<TaughtLogits> {
  const load = KERNELS[backend.name];
  await load?.();
  return load ? ON_DEVICE : IN_MEMORY;
}

const ON_DEVICE: TaughtLogits = {
  sum: (logits, added, bases) => {
    const [, anchors = 0, slots = 0] = added.shape;
    const sum = tidy(() => {
      const own = Array.from({ length: slots }, (_, slot) =>
        slice(logits, [0, 0, bases[slot] ?? 0], [1, anchors, 1]),
      );
      return add(maximum(concat(own, 2), scalar(LEAST_BASE_LOGIT)), added);
    });
    return Promise.resolve(sum);
  },
  rows: async (logits, anchors) => {
    const indices = tensor1d([...anchors], 'int32');
    const rows = gather(logits, indices, 1);
    try {
      return await rows.data<'float32'>();
    } finally {
      indices.dispose();
      rows.dispose();
    }
  },
};

const IN_MEMORY: TaughtLogits = {
  sum: async (logits, added, bases) => {
    const [own, learnt] = await Promise.all([logits.data<'float32'>(), added.data<'float32'>()]);
    const [, anchors = 0, slots = 0] = added.shape;
    const classCount = logits.shape[2] ?? 0;
    const sums = new Float32Array(anchors * slots);
    bases.forEach((base, slot) => {
      for (let anchor = 0; anchor < anchors; anchor++) {
        const at = anchor * slots + slot;
        const said = own[anchor * classCount + base] ?? 0;
        sums[at] = Math.max(said, LEAST_BASE_LOGIT) + (learnt[at] ?? 0);
      }
    });
    return tensor(sums, [1, anchors, slots], 'float32');
  },
  rows: async (logits, anchors) => {
    const values = await logits.data<'float32'>();
    const classCount = logits.shape[2] ?? 0;
    const rows = new Float32Array(anchors.length * classCount);
    anchors.forEach((anchor, index) => {
      const start = anchor * classCount;
      rows.set(values.subarray(start, start + classCount), index * classCount);
    });
    return rows;
  },
};
