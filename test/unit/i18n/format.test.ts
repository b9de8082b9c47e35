import { expect } from 'chai';
import {
  formatBytes,
  formatMilliseconds,
  formatNumber,
  formatPercent,
} from '../../../src/i18n/format.js';

describe('Numbers for people', () => {
  it('writes percentages without decimals, as the language does', () => {
    expect(formatPercent(0.874)).to.equal('87%');
    expect(formatPercent(0.874, 'de')).to.equal('87\u00a0%');
  });

  it('groups digits, and rounds to what was asked for', () => {
    expect(formatNumber(1234.56)).to.equal('1,235');
    expect(formatNumber(1234.56, 1)).to.equal('1,234.6');
  });

  it('gives short times one decimal and long ones none', () => {
    expect(formatMilliseconds(2)).to.equal('2.0 ms');
    expect(formatMilliseconds(31.4)).to.equal('31 ms');
  });

  for (const [bytes, text] of [
    [0, '0 byte'],
    [999, '999 byte'],
    [2800, '2.8 kB'],
    [9_140_000, '9.1 MB'],
    [123_456_789, '123 MB'],
    [5e12, '5,000 GB'],
  ] as const) {
    it(`writes ${String(bytes)} bytes as ${text}`, () => {
      expect(formatBytes(bytes)).to.equal(text);
    });
  }

  it('falls back to English for a locale that is none', () => {
    expect(formatPercent(0.5, 'not a locale')).to.equal('50%');
  });
});
