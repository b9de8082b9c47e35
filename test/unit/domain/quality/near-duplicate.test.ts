import { expect } from 'chai';
import fc from 'fast-check';
import {
  cosineSimilarity,
  fingerprint,
  fingerprintDistance,
  isNearDuplicate,
  type Fingerprint,
} from '../../../../src/domain/quality/near-duplicate.js';

/** A part of a fixture as a crop of another size, brighter or darker. */
async function crop(
  name: string,
  [x, y, width, height]: readonly [number, number, number, number],
  { size = 120, filter = 'none' } = {},
): Promise<Fingerprint> {
  const response = await fetch(`/test/fixtures/${name}`);
  const picture = await createImageBitmap(await response.blob());
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no context');
  context.filter = filter;
  context.drawImage(picture, x, y, width, height, 0, 0, size, size);
  picture.close();
  return fingerprint(context.getImageData(0, 0, size, size).data, size, size);
}

const look = (it: Fingerprint) => ({ fingerprint: it });

describe('fingerprint', () => {
  it('is nearly the same for the same crop in another light, size or place by a hair', async () => {
    const face = await crop('chelsea.jpg', [120, 60, 200, 200]);
    const others = [
      await crop('chelsea.jpg', [120, 60, 200, 200], { size: 64 }),
      await crop('chelsea.jpg', [120, 60, 200, 200], { filter: 'brightness(1.2)' }),
      await crop('chelsea.jpg', [121, 61, 200, 200], { filter: 'contrast(0.8)' }),
    ];
    for (const other of others) {
      expect(fingerprintDistance(face, other)).to.be.at.most(6);
      expect(isNearDuplicate(look(face), look(other))).to.equal(true);
    }
  });

  it('differs for another part of the object, and for other objects', async () => {
    const crops = [
      await crop('chelsea.jpg', [120, 60, 200, 200]),
      await crop('chelsea.jpg', [180, 90, 200, 200]),
      await crop('coffee.jpg', [150, 60, 260, 260]),
      await crop('astronaut.jpg', [100, 0, 260, 260]),
    ];
    crops.forEach((a, index) => {
      for (const b of crops.slice(index + 1)) {
        expect(isNearDuplicate(look(a), look(b))).to.equal(false);
      }
    });
  });

  it('takes pictures of any size', () => {
    for (const [width, height] of [
      [1, 1],
      [3, 200],
      [9, 8],
    ] as const) {
      const [high, low] = fingerprint(new Uint8ClampedArray(width * height * 4), width, height);
      expect([high, low]).to.deep.equal([0, 0]);
    }
  });

  it('has a distance that counts bits', () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        const bits = (x: number, y: number) =>
          (BigInt(x) ^ BigInt(y)).toString(2).replaceAll('0', '').length;
        expect(fingerprintDistance([a, b], [c, d])).to.equal(bits(a, c) + bits(b, d));
      }),
    );
  });
});

describe('cosineSimilarity', () => {
  it('is that of the angle, whatever the lengths', () => {
    expect(cosineSimilarity([1, 0], [0, 3])).to.equal(0);
    expect(cosineSimilarity([1, 1], [5, 5])).to.be.closeTo(1, 1e-12);
    expect(cosineSimilarity([1, 0], [-2, 0])).to.equal(-1);
    expect(cosineSimilarity([0, 0], [1, 1])).to.equal(0);
  });

  it('decides where both have features', () => {
    const same: Fingerprint = [1, 2];
    const a = { fingerprint: same, features: [1, 0] };
    expect(isNearDuplicate(a, { fingerprint: same, features: [0, 1] })).to.equal(false);
    expect(isNearDuplicate(a, { fingerprint: [0xffff, 7], features: [2, 0.01] })).to.equal(true);
    expect(isNearDuplicate(a, { fingerprint: same })).to.equal(true);
  });
});
