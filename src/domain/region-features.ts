import type { BBox, Size } from './geometry.js';

/** A feature map, row by row: `rows * columns * channels` numbers. */
export interface FeatureMap {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly values: Float32Array;
}

/**
 * What part of a region each cell of a grid over the picture makes up: the
 * weights of a region average pool, as in RoIAlign (He et al. 2017) with exact
 * areas instead of sampled points. A box smaller than a cell takes that cell.
 *
 * @param box In pixels of the picture; what lies outside does not count.
 * @returns `rows * columns` numbers that sum up to 1; all 0 for a box outside the picture.
 */
export function poolingWeights(
  box: BBox,
  picture: Size,
  { rows, columns }: Pick<FeatureMap, 'rows' | 'columns'>,
): Float32Array {
  const down = overlaps(box[1], box[3], picture.height, rows);
  const across = overlaps(box[0], box[2], picture.width, columns);
  const weights = new Float32Array(rows * columns);
  const whole = sum(down) * sum(across);
  if (whole === 0) return weights;
  down.forEach((high, row) => {
    across.forEach((wide, column) => {
      weights[row * columns + column] = (high * wide) / whole;
    });
  });
  return weights;
}

/**
 * The middle of a box. In it there is more of a thing and less of what it stands before.
 *
 * @param part Of the sides of the box, above 0 and at most 1.
 */
export function middleOf([x, y, width, height]: BBox, part: number): BBox {
  const rim = (1 - part) / 2;
  return [x + rim * width, y + rim * height, part * width, part * height];
}

/** The box whose middle is the given one. */
export function aroundMiddle(middle: BBox, part: number): BBox {
  return middleOf(middle, 1 / part);
}

/**
 * The mean of a feature map under a box: what the network knows of the thing in it.
 *
 * @returns `channels` numbers.
 */
export function regionAverage(map: FeatureMap, box: BBox, picture: Size): Float32Array {
  const { channels, values } = map;
  const features = new Float32Array(channels);
  poolingWeights(box, picture, map).forEach((weight, cell) => {
    if (weight === 0) return;
    const start = cell * channels;
    for (let channel = 0; channel < channels; channel++) {
      features[channel] = (features[channel] ?? 0) + weight * (values[start + channel] ?? 0);
    }
  });
  return features;
}

/** Length of the part of an interval that lies in each cell, in cells. */
function overlaps(start: number, extent: number, length: number, cells: number): number[] {
  const from = (start / length) * cells;
  const to = ((start + extent) / length) * cells;
  return Array.from({ length: cells }, (_, cell) =>
    Math.max(0, Math.min(to, cell + 1) - Math.max(from, cell)),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
