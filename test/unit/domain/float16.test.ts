import { expect } from 'chai';
import * as fc from 'fast-check';
import { float16Table, fromFloat16, toFloat16 } from '../../../src/domain/float16.js';

const isNaNPattern = (bits: number): boolean => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;

describe('float16', () => {
  it('gives every number back as it was', () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, pattern) => pattern);
    const again = toFloat16(fromFloat16(bits));
    // Minus zero becomes zero; every other pattern stays, and what is no number stays none.
    const wrong = bits.filter((pattern, at) => {
      if (pattern === 0x8000) return false;
      return isNaNPattern(pattern) ? !isNaNPattern(again[at] ?? 0) : again[at] !== pattern;
    });
    expect([...wrong]).to.deep.equal([]);
  });

  it('takes the nearest number there is', () => {
    const numbers = float16Table();
    fc.assert(
      fc.property(fc.float({ min: -60000, max: 60000, noNaN: true }), (value) => {
        const [bits = 0] = toFloat16(Float32Array.of(value));
        const error = Math.abs((numbers[bits] ?? 0) - value);
        const isFinite = (pattern: number): boolean => (pattern & 0x7c00) !== 0x7c00;
        for (const other of [bits - 1, bits + 1]) {
          if (other < 0 || other > 0xffff || !isFinite(other)) continue;
          expect(error).to.be.at.most(Math.abs((numbers[other] ?? 0) - value));
        }
      }),
    );
  });

  it('knows the numbers of the standard', () => {
    expect([...toFloat16(Float32Array.of(1, -2, 65504, 6, 2 ** -24, 70000))]).to.deep.equal([
      0x3c00, 0xc000, 0x7bff, 0x4600, 0x0001, 0x7c00,
    ]);
    // Half way between two: the even one.
    expect([...toFloat16(Float32Array.of(2049, 2051))]).to.deep.equal([0x6800, 0x6802]);
  });
});
