import { expect } from 'chai';
import fc from 'fast-check';
import type { BBox } from '../../../../src/domain/geometry.js';
import {
  correct,
  predict,
  startState,
  STEPS_PER_SECOND,
  toBox,
  toMeasurement,
  type BoxState,
} from '../../../../src/domain/tracking/box-filter.js';
import { boxes } from '../../../support/arbitraries.js';

type Matrix = readonly (readonly number[])[];

const N = 8;
const each = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const at = (a: Matrix, i: number, j: number): number => a[i]?.[j] ?? NaN;
const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    each(b[0]?.length ?? 0).map((j) => row.reduce((s, x, k) => s + x * at(b, k, j), 0)),
  );
const transpose = (a: Matrix): Matrix =>
  each(a[0]?.length ?? 0).map((j) => a.map((_, i) => at(a, i, j)));
const combine = (a: Matrix, b: Matrix, sign: number): Matrix =>
  a.map((row, i) => row.map((x, j) => x + sign * at(b, i, j)));
const diagonal = (values: readonly number[]): Matrix =>
  values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
const squares = (values: readonly number[]): Matrix => diagonal(values.map((value) => value ** 2));

/** Gauss-Jordan with pivoting; small and plain. */
function inverse(matrix: Matrix): Matrix {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...each(n).map((j) => (i === j ? 1 : 0))]);
  for (const column of each(n)) {
    const size = (i: number) => Math.abs(rows[i]?.[column] ?? 0);
    const pivot = each(n)
      .slice(column)
      .reduce((best, i) => (size(i) > size(best) ? i : best));
    const [top = [], other = []] = [rows[column], rows[pivot]];
    rows[pivot] = top;
    const scale = other[column] ?? NaN;
    const scaled = other.map((value) => value / scale);
    rows.forEach((row, i) => {
      const factor = row[column] ?? 0;
      if (i !== column) rows[i] = row.map((value, j) => value - factor * (scaled[j] ?? 0));
    });
    rows[column] = scaled;
  }
  return rows.map((row) => row.slice(n));
}

/** The reference's filter with whole matrices, one step (1/30 s) at a time. */
class MatrixFilter {
  mean: Matrix;
  covariance: Matrix;

  constructor(box: BBox) {
    const [x, y, aspect, h] = toMeasurement(box);
    this.mean = [x, y, aspect, h, 0, 0, 0, 0].map((value) => [value]);
    this.covariance = squares([h / 10, h / 10, 1e-2, h / 10, h / 16, h / 16, 1e-5, h / 16]);
  }

  step(): void {
    const h = at(this.mean, 3, 0);
    const motion = diagonal(each(N).map(() => 1)).map((row, i) =>
      row.map((value, j) => (j === i + 4 ? 1 : value)),
    );
    const noise = squares([h / 20, h / 20, 1e-2, h / 20, h / 160, h / 160, 1e-5, h / 160]);
    this.mean = multiply(motion, this.mean);
    this.covariance = combine(
      multiply(multiply(motion, this.covariance), transpose(motion)),
      noise,
      1,
    );
  }

  correct(box: BBox): void {
    const h = at(this.mean, 3, 0);
    const look = each(4).map((i) => each(N).map((j) => (i === j ? 1 : 0)));
    const noise = squares([h / 20, h / 20, 1e-1, h / 20]);
    const spread = combine(multiply(multiply(look, this.covariance), transpose(look)), noise, 1);
    const gain = multiply(multiply(this.covariance, transpose(look)), inverse(spread));
    const surprise = combine(
      toMeasurement(box).map((value) => [value]),
      multiply(look, this.mean),
      -1,
    );
    this.mean = combine(this.mean, multiply(gain, surprise), 1);
    this.covariance = combine(
      this.covariance,
      multiply(multiply(gain, spread), transpose(gain)),
      -1,
    );
  }
}

const AXES = ['x', 'y', 'aspect', 'height'] as const;

function expectSame(state: BoxState, filter: MatrixFilter): void {
  const close = (actual: number, expected: number) => {
    expect(actual).to.be.closeTo(expected, 1e-7 * Math.max(1, Math.abs(expected)));
  };
  AXES.forEach((axis, i) => {
    const it = state[axis];
    close(it.value, at(filter.mean, i, 0));
    close(it.velocity, at(filter.mean, i + 4, 0));
    close(it.valueVariance, at(filter.covariance, i, i));
    close(it.covariance, at(filter.covariance, i, i + 4));
    close(it.velocityVariance, at(filter.covariance, i + 4, i + 4));
  });
}

/** Boxes near each other, as one object gives them. */
const sightings = fc.tuple(
  boxes({ min: 0, max: 500 }),
  fc.array(
    fc.record({
      steps: fc.integer({ min: 1, max: 8 }),
      move: fc.tuple(
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.double({ min: -9, max: 9, noNaN: true }),
      ),
      scale: fc.double({ min: 0.8, max: 1.25, noNaN: true }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
);

describe('box filter', () => {
  it('does at 30 frames a second what the reference does with matrices', () => {
    fc.assert(
      fc.property(sightings, ([first, rest]) => {
        const state = startState(first);
        const filter = new MatrixFilter(first);
        let box = first;
        for (const { steps, move, scale } of rest) {
          for (let step = 0; step < steps; step++) {
            predict(state, 1 / STEPS_PER_SECOND);
            filter.step();
          }
          box = [box[0] + move[0], box[1] + move[1], box[2] * scale, box[3] * scale];
          correct(state, box);
          filter.correct(box);
          expectSame(state, filter);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('predicts the same in one go and in pieces', () => {
    const time = fc.double({ min: 0.001, max: 0.7, noNaN: true });
    fc.assert(
      fc.property(boxes(), boxes(), time, time, (first, second, a, b) => {
        const begin = () => {
          const state = startState(first);
          predict(state, 0.05);
          correct(state, second);
          // The noise is taken from the height, which has to stay for the two to be the same.
          state.height.velocity = 0;
          return state;
        };
        const whole = begin();
        predict(whole, a + b);
        const pieces = begin();
        predict(pieces, a);
        predict(pieces, b);
        for (const axis of AXES) {
          for (const [name, value] of Object.entries(whole[axis])) {
            const other = pieces[axis][name as keyof typeof whole.x];
            expect(other).to.be.closeTo(
              value as number,
              1e-9 * Math.max(1, Math.abs(value as number)),
            );
          }
        }
      }),
    );
  });

  for (const rate of [3, 10, 60]) {
    it(`learns a steady velocity at ${String(rate)} frames a second`, () => {
      const boxAt = (time: number): BBox => [100 + 60 * time, 50 - 20 * time, 40, 80];
      const state = startState(boxAt(0));
      for (let frame = 1; frame <= 3 * rate; frame++) {
        predict(state, 1 / rate);
        correct(state, boxAt(frame / rate));
      }
      predict(state, 0.5);
      const [x, y] = toBox(state);
      expect(x).to.be.closeTo(boxAt(3.5)[0], 3);
      expect(y).to.be.closeTo(boxAt(3.5)[1], 3);
    });
  }

  it('gives back the box that it was given', () => {
    fc.assert(
      fc.property(boxes(), (box) => {
        toBox(startState(box)).forEach((value, index) => {
          expect(value).to.be.closeTo(box[index] ?? NaN, 1e-9);
        });
      }),
    );
  });
});
