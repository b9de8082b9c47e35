import { empiricalLoss, type Example, type Objective } from '../network/empirical-loss.js';
import type { Network } from '../network/network.js';
import { answer } from './experiment.js';
import { withWeights } from './weights.js';

/** Values on a square grid, row by row; the first row is the lowest y. */
export interface Grid {
  readonly size: number;
  readonly values: Float64Array;
}

/**
 * Where the point in a column (or row) lies on an axis from `low` to `high`. The first
 * and the last lie outside, so that contours run out of the picture instead of along
 * its edge.
 */
export function gridPoint(index: number, size: number, low: number, high: number): number {
  return low + ((index - 0.5) / (size - 2)) * (high - low);
}

/** What a network answers to every point of the plane from -extent to extent. */
export function answerGrid(
  network: Network,
  objective: Objective,
  size: number,
  extent: number,
): Grid {
  const values = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const y = gridPoint(row, size, -extent, extent);
    for (let column = 0; column < size; column++) {
      const x = gridPoint(column, size, -extent, extent);
      values[row * size + column] = answer(network, Float64Array.of(x, y), objective);
    }
  }
  return { size, values };
}

/** A part of the plane of two weights. */
export interface SurfaceFrame {
  /** Indices of the two weights, as `flatten` has them: across, and up. */
  readonly across: number;
  readonly up: number;
  /** Middle of the frame. */
  readonly centre: readonly [across: number, up: number];
  /** How far it goes from there in each direction. */
  readonly reach: number;
}

/**
 * J over two weights, all others as they are: row by row, so that whoever asks can
 * do something else in between.
 *
 * @param flat All weights.
 */
export function* sampleSurface(
  network: Network,
  flat: Float64Array,
  { across, up, centre, reach }: SurfaceFrame,
  examples: readonly Example[],
  objective: Objective,
  size: number,
): Generator<number, Grid> {
  const values = new Float64Array(size * size);
  const moved = flat.slice();
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      moved[across] = gridPoint(column, size, centre[0] - reach, centre[0] + reach);
      moved[up] = gridPoint(row, size, centre[1] - reach, centre[1] + reach);
      values[row * size + column] = empiricalLoss(withWeights(network, moved), examples, objective);
    }
    yield (row + 1) / size;
  }
  return { size, values };
}

/**
 * A frame around a path that shows all of it, in steps, so that it does not breathe
 * with every point.
 */
export function frameAround(
  path: readonly (readonly [across: number, up: number])[],
  across: number,
  up: number,
): SurfaceFrame {
  const finite = path.filter(([a, u]) => Number.isFinite(a) && Number.isFinite(u));
  const farthest = Math.max(...finite.map(([a, u]) => Math.max(Math.abs(a), Math.abs(u))), 1);
  const reach = STEPS.find((step) => step >= farthest * 1.1) ?? farthest * 1.1;
  return { across, up, centre: [0, 0], reach };
}

const STEPS = [1.5, 2, 3, 4, 6, 9, 14, 20, 30, 50, 100, 200, 500, 1000];
