import type { AnchorLayout, AnchorMap } from '../../../domain/detector-head/layout.js';
import type { AnchorSums, SparseFeatures } from '../../../domain/detector-head/sparse-features.js';
import type { Opened } from './open-module.js';

/** One of the sums of `class.wat`. Addresses are in bytes. */
type Sums = (
  starts: number,
  channels: number,
  values: number,
  cells: number,
  weights: number,
  biases: number,
  out: number,
) => void;

export interface SumLoops {
  readonly sums4: Sums;
  readonly sums8: Sums;
}

/** Anchors of a cell that the loops can sum up at once. */
const MOST_PER_CELL = 8;
/** Of a number in single precision. */
const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** One cache line. */
const ALIGNMENT = 64;

/** A map's part of the memory. Addresses are in bytes. */
interface MapPlace {
  readonly map: AnchorMap;
  /** Numbers in a row of weights and of sums. */
  readonly width: 4 | 8;
  readonly weights: number;
  readonly out: number;
}

/** How a network's numbers lie in the memory. Addresses are in bytes. */
export interface SumPlaces {
  readonly starts: number;
  readonly channels: number;
  readonly values: number;
  readonly maps: readonly MapPlace[];
  /** All of it. */
  readonly bytes: number;
}

/** @returns `undefined` where a cell has more anchors than the loops are made for. */
export function placeSums({ maps, featureCount }: AnchorLayout): SumPlaces | undefined {
  if (maps.some(({ perCell }) => perCell > MOST_PER_CELL)) return undefined;
  let bytes = 0;
  const reserve = (count: number): number => {
    const at = bytes;
    bytes += Math.ceil(count / ALIGNMENT) * ALIGNMENT;
    return at;
  };
  const cells = maps.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const starts = reserve((cells + 1) * Uint32Array.BYTES_PER_ELEMENT);
  const channels = reserve(featureCount * Uint16Array.BYTES_PER_ELEMENT);
  const values = reserve(featureCount * Uint16Array.BYTES_PER_ELEMENT);
  const placed = maps.map((map): MapPlace => {
    const width = map.perCell <= 4 ? 4 : 8;
    const weights = reserve((map.channels + 1) * width * BYTES);
    return { map, width, weights, out: reserve(map.rows * map.columns * width * BYTES) };
  });
  return { starts, channels, values, maps: placed, bytes };
}

/** The sums of a network by SIMD in WebAssembly, in single precision. */
export function simdSums(loops: Opened<SumLoops>, places: SumPlaces): AnchorSums {
  const { starts, channels, values, maps } = places;
  const { buffer } = loops.memory;
  const [numbers, halves] = [new Float32Array(buffer), new Uint16Array(buffer)];
  const entries = new Uint32Array(buffer);
  const take = (weights: Float32Array | Float64Array): void => {
    for (const { map, width, weights: to } of maps) {
      for (let row = 0; row <= map.channels; row++) {
        const [at, from] = [to / BYTES + row * width, map.firstWeight + row * map.perCell];
        for (let place = 0; place < map.perCell; place++) {
          numbers[at + place] = weights[from + place] ?? 0;
        }
      }
    }
  };
  const sum = (features: SparseFeatures, out: Float32Array): void => {
    entries.set(features.starts, starts / entries.BYTES_PER_ELEMENT);
    halves.set(features.channels, channels / halves.BYTES_PER_ELEMENT);
    halves.set(features.values, values / halves.BYTES_PER_ELEMENT);
    for (const { map, width, weights, out: sums } of maps) {
      const count = map.rows * map.columns;
      const first = starts + map.firstCell * entries.BYTES_PER_ELEMENT;
      const biases = weights + map.channels * width * BYTES;
      const run = width === 4 ? loops.sums4 : loops.sums8;
      run(first, channels, values, count, weights, biases, sums);
      for (let cell = 0; cell < count; cell++) {
        const [at, from] = [map.firstAnchor + cell * map.perCell, sums / BYTES + cell * width];
        for (let place = 0; place < map.perCell; place++) {
          out[at + place] = numbers[from + place] ?? 0;
        }
      }
    }
  };
  return (weights) => {
    take(weights);
    return sum;
  };
}
