import { expect } from 'chai';
import fc from 'fast-check';
import { legacyBilinear, type Pixels } from '../../../src/domain/legacy-resize.js';

/** A picture from `[red, green, blue]` pixels, opaque. */
function picture(
  pixels: readonly (readonly [number, number, number])[],
  width: number,
  height: number,
): Pixels {
  const data = Uint8ClampedArray.from(pixels.flatMap((pixel) => [...pixel, 255]));
  return { data, width, height };
}

const grey = (value: number): [number, number, number] => [value, value, value];
const reds = (out: Float32Array) => [...out].filter((_, index) => index % 3 === 0);

describe('legacyBilinear', () => {
  it('copies a picture of the right size, channel by channel', () => {
    const source = picture(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      2,
      1,
    );
    expect([...legacyBilinear(source, 2, 1, 1, 0)]).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('samples at o * in / out, without half-pixel centres, and repeats the last pixel', () => {
    const source = picture([grey(0), grey(100)], 2, 1);
    expect(reds(legacyBilinear(source, 4, 1, 1, 0))).to.deep.equal([0, 50, 100, 100]);
  });

  it('skips pixels when it shrinks, as the original does', () => {
    const source = picture([0, 10, 20, 30, 40, 50].map(grey), 6, 1);
    expect(reds(legacyBilinear(source, 2, 1, 1, 0))).to.deep.equal([0, 30]);
  });

  it('interpolates along both axes', () => {
    const source = picture([grey(0), grey(40), grey(80), grey(120)], 2, 2);
    expect(reds(legacyBilinear(source, 4, 4, 1, 0))[5]).to.equal(60);
  });

  it('scales and shifts the values', () => {
    const source = picture([grey(0), grey(255)], 2, 1);
    expect(reds(legacyBilinear(source, 2, 1, 2 / 255, -1))).to.deep.equal([-1, 1]);
  });

  it('writes into the array that it is given', () => {
    const out = new Float32Array(3);
    expect(legacyBilinear(picture([grey(7)], 1, 1), 1, 1, 1, 0, out)).to.equal(out);
    expect([...out]).to.deep.equal([7, 7, 7]);
  });

  it('takes a part as if it were cut out', () => {
    const size = { min: 1, max: 7 };
    fc.assert(
      fc.property(
        fc.record({ x: fc.nat(5), y: fc.nat(5), w: fc.integer(size), h: fc.integer(size) }),
        fc.integer(size),
        fc.array(fc.nat(255), { minLength: 144, maxLength: 144 }),
        ({ x, y, w, h }, out, values) => {
          const cut = Array.from(
            { length: w * h },
            (_, at) => values[(y + Math.floor(at / w)) * 12 + x + (at % w)] ?? 0,
          );
          const whole = picture(values.map(grey), 12, 12);
          const part = legacyBilinear(whole, out, out, 1, 0, undefined, [x, y, w, h]);
          const alone = legacyBilinear(picture(cut.map(grey), w, h), out, out, 1, 0);
          expect(part).to.deep.equal(alone);
        },
      ),
    );
  });

  it('leaves a picture of one colour as it is, whatever the sizes', () => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, size, size, fc.nat(255), (w, h, outW, outH, value) => {
        const plain = Array.from({ length: w * h }, () => grey(value));
        const out = legacyBilinear(picture(plain, w, h), outW, outH, 1, 0);
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
        const resized = legacyBilinear(picture(pixels.map(grey), w, h), out, out, 1, 0);
        for (const sample of resized) {
          expect(sample).to.be.within(Math.min(...pixels) - 1e-3, Math.max(...pixels) + 1e-3);
        }
      }),
    );
  });
});
