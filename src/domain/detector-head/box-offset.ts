import type { BBox } from '../geometry.js';
import { median } from '../statistics.js';

/**
 * How boxes of a class lie beside those that the network places on its things: steps of the
 * middle to the right and down, in widths and heights, and logarithms of how many times as
 * wide and as high (the regression targets of R-CNN, Girshick et al. 2014).
 */
export type BoxOffset = readonly [number, number, number, number];

/** A box that the network places, and the one that a person has drawn there. */
export interface BoxPair {
  readonly found: BBox;
  readonly drawn: BBox;
}

/** What a person draws otherwise is no habit before it has been seen in so many pictures. */
const LEAST_PICTURES = 3;

/**
 * The offset that brings the network's boxes to those that were drawn: its boxes of a
 * thing that it has no name for end where those of its own things would, and people leave
 * out the tail, or draw the lamp with its foot.
 *
 * A copy of the layer that predicts boxes, learnt from the same pictures, has four numbers
 * for each feature, and is hardly better.
 *
 * @param pictures That the pairs come from.
 * @returns `undefined` where there are too few.
 */
export function learnOffset(pairs: readonly BoxPair[], pictures: number): BoxOffset | undefined {
  if (pictures < LEAST_PICTURES || pairs.length === 0) return undefined;
  const offsets = pairs.map(({ found, drawn }) => offsetBetween(found, drawn));
  const middle = (at: 0 | 1 | 2 | 3): number => median(offsets.map((offset) => offset[at]));
  return [middle(0), middle(1), middle(2), middle(3)];
}

function offsetBetween(found: BBox, drawn: BBox): BoxOffset {
  const [x, y, width, height] = found;
  const [left, top, wide, high] = drawn;
  return [
    (left + wide / 2 - x - width / 2) / width,
    (top + high / 2 - y - height / 2) / height,
    Math.log(wide / width),
    Math.log(high / height),
  ];
}

/** A box of the network's as a person would draw it. */
export function offsetBox(box: BBox, offset: BoxOffset | undefined): BBox {
  if (offset === undefined) return box;
  const [x, y, width, height] = box;
  const [right, down, wider, higher] = offset;
  const [wide, high] = [width * Math.exp(wider), height * Math.exp(higher)];
  return [
    x + width / 2 + right * width - wide / 2,
    y + height / 2 + down * height - high / 2,
    wide,
    high,
  ];
}
