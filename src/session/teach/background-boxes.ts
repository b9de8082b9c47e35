import type { BBox, Size } from '../../domain/geometry.js';

/** Rows and columns of overlapping boxes that each measure half of the picture. */
const STEPS = 3;

/** Boxes over a picture without anything to be found: halves that overlap, nine in all. */
export function backgroundBoxes({ width, height }: Size): BBox[] {
  const boxes: BBox[] = [];
  for (let row = 0; row < STEPS; row++) {
    for (let column = 0; column < STEPS; column++) {
      const part = 1 / 2;
      const left = (column / (STEPS - 1)) * (1 - part) * width;
      const top = (row / (STEPS - 1)) * (1 - part) * height;
      boxes.push([left, top, part * width, part * height]);
    }
  }
  return boxes;
}
