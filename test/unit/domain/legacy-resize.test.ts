import { expect } from 'chai';
import fc from 'fast-check';
import { legacyBilinear } from '../../../src/domain/legacy-resize.js';

/** A picture from `[red, green, blue]` pixels, opaque. */
function rgba(pixels: readonly (readonly [number, number, number])[]): Uint8ClampedArray {
  return Uint8ClampedArray.from(pixels.flatMap((pixel) => [...pixel, 255]));
}

const grey = (value: number): [number, number, number] => [value, value, value];
const reds = (out: Float32Array) => [...out].filter((_, index) => index % 3 === 0);

describe('legacyBilinear', () => {
  it('copies a picture of the right size, channel by channel', () => {
    const picture = rgba([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([...legacyBilinear(picture, 2, 1, 2, 1, 1, 0)]).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('samples at o * in / out, without half-pixel centres, and repeats the last pixel', () => {
    const picture = rgba([grey(0), grey(100)]);
    expect(reds(legacyBilinear(picture, 2, 1, 4, 1, 1, 0))).to.deep.equal([0, 50, 100, 100]);
  });

  it('skips pixels when it shrinks, as the original does', () => {
    const picture = rgba([0, 10, 20, 30, 40, 50].map(grey));
    expect(reds(legacyBilinear(picture, 6, 1, 2, 1, 1, 0))).to.deep.equal([0, 30]);
  });

  it('interpolates along both axes', () => {
    const picture = rgba([grey(0), grey(40), grey(80), grey(120)]);
    expect(reds(legacyBilinear(picture, 2, 2, 4, 4, 1, 0))[5]).to.equal(60);
  });

  it('scales and shifts the values', () => {
    const picture = rgba([grey(0), grey(255)]);
    expect(reds(legacyBilinear(picture, 2, 1, 2, 1, 2 / 255, -1))).to.deep.equal([-1, 1]);
  });

  it('writes into the array that it is given', () => {
    const out = new Float32Array(3);
    expect(legacyBilinear(rgba([grey(7)]), 1, 1, 1, 1, 1, 0, out)).to.equal(out);
    expect([...out]).to.deep.equal([7, 7, 7]);
  });

  it('leaves a picture of one colour as it is, whatever the sizes', () => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, size, size, fc.nat(255), (w, h, outW, outH, value) => {
        const picture = rgba(Array.from({ length: w * h }, () => grey(value)));
        const out = legacyBilinear(picture, w, h, outW, outH, 1, 0);
        expect(out).to.have.length(outW * outH * 3);
        for (const sample of out) expect(sample).to.be.closeTo(value, 1e-4);
      }),
    );
  });

  it('reads nothing outside the picture: values stay between the darkest and the lightest', () => {
    const size = fc.integer({ min: 1, max: 9 });
    const bytes = fc.array(fc.nat(255), { minLength: 81, maxLength: 81 });
    fc.assert(
      fc.property(size, size, size, bytes, (w, h, out, values) => {
        const pixels = values.slice(0, w * h);
        const resized = legacyBilinear(rgba(pixels.map(grey)), w, h, out, out, 1, 0);
        for (const sample of resized) {
          expect(sample).to.be.within(Math.min(...pixels) - 1e-3, Math.max(...pixels) + 1e-3);
        }
      }),
    );
  });
});
