import { expect } from 'chai';
import fc from 'fast-check';
import type { BBox } from '../../../../src/domain/geometry.js';
import {
  boxAround,
  CORNERS,
  movedBy,
  resized,
  withCornerAt,
} from '../../../../src/domain/labelling/edit-box.js';

const SIZE = { width: 640, height: 480 };
const point = fc.tuple(fc.integer({ min: -90, max: 800 }), fc.integer({ min: -90, max: 600 }));
const box = fc
  .tuple(
    fc.integer({ min: 0, max: 500 }),
    fc.integer({ min: 0, max: 400 }),
    fc.integer({ min: 8, max: 140 }),
    fc.integer({ min: 8, max: 80 }),
  )
  .map(([x, y, width, height]): BBox => [x, y, width, height]);

function expectInside([x, y, width, height]: BBox): void {
  expect(Math.min(x, y)).to.be.at.least(0);
  expect(x + width).to.be.at.most(SIZE.width + 1e-9);
  expect(y + height).to.be.at.most(SIZE.height + 1e-9);
  expect(Math.min(width, height)).to.be.greaterThan(0);
}

describe('A box that is put right', () => {
  it('keeps the corner that is opposite to the one that is pulled', () => {
    fc.assert(
      fc.property(box, fc.constantFrom(...CORNERS), point, (drawn, corner, to) => {
        const pulled = withCornerAt(drawn, corner, to, SIZE);
        expectInside(pulled);
        const fixed = (of: BBox): readonly number[] => [
          of[0] + (corner.right ? 0 : of[2]),
          of[1] + (corner.bottom ? 0 : of[3]),
        ];
        // At the rim there is less room than a box needs.
        const [x = 0, y = 0] = fixed(drawn);
        if (x < 8 || y < 8 || x > SIZE.width - 8 || y > SIZE.height - 8) return;
        expect(fixed(pulled).map(Math.round)).to.deep.equal([x, y]);
      }),
    );
  });

  it('never turns inside out', () => {
    const pulled = withCornerAt([100, 100, 50, 50], { right: true, bottom: true }, [0, 0], SIZE);
    expect(pulled).to.deep.equal([100, 100, 8, 8]);
  });

  it('keeps its size when it is moved against the rim', () => {
    fc.assert(
      fc.property(box, point, (drawn, by) => {
        const moved = movedBy(drawn, by, SIZE);
        expectInside(moved);
        expect(moved.slice(2)).to.deep.equal(drawn.slice(2));
      }),
    );
  });

  it('grows and shrinks about its middle, within the picture', () => {
    expect(resized([100, 100, 100, 50], 2, SIZE)).to.deep.equal([50, 75, 200, 100]);
    fc.assert(
      fc.property(box, fc.double({ min: 0.1, max: 9, noNaN: true }), (drawn, by) => {
        expectInside(resized(drawn, by, SIZE));
      }),
    );
  });

  it('comes to be where there was a tap', () => {
    expect(boxAround([320, 240], SIZE)).to.deep.equal([240, 180, 160, 120]);
    fc.assert(
      fc.property(point, (tap) => {
        expectInside(boxAround(tap, SIZE));
      }),
    );
  });
});
