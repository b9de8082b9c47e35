import { expect } from 'chai';
import fc from 'fast-check';
import { area, clipToSize, intersectionOverUnion } from '../../../src/domain/geometry.js';
import { boxes } from '../../support/arbitraries.js';

describe('geometry', () => {
  describe('area', () => {
    it('multiplies width and height', () => {
      expect(area([5, 6, 3, 4])).to.equal(12);
    });

    it('is 0 for a box of negative extent, even where both sides are', () => {
      expect(area([0, 0, -3, 4])).to.equal(0);
      expect(area([0, 0, -3, -4])).to.equal(0);
    });
  });

  describe('intersectionOverUnion', () => {
    it('is 1 for a box and itself', () => {
      expect(intersectionOverUnion([1, 2, 3, 4], [1, 2, 3, 4])).to.equal(1);
    });

    it('is 0 for boxes that only touch', () => {
      expect(intersectionOverUnion([0, 0, 10, 10], [10, 0, 10, 10])).to.equal(0);
      expect(intersectionOverUnion([0, 0, 10, 10], [0, 10, 10, 10])).to.equal(0);
    });

    it('is a third for two squares that share a half', () => {
      expect(intersectionOverUnion([0, 0, 10, 10], [5, 0, 10, 10])).to.be.closeTo(1 / 3, 1e-12);
    });

    it('is the ratio of areas for a box inside another', () => {
      expect(intersectionOverUnion([0, 0, 10, 10], [2, 2, 5, 4])).to.be.closeTo(0.2, 1e-12);
    });

    it('is symmetric, within [0, 1], and does not change when both boxes move or grow together', () => {
      const shift = fc.double({ min: -100, max: 100, noNaN: true });
      const scale = fc.double({ min: 0.5, max: 4, noNaN: true });
      fc.assert(
        fc.property(boxes(), boxes(), shift, scale, (a, b, by, factor) => {
          const value = intersectionOverUnion(a, b);
          expect(value).to.be.within(0, 1 + 1e-9);
          expect(intersectionOverUnion(b, a)).to.be.closeTo(value, 1e-9);
          const move = ([x, y, w, h]: typeof a) =>
            [(x + by) * factor, (y + by) * factor, w * factor, h * factor] as const;
          expect(intersectionOverUnion(move(a), move(b))).to.be.closeTo(value, 1e-6);
        }),
      );
    });
  });

  describe('clipToSize', () => {
    const size = { width: 100, height: 50 };

    it('leaves a box inside the picture as it is', () => {
      expect(clipToSize([10, 10, 20, 20], size)).to.deep.equal([10, 10, 20, 20]);
    });

    it('cuts what is outside on every side', () => {
      expect(clipToSize([-10, -5, 200, 100], size)).to.deep.equal([0, 0, 100, 50]);
    });

    it('leaves nothing of a box that is wholly outside', () => {
      expect(area(clipToSize([150, 10, 20, 20], size))).to.equal(0);
      expect(area(clipToSize([-50, 10, 20, 20], size))).to.equal(0);
    });

    it('always yields a box inside the picture, and the same again', () => {
      fc.assert(
        fc.property(boxes({ min: -200, max: 200 }), (box) => {
          const clipped = clipToSize(box, size);
          expect(clipped[0]).to.be.within(0, size.width);
          expect(clipped[1]).to.be.within(0, size.height);
          expect(clipped[0] + clipped[2]).to.be.within(0, size.width + 1e-9);
          expect(clipped[1] + clipped[3]).to.be.within(0, size.height + 1e-9);
          expect(area(clipped)).to.be.at.most(area(box) + 1e-6);
          const again = clipToSize(clipped, size);
          for (const index of [0, 1, 2, 3] as const) {
            expect(again[index]).to.be.closeTo(clipped[index], 1e-9);
          }
        }),
      );
    });
  });
});
