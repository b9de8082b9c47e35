import { expect } from 'chai';
import * as fc from 'fast-check';
import { dense } from '../../../../src/domain/detector-head/column.js';
import { anchorLayout } from '../../../../src/domain/detector-head/layout.js';
import {
  sparseAverage,
  sparseDense,
  toSparse,
} from '../../../../src/domain/detector-head/sparse-features.js';
import { fromFloat16, toFloat16 } from '../../../../src/domain/float16.js';
import type { BBox } from '../../../../src/domain/geometry.js';
import { randomNumbers } from '../../../../src/domain/random.js';
import { regionAverage } from '../../../../src/domain/region-features.js';
import { madeAnchors } from '../../../support/anchors.js';

const SHAPES = [
  [1, 6, 5, 8],
  [1, 3, 3, 8],
] as const;

describe('The average of sparse features', () => {
  it('is that of the first map as it was, under any box', () => {
    const random = randomNumbers(2);
    const layout = anchorLayout(SHAPES, madeAnchors(SHAPES, [2, 3]));
    const features = Float32Array.from({ length: layout.featureCount }, () =>
      random.uniform() < 0.3 ? random.uniform() : 0,
    );
    const kept = toSparse(layout, features);
    const map = { rows: 6, columns: 5, channels: 8, values: features.subarray(0, 6 * 5 * 8) };
    const boxes: BBox[] = [
      [0, 0, 1, 1],
      [0.1, 0.25, 0.33, 0.5],
      [0.41, 0.41, 0.01, 0.01],
      [-0.2, 0.5, 0.6, 2],
      [1.5, 0, 0.2, 0.2],
    ];
    for (const box of boxes) {
      const expected = regionAverage(map, box, { width: 1, height: 1 });
      sparseAverage(layout, kept, box).forEach((value, channel) => {
        expect(value).to.be.closeTo(expected[channel] ?? NaN, 1e-3);
      });
    }
  });
});

describe('A column over sparse features', () => {
  it('says what it says of all features, however many anchors a cell has', () => {
    const shapes = [
      [1, 3, 2, 5],
      [1, 2, 2, 4],
    ] as const;
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        (seed, ofFirst, ofSecond) => {
          const random = randomNumbers(seed);
          const layout = anchorLayout(shapes, madeAnchors(shapes, [ofFirst, ofSecond]));
          const numbers = (count: number): Float32Array =>
            Float32Array.from({ length: count }, () => random.normal());
          const weights = numbers(layout.weightCount);
          const features = fromFloat16(
            toFloat16(numbers(layout.featureCount).map((value) => Math.max(0, value))),
          );
          const expected = new Float32Array(layout.anchorCount);
          for (const map of layout.maps) dense(map, weights, features, expected);
          const out = new Float32Array(layout.anchorCount).fill(NaN);
          sparseDense(layout, weights, toSparse(layout, features), out);
          expect(out).to.deep.equal(expected);
        },
      ),
    );
  });

  it('keeps nothing of what half a precision cannot tell from 0', () => {
    const layout = anchorLayout(SHAPES, madeAnchors(SHAPES, [2, 3]));
    const features = new Float32Array(layout.featureCount);
    features.set([1e-9, -0, 0.5]);
    const { starts, channels, values } = toSparse(layout, features);
    expect([...channels]).to.deep.equal([2]);
    expect([...fromFloat16(values)]).to.deep.equal([0.5]);
    expect([starts[0], starts[1], starts.at(-1)]).to.deep.equal([0, 1, 1]);
  });
});
