import type { ImageFormat } from './file-format.js';

/**
 * How many bytes of a picture are worth reading for its dimensions. A JPEG's
 * come after its colour profile, thumbnail and maker notes.
 */
export const HEADER_BYTES = 1 << 20;

/** Width and height as a header states them, before any rotation; may be 0. */
export interface StatedSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Dimensions of a picture without decoding it, so that a picture that would
 * not fit in memory is refused before it does harm.
 *
 * @param head The first `HEADER_BYTES` of the file, or all of a shorter one.
 * @returns `undefined` where the header does not (yet) tell, which is no fault.
 */
export function statedSize(format: ImageFormat, head: Uint8Array): StatedSize | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  switch (format) {
    case 'png':
      return view.byteLength < 24
        ? undefined
        : { width: view.getUint32(16), height: view.getUint32(20) };
    case 'gif':
      return view.byteLength < 10
        ? undefined
        : { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case 'bmp':
      return bitmapSize(view);
    case 'webp':
      return webpSize(view);
    case 'jpeg':
      return jpegSize(view);
    case 'avif':
    case 'heic':
      return isoSize(view);
    case 'tiff':
    case 'jxl':
      return undefined;
  }
}

function bitmapSize(view: DataView): StatedSize | undefined {
  if (view.byteLength < 26) return undefined;
  if (view.getUint32(14, true) === 12) {
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  }
  // A negative height means that the rows are stored top first.
  return {
    width: Math.abs(view.getInt32(18, true)),
    height: Math.abs(view.getInt32(22, true)),
  };
}

const WEBP_LOSSY = 0x56503820; // "VP8 "
const WEBP_LOSSLESS = 0x5650384c; // "VP8L"
const WEBP_EXTENDED = 0x56503858; // "VP8X"

function webpSize(view: DataView): StatedSize | undefined {
  if (view.byteLength < 30) return undefined;
  switch (view.getUint32(12)) {
    case WEBP_EXTENDED:
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    case WEBP_LOSSLESS: {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case WEBP_LOSSY:
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    default:
      return undefined;
  }
}

/** Walks the segments to the start of frame. */
function jpegSize(view: DataView): StatedSize | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    // Any number of 0xff may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isStartOfFrame(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function isStartOfFrame(marker: number): boolean {
  const isTable = marker === 0xc4 || marker === 0xc8 || marker === 0xcc;
  return marker >= 0xc0 && marker <= 0xcf && !isTable;
}

const IMAGE_SPATIAL_EXTENTS = 0x69737065; // "ispe"

/**
 * The largest image of an AVIF or HEIC file. A large one is a grid of tiles,
 * each with an extent of its own, so the largest extent is the whole.
 */
function isoSize(view: DataView): StatedSize | undefined {
  let largest: StatedSize | undefined;
  for (let at = 0; at + 16 <= view.byteLength; at++) {
    if (view.getUint8(at) !== 0x69 || view.getUint32(at) !== IMAGE_SPATIAL_EXTENTS) continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === undefined || size.width * size.height > largest.width * largest.height) {
      largest = size;
    }
  }
  return largest;
}
