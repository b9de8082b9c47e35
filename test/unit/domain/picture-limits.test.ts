import { expect } from 'chai';
import { assertPictureSize } from '../../../src/domain/picture-limits.js';

describe('assertPictureSize', () => {
  it('takes what fits', () => {
    assertPictureSize({ width: 1, height: 1 });
    assertPictureSize({ width: 16_384, height: 6103 });
    assertPictureSize({ width: 10_000, height: 10_000 });
  });

  it('refuses what is empty', () => {
    expect(() => {
      assertPictureSize({ width: 0, height: 10 });
    }).to.throw('picture-empty');
    expect(() => {
      assertPictureSize({ width: 10, height: 0 });
    }).to.throw('picture-empty: 10 × 0');
  });

  it('refuses a side that is too long, and too many pixels', () => {
    for (const size of [
      { width: 16_385, height: 1 },
      { width: 1, height: 20_000 },
      { width: 10_001, height: 10_000 },
    ]) {
      expect(() => {
        assertPictureSize(size);
      }).to.throw('picture-too-large');
    }
  });
});
