import { float16Table, toFloat16Bits } from '../float16.js';
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
  const cells = maps.reduce((count, { rows, columns }) => count + rows * columns, 0);
  const starts = new Uint32Array(cells + 1);
  const channels = new Uint16Array(features.length);
  const values = new Uint16Array(features.length);
  let [entry, cell, at] = [0, 0, 0];
  for (const map of maps) {
    for (let index = 0; index < map.rows * map.columns; index++) {
      starts[cell++] = entry;
      for (let channel = 0; channel < map.channels; channel++) {
        const value = features[at++] ?? 0;
        if (value === 0) continue;
        const half = toFloat16Bits(value);
        if (half === 0) continue;
        channels[entry] = channel;
        values[entry++] = half;
      }
    }
  }
  starts[cell] = entry;
  return { starts, channels: channels.slice(0, entry), values: values.slice(0, entry) };
}

/** Sums features up by the weights of one column: `out` gets a number for each anchor. */
export type FeatureSums = (features: SparseFeatures, out: Float32Array) => void;

/**
 * What computes weights times features plus bias at every anchor of one network: takes a
 * column in; see `AnchorLayout`. What it gives holds until the next column is taken in, or
 * this one changes.
 */
export type AnchorSums = (weights: Float32Array | Float64Array) => FeatureSums;

/** By `sparseDense`. */
export function plainSums(layout: AnchorLayout): AnchorSums {
  return (weights) => (features, out) => {
    sparseDense(layout, weights, features, out);
  };
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
  features: SparseFeatures,
  out: Float32Array,
): void {
  let cell = 0;
  for (const { rows, columns, channels, perCell, firstAnchor, firstWeight } of maps) {
    const biases = firstWeight + channels * perCell;
    const column: MapColumn = { weights, firstWeight, biases, perCell };
    const end = firstAnchor + rows * columns * perCell;
    for (let anchor = firstAnchor; anchor < end; anchor += perCell, cell++) {
      if (perCell === 6) sumSix(column, features, cell, out, anchor);
      else sumByThrees(column, features, cell, out, anchor);
    }
  }
}

/** A column's part of one map. */
interface MapColumn {
  readonly weights: Float32Array | Float64Array;
  readonly firstWeight: number;
  readonly biases: number;
  readonly perCell: number;
}

/**
 * All anchors of a cell at once. Nearly all the time of a training goes by here: sums in
 * variables instead of an array take less than half of it.
 */
function sumSix(
  { weights, firstWeight, biases }: MapColumn,
  { starts, channels, values }: SparseFeatures,
  cell: number,
  out: Float32Array,
  at: number,
): void {
  const numbers = float16Table();
  let [a, b, c] = [weights[biases] ?? 0, weights[biases + 1] ?? 0, weights[biases + 2] ?? 0];
  let [d, e, f] = [weights[biases + 3] ?? 0, weights[biases + 4] ?? 0, weights[biases + 5] ?? 0];
  const end = starts[cell + 1] ?? 0;
  for (let entry = starts[cell] ?? 0; entry < end; entry++) {
    const value = numbers[values[entry] ?? 0] ?? 0;
    const row = firstWeight + (channels[entry] ?? 0) * 6;
    a += value * (weights[row] ?? 0);
    b += value * (weights[row + 1] ?? 0);
    c += value * (weights[row + 2] ?? 0);
    d += value * (weights[row + 3] ?? 0);
    e += value * (weights[row + 4] ?? 0);
    f += value * (weights[row + 5] ?? 0);
  }
  out[at] = a;
  out[at + 1] = b;
  out[at + 2] = c;
  out[at + 3] = d;
  out[at + 4] = e;
  out[at + 5] = f;
}

/** The same for any number of anchors. */
function sumByThrees(
  { weights, firstWeight, biases, perCell }: MapColumn,
  { starts, channels, values }: SparseFeatures,
  cell: number,
  out: Float32Array,
  at: number,
): void {
  const numbers = float16Table();
  const end = starts[cell + 1] ?? 0;
  for (let place = 0; place < perCell; place += 3) {
    // Beyond the last anchor lie numbers that are summed up for nothing.
    let [a, b] = [weights[biases + place] ?? 0, weights[biases + place + 1] ?? 0];
    let c = weights[biases + place + 2] ?? 0;
    for (let entry = starts[cell] ?? 0; entry < end; entry++) {
      const value = numbers[values[entry] ?? 0] ?? 0;
      const row = firstWeight + (channels[entry] ?? 0) * perCell + place;
      a += value * (weights[row] ?? 0);
      b += value * (weights[row + 1] ?? 0);
      c += value * (weights[row + 2] ?? 0);
    }
    out[at + place] = a;
    if (place + 1 < perCell) out[at + place + 1] = b;
    if (place + 2 < perCell) out[at + place + 2] = c;
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
