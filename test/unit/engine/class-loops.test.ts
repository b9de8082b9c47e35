import { expect } from 'chai';
import * as fc from 'fast-check';
import { anchorLayout } from '../../../src/domain/detector-head/layout.js';
import { plainSums, toSparse } from '../../../src/domain/detector-head/sparse-features.js';
import { plainProducts } from '../../../src/domain/network/row-products.js';
import { randomNumbers } from '../../../src/domain/random.js';
import { openClassLoops } from '../../../src/engine/train/simd/class-loops.js';
import { madeAnchors } from '../../support/anchors.js';

const SHAPES = [
  [1, 3, 2, 5],
  [1, 2, 2, 4],
  [1, 1, 1, 3],
] as const;
const perCell = fc.integer({ min: 1, max: 8 });

function noSimd(): never {
  throw new Error('this browser has no SIMD');
}

describe('Sums by SIMD', () => {
  it('are those of plain loops, whatever the network and the column', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.tuple(perCell, perCell, perCell),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (seed, anchorsPerCell, share) => {
          const random = randomNumbers(seed);
          const layout = anchorLayout(SHAPES, madeAnchors(SHAPES, anchorsPerCell));
          const { sums } = (await openClassLoops(layout)) ?? noSimd();
          const plain = plainSums(layout);
          // One after the other on the same memory: nothing of the one before may be left.
          for (let column = 0; column < 2; column++) {
            const weights = Float64Array.from({ length: layout.weightCount }, () =>
              random.normal(),
            );
            const isBiased = column === 0;
            for (const { firstWeight, channels, perCell: count } of isBiased ? [] : layout.maps) {
              weights.fill(0, firstWeight + channels * count, firstWeight + (channels + 1) * count);
            }
            const [sum, expectedSum] = [sums(weights), plain(weights)];
            for (let picture = 0; picture < 2; picture++) {
              // From what half a precision only just tells from 0 to thousands, of both signs;
              // of one size in each picture, for small ones go unnoticed beside large ones.
              const scale = 2 ** (36 * random.uniform() - 24);
              const features = Float32Array.from({ length: layout.featureCount }, () =>
                random.uniform() < share ? random.normal() * scale : 0,
              );
              const kept = toSparse(layout, features);
              const [out, expected] = [0, 1].map(() => new Float32Array(layout.anchorCount)) as [
                Float32Array,
                Float32Array,
              ];
              sum(kept, out.fill(NaN));
              expectedSum(kept, expected);
              const size = (isBiased ? 1 : 0) + Math.max(...features.map(Math.abs));
              out.forEach((value, anchor) => {
                expect(value).to.be.closeTo(expected[anchor] ?? NaN, 1e-5 * size);
              });
            }
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are left to others where a cell has too many anchors', async () => {
    const shapes = [[1, 1, 1, 2]] as const;
    expect(await openClassLoops(anchorLayout(shapes, madeAnchors(shapes, [9])))).to.equal(
      undefined,
    );
  });
});

describe('Products by SIMD', () => {
  it('are those of plain loops, however many rows of whatever length follow each other', async () => {
    const layout = anchorLayout(SHAPES, madeAnchors(SHAPES, [1, 1, 1]));
    const { multiply } = (await openClassLoops(layout)) ?? noSimd();
    const count = fc.integer({ min: 1, max: 150 });
    fc.assert(
      fc.property(fc.integer(), count, count, (seed, height, width) => {
        const random = randomNumbers(seed);
        const rows = Array.from({ length: height }, () =>
          Float32Array.from({ length: width }, () => random.normal()),
        );
        const [products, expected] = [multiply(rows), plainProducts(rows)];
        for (let step = 0; step < 2; step++) {
          for (const pass of ['forward', 'backward'] as const) {
            const [from, to] = pass === 'forward' ? [width, height] : [height, width];
            const given = Float64Array.from({ length: from }, () => random.normal());
            const [out, wanted] = [new Float64Array(to).fill(NaN), new Float64Array(to)];
            products[pass](given, out);
            expected[pass](given, wanted);
            out.forEach((value, at) => {
              expect(value).to.be.closeTo(wanted[at] ?? NaN, 1e-4);
            });
          }
        }
      }),
    );
  });
});
