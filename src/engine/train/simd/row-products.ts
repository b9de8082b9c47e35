import type { RowMultiplier } from '../../../domain/network/row-products.js';
import { makeRoom, type Opened } from './open-module.js';

/** Two of the loops of `class.wat`. Addresses and widths are in bytes. */
export interface RowLoops {
  products(rows: number, count: number, width: number, weights: number, out: number): void;
  weightedSum(rows: number, count: number, width: number, shares: number, out: number): void;
}

const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Numbers at a time, and rows. */
const FOUR = 4;

/**
 * Products of rows by SIMD in WebAssembly, in single precision.
 *
 * @param loops Their memory holds the rows, and grows for them: a RangeError says where it cannot.
 */
export function simdProducts(loops: Opened<RowLoops>): RowMultiplier {
  return (rows) => {
    const size = rows[0]?.length ?? 0;
    // Filled up with 0; at least one of each.
    const width = Math.max(FOUR, Math.ceil(size / FOUR) * FOUR);
    const count = Math.max(FOUR, Math.ceil(rows.length / FOUR) * FOUR);
    const weightsAt = count * width;
    const sharesAt = weightsAt + width;
    const end = sharesAt + count;
    const numbers = makeRoom(loops.memory, end * BYTES);
    numbers.fill(0, 0, end);
    rows.forEach((row, index) => {
      numbers.set(row, index * width);
    });
    return {
      forward: (weights, out) => {
        numbers.set(weights, weightsAt);
        loops.products(0, count, width * BYTES, weightsAt * BYTES, sharesAt * BYTES);
        out.set(numbers.subarray(sharesAt, sharesAt + rows.length));
      },
      backward: (shares, out) => {
        numbers.set(shares, sharesAt);
        // Beyond the last row there may be what `forward` has left; those rows are 0.
        loops.weightedSum(0, count, width * BYTES, sharesAt * BYTES, weightsAt * BYTES);
        out.set(numbers.subarray(weightsAt, weightsAt + size));
      },
    };
  };
}
