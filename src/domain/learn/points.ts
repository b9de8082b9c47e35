import type { Example } from '../network/empirical-loss.js';
import { randomNumbers, shuffled } from '../random.js';

/** Data sets of the lessons, named as in the TensorFlow playground. */
export const DATA_SETS = ['gauss', 'xor', 'circle', 'spiral'] as const;
export type DataSetName = (typeof DATA_SETS)[number];

/** A point of the plane that is of one of two classes. */
export interface LabelledPoint {
  /** Both within [-3, 3]. */
  readonly x: number;
  readonly y: number;
  readonly label: 0 | 1;
}

/** Where points may lie, in both directions from 0. */
export const EXTENT = 3;

export interface PointOptions {
  readonly count: number;
  /** 0 to 50, as the playground's slider: percent of a full scattering. */
  readonly noise: number;
  readonly seed: number;
}

/**
 * Points of two classes: two clouds (`gauss`, which a line can part), opposite
 * quarters (`xor`), a disc in a ring (`circle`) or two arms (`spiral`). Half as large
 * as in the playground, so that the values are near 1 without being scaled.
 *
 * Source: https://github.com/tensorflow/playground, `dataset.ts` (Apache-2.0).
 */
export function makePoints(name: DataSetName, options: PointOptions): readonly LabelledPoint[] {
  const { count, noise, seed } = options;
  const random = randomNumbers(seed);
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const scatter = noise / 50;
  const points = Array.from({ length: count }, (_, index): LabelledPoint => {
    const label = index % 2 === 0 ? 1 : 0;
    const side = label === 1 ? 1 : -1;
    switch (name) {
      case 'gauss': {
        const spread = 0.35 + 0.9 * scatter;
        return {
          x: clamped(side * 1.1 + spread * random.normal()),
          y: clamped(side * 1.1 + spread * random.normal()),
          label,
        };
      }
      case 'xor': {
        const x = away(between(-2.5, 2.5));
        const y =
          label === 1
            ? Math.sign(x) * away(between(0, 2.5))
            : -Math.sign(x) * away(between(0, 2.5));
        return {
          x: clamped(x + scatter * 0.7 * random.normal()),
          y: clamped(y + scatter * 0.7 * random.normal()),
          label,
        };
      }
      case 'circle': {
        const radius = label === 1 ? between(0, 1.2) : between(1.75, 2.5);
        const angle = between(0, 2 * Math.PI);
        return {
          x: clamped(radius * Math.sin(angle) + scatter * 0.7 * random.normal()),
          y: clamped(radius * Math.cos(angle) + scatter * 0.7 * random.normal()),
          label,
        };
      }
      case 'spiral': {
        const along = Math.floor(index / 2) / Math.max(1, count / 2);
        const angle = 1.75 * along * 2 * Math.PI + (label === 1 ? 0 : Math.PI);
        const radius = 2.5 * along;
        return {
          x: clamped(radius * Math.sin(angle) + scatter * between(-0.5, 0.5)),
          y: clamped(radius * Math.cos(angle) + scatter * between(-0.5, 0.5)),
          label,
        };
      }
    }
  });
  return shuffled(points, random);
}

/** Points as a network learns them: two inputs, and 0 or 1 to answer. */
export function toExamples(points: readonly LabelledPoint[]): readonly Example[] {
  return points.map(({ x, y, label }) => ({
    inputs: Float64Array.of(x, y),
    target: Float64Array.of(label),
  }));
}

function clamped(value: number): number {
  return Math.min(EXTENT, Math.max(-EXTENT, value));
}

/** A gap around the axes, without which `xor` has points of both classes in one place. */
function away(value: number): number {
  return value + (value < 0 ? -0.15 : 0.15);
}
