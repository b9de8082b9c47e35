import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  boxesInView,
  plainView,
  randomViews,
  relight,
} from '../../../../src/domain/detector-head/views.js';
import { randomNumbers } from '../../../../src/domain/random.js';

const PICTURE = { width: 640, height: 480 };

describe('Views of a labelled picture', () => {
  it('the plain one shows every box where it is', () => {
    const box = [64, 48, 320, 240] as const;
    expect(boxesInView([box], plainView(PICTURE))).to.deep.equal([[0.1, 0.1, 0.5, 0.5]]);
  });

  it('a mirrored one mirrors its boxes, a shifted one shifts them', () => {
    const view = { ...plainView(PICTURE), region: [64, 0, 640, 480] as const };
    const [box] = boxesInView([[64, 0, 64, 480]], view);
    expect(box).to.deep.equal([0, 0, 0.1, 1]);
    const [other] = boxesInView([[64, 0, 64, 480]], { ...view, mirrored: true });
    expect(other?.[0]).to.be.closeTo(0.9, 1e-9);
  });

  it('leaves out what is cut off', () => {
    const view = { ...plainView(PICTURE), region: [320, 0, 320, 480] as const };
    expect(boxesInView([[0, 0, 400, 100]], view)).to.deep.equal([]);
    expect(boxesInView([[300, 0, 100, 100]], view)).to.deep.equal([[0, 0, 0.25, 100 / 480]]);
  });

  it('random ones each show a box, inside themselves, and the same seed gives the same', () => {
    const side = fc.double({ min: 0.02, max: 1, noNaN: true });
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer(), side, side, place, place, (seed, w, h, x, y) => {
        const { width, height } = PICTURE;
        const box = [x * (1 - w) * width, y * (1 - h) * height, w * width, h * height] as const;
        const views = randomViews(PICTURE, [box], 5, randomNumbers(seed));
        expect(views).to.deep.equal(randomViews(PICTURE, [box], 5, randomNumbers(seed)));
        for (const view of views) {
          const seen = boxesInView([box], view);
          expect(seen).to.have.length(1);
          for (const [left, top, across, down] of seen) {
            expect(Math.min(left, top)).to.be.at.least(-1e-9);
            expect(Math.max(left + across, top + down)).to.be.at.most(1 + 1e-9);
          }
        }
      }),
    );
  });

  it('change the light of pixels, and nothing else', () => {
    const pixels = Uint8ClampedArray.of(100, 100, 100, 7, 255, 0, 128, 255);
    relight(pixels, { gains: [1, 1, 1], contrast: 1 });
    expect([...pixels]).to.deep.equal([100, 100, 100, 7, 255, 0, 128, 255]);
    relight(pixels, { gains: [2, 1, 0.5], contrast: 1 });
    expect([...pixels]).to.deep.equal([200, 100, 50, 7, 255, 0, 64, 255]);
    relight(pixels, { gains: [1, 1, 1], contrast: 0 });
    expect([...pixels]).to.deep.equal([128, 128, 128, 7, 128, 128, 128, 255]);
  });
});
