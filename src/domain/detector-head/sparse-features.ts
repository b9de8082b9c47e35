import { float16Table, toFloat16 } from '../float16.js';
import type { BBox } from '../geometry.js';
import { poolingWeights } from '../region-features.js';
import type { AnchorLayout } from './layout.js';

/**
 * The features that classes are predicted from, of one picture, as they are kept
 * for training: only those that are not 0, in half precision. They come out of a
 * ReLU6, and four of five are 0: a picture takes a quarter of a megabyte instead
 * of one and a half, and a training step a fifth of the time.
 */
export interface SparseFeatures {
  /** For each cell of all maps, in their order, its first entry; then the number of entries. */
  readonly starts: Uint32Array;
  /** Channel of each entry. */
  readonly channels: Uint16Array;
  /** Half-precision bits of each entry. */
  readonly values: Uint16Array;
}

/** Keeps what is not 0. */
export function toSparse({ maps }: AnchorLayout, features: Float32Array): SparseFeatures {
  const bits = toFloat16(features);
  const entries = bits.reduce((count, value) => (value === 0 ? count : count + 1), 0);
  const cells = maps.reduce((count, { rows, columns }) => count + rows * columns, 0);
  const starts = new Uint32Array(cells + 1);
  const channels = new Uint16Array(entries);
  const values = new Uint16Array(entries);
  let [entry, cell, at] = [0, 0, 0];
  for (const map of maps) {
    for (let index = 0; index < map.rows * map.columns; index++) {
      starts[cell++] = entry;
      for (let channel = 0; channel < map.channels; channel++) {
        const value = bits[at++] ?? 0;
        if (value === 0) continue;
        channels[entry] = channel;
        values[entry++] = value;
      }
    }
  }
  starts[cell] = entry;
  return { starts, channels, values };
}

/**
 * Weights times features plus bias, at every anchor.
 *
 * @param weights One column; see `AnchorLayout`.
 * @param out Gets a number for each anchor.
 */
export function sparseDense(
  { maps }: AnchorLayout,
  weights: Float32Array | Float64Array,
  { starts, channels, values }: SparseFeatures,
  out: Float32Array,
): void {
  const numbers = float16Table();
  let cell = 0;
  for (const { rows, columns, channels: depth, perCell, firstAnchor, firstWeight } of maps) {
    const sums = new Float64Array(perCell);
    const biases = firstWeight + depth * perCell;
    for (let index = 0; index < rows * columns; index++, cell++) {
      for (let place = 0; place < perCell; place++) sums[place] = weights[biases + place] ?? 0;
      const end = starts[cell + 1] ?? 0;
      for (let entry = starts[cell] ?? 0; entry < end; entry++) {
        const value = numbers[values[entry] ?? 0] ?? 0;
        const row = firstWeight + (channels[entry] ?? 0) * perCell;
        for (let place = 0; place < perCell; place++) {
          sums[place] = (sums[place] ?? 0) + value * (weights[row + place] ?? 0);
        }
      }
      out.set(sums, firstAnchor + index * perCell);
    }
  }
}

/** Boxes are normalised. */
const UNIT = { width: 1, height: 1 };

/**
 * The mean of the first map under a box.
 *
 * @param bbox Normalised to the picture.
 * @returns A number for each of its channels.
 */
export function sparseAverage(
  { maps }: AnchorLayout,
  { starts, channels, values }: SparseFeatures,
  bbox: BBox,
): Float32Array {
  const numbers = float16Table();
  const [map] = maps;
  const average = new Float32Array(map?.channels ?? 0);
  if (map === undefined) return average;
  poolingWeights(bbox, UNIT, map).forEach((weight, cell) => {
    if (weight === 0) return;
    const end = starts[cell + 1] ?? 0;
    for (let entry = starts[cell] ?? 0; entry < end; entry++) {
      const channel = channels[entry] ?? 0;
      average[channel] = (average[channel] ?? 0) + weight * (numbers[values[entry] ?? 0] ?? 0);
    }
  });
  return average;
}
