import { expect } from 'chai';
import { anchorLayout } from '../../../../src/domain/detector-head/layout.js';
import { sparseAverage, toSparse } from '../../../../src/domain/detector-head/sparse-features.js';
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
