import { expect } from 'chai';
import fc from 'fast-check';
import type { BBox } from '../../../src/domain/geometry.js';
import { toView, viewTransform } from '../../../src/domain/view-transform.js';

const source = { width: 640, height: 480 };
const wholePicture: BBox = [0, 0, 640, 480];

function expectBox(box: BBox, expected: BBox): void {
  for (const index of [0, 1, 2, 3] as const) {
    expect(box[index]).to.be.closeTo(expected[index], 1e-9);
  }
}

describe('viewTransform', () => {
  it('contains: the whole picture is seen, centred between bars', () => {
    const transform = viewTransform(source, { width: 1000, height: 480 }, 'contain', false);
    expectBox(toView(wholePicture, transform), [180, 0, 640, 480]);
  });

  it('covers: the whole view is filled, and what is cut off is cut evenly', () => {
    const transform = viewTransform(source, { width: 640, height: 960 }, 'cover', false);
    expectBox(toView(wholePicture, transform), [-320, 0, 1280, 960]);
  });

  it('mirrors left to right', () => {
    const transform = viewTransform(source, { width: 640, height: 480 }, 'contain', true);
    expectBox(toView([0, 10, 100, 50], transform), [540, 10, 100, 50]);
  });

  it('fills a view of the same shape whatever the fit', () => {
    for (const fit of ['contain', 'cover'] as const) {
      const transform = viewTransform(source, { width: 320, height: 240 }, fit, false);
      expectBox(toView(wholePicture, transform), [0, 0, 320, 240]);
    }
  });

  const sizes = fc.record({
    width: fc.integer({ min: 1, max: 8000 }),
    height: fc.integer({ min: 1, max: 8000 }),
  });

  it('agrees with object-fit: centred, undistorted, touching two sides', () => {
    const fits = fc.constantFrom('contain', 'cover' as const);
    fc.assert(
      fc.property(sizes, sizes, fits, fc.boolean(), (picture, view, fit, mirrored) => {
        const transform = viewTransform(picture, view, fit, mirrored);
        const [x, y, width, height] = toView([0, 0, picture.width, picture.height], transform);
        expect(Math.abs(transform.scaleX)).to.be.closeTo(transform.scaleY, 1e-9);
        expect(x + width / 2).to.be.closeTo(view.width / 2, 1e-6);
        expect(y + height / 2).to.be.closeTo(view.height / 2, 1e-6);
        const slack = [view.width - width, view.height - height] as const;
        if (fit === 'contain') expect(Math.min(...slack)).to.be.closeTo(0, 1e-6);
        else expect(Math.max(...slack)).to.be.closeTo(0, 1e-6);
      }),
    );
  });

  it('a mirrored box is the mirror image of the plain one', () => {
    const box: BBox = [10, 20, 30, 40];
    fc.assert(
      fc.property(sizes, sizes, (picture, view) => {
        const plain = toView(box, viewTransform(picture, view, 'cover', false));
        const mirrored = toView(box, viewTransform(picture, view, 'cover', true));
        expect(mirrored[0]).to.be.closeTo(view.width - plain[0] - plain[2], 1e-6);
        expect(mirrored[1]).to.equal(plain[1]);
        expect(mirrored[2]).to.be.closeTo(plain[2], 1e-9);
      }),
    );
  });
});
