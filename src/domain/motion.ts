import type { BBox, Size } from './geometry.js';

/** Motion is measured on a copy of the picture of this size, its brightness only. */
export const MOTION_GRID: Size = { width: 64, height: 48 };

/** A cell that changes by less is noise whatever the picture, of 255. */
const LEAST_CHANGE = 10;
/** A cell that changes by more has changed even where all the others have, too. */
const SURE_CHANGE = 24;
/** Noise and a lamp that flickers move all cells a little: a cell has to stand out from them. */
const NOISE_FACTOR = 4;

/**
 * Brightness of pixels (the integer weights of BT.601 luma).
 *
 * @param rgba 4 bytes per pixel.
 * @returns A byte per pixel.
 */
export function toLuma(rgba: ArrayLike<number>): Uint8Array {
  const luma = new Uint8Array(Math.floor(rgba.length / 4));
  for (let pixel = 0; pixel < luma.length; pixel++) {
    const at = pixel * 4;
    luma[pixel] =
      (77 * (rgba[at] ?? 0) + 150 * (rgba[at + 1] ?? 0) + 29 * (rgba[at + 2] ?? 0)) >> 8;
  }
  return luma;
}

/**
 * Which cells differ from one copy of the picture to another, beyond its noise.
 *
 * @returns 1 for each that does, as long as the copies.
 */
export function changedCells(before: Uint8Array, now: Uint8Array): Uint8Array {
  const differences = now.map((value, cell) => Math.abs(value - (before[cell] ?? 0)));
  const middle = differences.slice().sort()[differences.length >> 1] ?? 0;
  const limit = Math.min(SURE_CHANGE, Math.max(LEAST_CHANGE, NOISE_FACTOR * middle));
  return differences.map((difference) => (difference >= limit ? 1 : 0));
}

/** How many cells of a region have changed. @param region In parts of the picture, 0 to 1. */
export function countChanged(changed: Uint8Array, region: BBox, grid: Size = MOTION_GRID): number {
  const [x, y, width, height] = region;
  const left = Math.floor(x * grid.width);
  const right = Math.ceil((x + width) * grid.width);
  let count = 0;
  for (let row = Math.floor(y * grid.height); row < Math.ceil((y + height) * grid.height); row++) {
    for (let column = left; column < right; column++) {
      count += changed[row * grid.width + column] ?? 0;
    }
  }
  return count;
}
