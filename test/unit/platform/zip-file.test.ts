import { expect } from 'chai';
import { toFloat16 } from '../../../src/domain/float16.js';
import { randomNumbers } from '../../../src/domain/random.js';
import { packZip, unpackZip } from '../../../src/platform/zip-file.js';

const LIMITS = { bytes: 1e7, fileBytes: 1e7, files: 100 };

describe('packZip and unpackZip', function () {
  this.timeout(60_000);

  it('give back every file of weights, whatever its numbers are', async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = randomNumbers(seed);
      const weights = Float32Array.from({ length: 16_444 }, () =>
        random.uniform() < 0.4 ? 0 : 0.2 * (random.uniform() - 0.5),
      );
      const bytes = new Uint8Array(toFloat16(weights).slice().buffer);
      const files = [
        { path: 'weights.bin', bytes },
        { path: 'as it is.jpg', bytes },
      ];
      const zip = await packZip(files, (path) => path.endsWith('.jpg'));
      const found = await unpackZip(zip, LIMITS, () => 'take');
      for (const { path } of files) {
        expect(found.get(path)?.every((byte, at) => byte === bytes[at])).to.equal(true);
        expect(found.get(path)).to.have.length(bytes.length);
      }
      expect(zip.size).to.be.below(1.9 * bytes.length);
    }
  });
});
