import { matMul, reshape, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { SightlineError } from '../../domain/errors.js';
import type { BBox, Size } from '../../domain/geometry.js';
import { TAUGHT_REGIONS, type ModelEntry } from '../../domain/model-manifest.js';
import { middleOf, poolingWeights, regionAverage } from '../../domain/region-features.js';
import type { BackendName } from '../../domain/backend.js';
import type { OpenBackend } from '../backend/backend.js';

/** Averages a feature map `[1, rows, columns, channels]` under boxes: `boxes * channels` numbers. */
type Pool = (map: Tensor, boxes: readonly BBox[], picture: Size) => Promise<Float32Array>;

/** Kernels that pooling on a GPU takes, fetched when somebody begins to teach. */
const KERNELS: Partial<Record<BackendName, () => Promise<unknown>>> = {
  webgpu: () => import('./feature-kernels-webgpu.js'),
  webgl: () => import('./feature-kernels-webgl.js'),
};

/**
 * What the detector's own network knows of the things in boxes: its feature
 * maps, averaged under each box, or under its middle where the model says so. No
 * second network, and no second pass.
 *
 * On a GPU the pooling is one matrix product of the boxes' shares in the cells
 * with the cells, so that only the averages are read back; elsewhere the map
 * lies in memory anyway.
 */
export class FeatureReader {
  /** Network outputs that `read` takes, in order. */
  readonly outputs: readonly string[];
  readonly #pool: Pool;
  /** Part of a box's sides that each map is averaged under. */
  readonly #parts: readonly number[];

  private constructor(outputs: readonly string[], parts: readonly number[], pool: Pool) {
    this.outputs = outputs;
    this.#parts = parts;
    this.#pool = pool;
  }

  /**
   * @param maps Names of feature maps, whose averages are put one after the other; or
   *   `TAUGHT_REGIONS`.
   * @throws SightlineError `model-incompatible` when the model has no such map.
   */
  static async create(
    { id, features, regions = {} }: ModelEntry,
    maps: readonly string[],
    backend: OpenBackend,
  ): Promise<FeatureReader> {
    const unknown = maps.find((map) => map !== TAUGHT_REGIONS && !features.includes(map));
    if (unknown !== undefined || maps.length === 0) {
      throw new SightlineError('model-incompatible', `${id} has no map "${unknown ?? ''}"`);
    }
    const load = KERNELS[backend.name];
    await load?.();
    const parts = maps.map((map) => regions[map] ?? 1);
    return new FeatureReader(maps, parts, load ? poolOnDevice : poolInMemory);
  }

  /**
   * @param tensors The outputs, which stay the caller's.
   * @param boxes In pixels of the picture that the network saw.
   * @returns One row of numbers per box.
   */
  async read(
    tensors: readonly Tensor[],
    boxes: readonly BBox[],
    picture: Size,
  ): Promise<Float32Array[]> {
    if (boxes.length === 0) return [];
    const pooled = await Promise.all(
      tensors.map((map, index) => {
        const part = this.#parts[index] ?? 1;
        const seen = part === 1 ? boxes : boxes.map((box) => middleOf(box, part));
        return this.#pool(map, seen, picture);
      }),
    );
    return boxes.map((_, index) => {
      const parts = pooled.map((values) => {
        const width = values.length / boxes.length;
        return values.subarray(index * width, (index + 1) * width);
      });
      const row = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
      let start = 0;
      for (const part of parts) {
        row.set(part, start);
        start += part.length;
      }
      return row;
    });
  }
}

const poolInMemory: Pool = async (map, boxes, picture) => {
  const { rows, columns, channels } = gridOf(map);
  const values = await map.data<'float32'>();
  const pooled = new Float32Array(boxes.length * channels);
  boxes.forEach((box, index) => {
    pooled.set(regionAverage({ rows, columns, channels, values }, box, picture), index * channels);
  });
  return pooled;
};

const poolOnDevice: Pool = async (map, boxes, picture) => {
  const { rows, columns, channels } = gridOf(map);
  const cells = rows * columns;
  const shares = new Float32Array(boxes.length * cells);
  boxes.forEach((box, index) => {
    shares.set(poolingWeights(box, picture, { rows, columns }), index * cells);
  });
  const weights = tensor2d(shares, [boxes.length, cells]);
  const flat = reshape(map, [cells, channels]);
  const pooled = matMul(weights, flat);
  try {
    return await pooled.data<'float32'>();
  } finally {
    for (const each of [weights, flat, pooled]) each.dispose();
  }
};

function gridOf({ shape }: Tensor): { rows: number; columns: number; channels: number } {
  const [, rows = 0, columns = 0, channels = 0] = shape;
  return { rows, columns, channels };
}
