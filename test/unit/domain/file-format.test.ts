import { expect } from 'chai';
import fc from 'fast-check';
import { fileFormat, isReadEverywhere, SIGNATURE_BYTES } from '../../../src/domain/file-format.js';

/** Bytes from text (Latin-1) and numbers. */
function bytes(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : Array.from(part, (letter) => letter.charCodeAt(0)),
    ),
  );
}

const zeros = '\0\0\0\0';

describe('fileFormat', () => {
  const known: [name: string, head: Uint8Array, expected: string][] = [
    ['JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
    ['PNG', bytes(0x89, 'PNG\r\n\x1a\n'), 'image/png'],
    ['GIF of 1987', bytes('GIF87a'), 'image/gif'],
    ['GIF of 1989', bytes('GIF89a'), 'image/gif'],
    ['WebP', bytes('RIFF', zeros, 'WEBPVP8 '), 'image/webp'],
    ['BMP', bytes('BM', zeros, zeros, zeros, 40, 0, 0, 0), 'image/bmp'],
    ['AVIF', bytes(0, 0, 0, 28, 'ftypavif', zeros, 'mif1miaf'), 'image/avif'],
    ['AVIF by a compatible brand', bytes(0, 0, 0, 24, 'ftypmif1', zeros, 'mif1avif'), 'image/avif'],
    ['HEIC', bytes(0, 0, 0, 24, 'ftypheic', zeros, 'mif1heic'), 'image/heic'],
    ['TIFF', bytes('II*\0'), 'image/tiff'],
    ['big-endian TIFF', bytes('MM\0*'), 'image/tiff'],
    ['JPEG XL', bytes(0xff, 0x0a), 'image/jxl'],
    ['JPEG XL in a box', bytes(0, 0, 0, 12, 'JXL \r\n\x87\n'), 'image/jxl'],
    ['MP4', bytes(0, 0, 0, 24, 'ftypisom', zeros, 'isomavc1'), 'video/mp4'],
    ['QuickTime', bytes(0, 0, 0, 20, 'ftypqt  ', zeros), 'video/mp4'],
    ['early QuickTime', bytes(0, 0, 1, 0, 'moov'), 'video/mp4'],
    ['WebM', bytes(0x1a, 0x45, 0xdf, 0xa3), 'video/webm'],
    ['Ogg', bytes('OggS'), 'video/ogg'],
  ];
  for (const [name, head, expected] of known) {
    it(`knows ${name}`, () => {
      const found = fileFormat(head);
      expect(`${found?.family ?? ''}/${found?.format ?? ''}`).to.equal(expected);
    });
  }

  const unknown: [name: string, head: Uint8Array][] = [
    ['an empty file', bytes()],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['text', bytes('BMW is a car maker, not a bitmap')],
    ['a sound in RIFF', bytes('RIFF', zeros, 'WAVEfmt ')],
    ['a PDF', bytes('%PDF-1.7')],
    ['a ZIP', bytes('PK\x03\x04')],
  ];
  for (const [name, head] of unknown) {
    it(`does not know ${name}`, () => {
      expect(fileFormat(head)).to.equal(undefined);
    });
  }

  it('takes any bytes without a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: SIGNATURE_BYTES }), (head) => {
        fileFormat(head);
      }),
    );
  });
});

describe('isReadEverywhere', () => {
  it('tells the formats of every browser from the rare ones', () => {
    expect(isReadEverywhere('png')).to.equal(true);
    expect(isReadEverywhere('heic')).to.equal(false);
  });
});
