import { expect } from 'chai';
import fc from 'fast-check';
import { IMAGE_MEDIA_TYPES } from '../../../src/domain/file-format.js';
import type { ImageFormat } from '../../../src/domain/file-format.js';
import { statedSize } from '../../../src/domain/picture-header.js';
import { canvasFile } from '../../support/files.js';

async function encoded(format: 'png' | 'jpeg' | 'webp', width: number, height: number) {
  const file = await canvasFile(width, height, IMAGE_MEDIA_TYPES[format]);
  return new Uint8Array(await file.arrayBuffer());
}

/** A header with 32-bit numbers in it, little-endian unless said otherwise. */
function header(length: number, values: Record<number, number>, bigEndian = false): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  for (const [at, value] of Object.entries(values)) view.setUint32(Number(at), value, !bigEndian);
  return new Uint8Array(view.buffer);
}

describe('statedSize', () => {
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    it(`reads a ${format} that the browser has encoded`, async () => {
      expect(statedSize(format, await encoded(format, 123, 45))).to.deep.equal({
        width: 123,
        height: 45,
      });
    });
  }

  it('reads a JPEG past its metadata, and padding before a marker', async () => {
    const jpeg = await encoded('jpeg', 31, 17);
    const app = [0xff, 0xe1, 0x10, 0x02, ...new Uint8Array(0x1000)];
    const padded = [0xff, 0xd8, ...app, 0xff, 0xff, ...jpeg.subarray(2)];
    expect(statedSize('jpeg', Uint8Array.from(padded))).to.deep.equal({ width: 31, height: 17 });
  });

  it('reads a photograph from a camera', async () => {
    const response = await fetch('/test/fixtures/coffee.jpg');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const bitmap = await createImageBitmap(new Blob([bytes]));
    expect(statedSize('jpeg', bytes)).to.include({ width: bitmap.width, height: bitmap.height });
    bitmap.close();
  });

  it('reads a GIF', async () => {
    const response = await fetch('/test/fixtures/media/animated.gif');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(statedSize('gif', bytes)).to.deep.equal({ width: 16, height: 12 });
  });

  it('reads a WebP with extended or lossless header', () => {
    const extended = header(30, { 24: 99, 26: 199 << 8 });
    extended.set([0x56, 0x50, 0x38, 0x58], 12);
    expect(statedSize('webp', extended)).to.deep.equal({ width: 100, height: 200 });
    const lossless = header(30, { 21: 99 | (199 << 14) });
    lossless.set([0x56, 0x50, 0x38, 0x4c], 12);
    expect(statedSize('webp', lossless)).to.deep.equal({ width: 100, height: 200 });
  });

  it('reads a BMP, also one that is stored top first, and one of OS/2', () => {
    expect(statedSize('bmp', header(54, { 14: 40, 18: 640, 22: -480 }))).to.deep.equal({
      width: 640,
      height: 480,
    });
    expect(statedSize('bmp', header(26, { 14: 12, 18: 640 | (480 << 16) }))).to.deep.equal({
      width: 640,
      height: 480,
    });
  });

  it('reads the whole of an AVIF that consists of tiles', () => {
    const ispe = 0x69737065;
    const tiled = header(80, { 4: ispe, 12: 512, 16: 512, 40: ispe, 48: 4000, 52: 3000 }, true);
    expect(statedSize('avif', tiled)).to.deep.equal({ width: 4000, height: 3000 });
  });

  it('reports an empty picture as it is stated', () => {
    const png = header(24, { 16: 0, 20: 0 }, true);
    expect(statedSize('png', png)).to.deep.equal({ width: 0, height: 0 });
  });

  it('does not guess from a header that is cut off', async () => {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      const bytes = await encoded(format, 20, 20);
      expect(statedSize(format, bytes.subarray(0, 12))).to.equal(undefined);
    }
  });

  it('takes any bytes without a fault', () => {
    const formats = Object.keys(IMAGE_MEDIA_TYPES) as ImageFormat[];
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        fc.uint8Array({ maxLength: 80 }),
        (format, bytes) => {
          statedSize(format, bytes);
        },
      ),
      { numRuns: 500 },
    );
  });
});
