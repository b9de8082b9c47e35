/**
 * What a file is, told by its first bytes: names and declared types lie, and
 * files that are pasted or dropped often have neither.
 */
export type ImageFormat =
  'jpeg' | 'png' | 'gif' | 'webp' | 'bmp' | 'avif' | 'heic' | 'tiff' | 'jxl';
export type VideoFormat = 'mp4' | 'webm' | 'ogg';

export type FileFormat =
  | { readonly family: 'image'; readonly format: ImageFormat }
  | { readonly family: 'video'; readonly format: VideoFormat };

/** How many bytes `fileFormat` looks at. */
export const SIGNATURE_BYTES = 64;

/** The registered media type of each picture format. */
export const IMAGE_MEDIA_TYPES: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  avif: 'image/avif',
  heic: 'image/heic',
  tiff: 'image/tiff',
  jxl: 'image/jxl',
};

/**
 * Formats that only some browsers read: where decoding fails, the browser is
 * to blame and not the file.
 */
const RARELY_SUPPORTED: readonly ImageFormat[] = ['heic', 'tiff', 'jxl'];

/** Whether every current browser reads this picture format. */
export function isReadEverywhere(format: ImageFormat): boolean {
  return !RARELY_SUPPORTED.includes(format);
}

/**
 * The format of a file.
 *
 * @param head The first `SIGNATURE_BYTES` of the file, or all of a shorter one.
 * @returns `undefined` for everything that is neither a known raster picture
 *   nor a known video container (SVG, text, archives, …).
 */
export function fileFormat(head: Uint8Array): FileFormat | undefined {
  const image = imageFormat(head);
  if (image !== undefined) return { family: 'image', format: image };
  const video = videoFormat(head);
  if (video !== undefined) return { family: 'video', format: video };
  return undefined;
}

function imageFormat(head: Uint8Array): ImageFormat | undefined {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (ascii(head, 0, 6) === 'GIF87a' || ascii(head, 0, 6) === 'GIF89a') return 'gif';
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WEBP') return 'webp';
  if (isBitmap(head)) return 'bmp';
  if (ascii(head, 0, 4) === 'II*\0' || ascii(head, 0, 4) === 'MM\0*') return 'tiff';
  if (startsWith(head, [0xff, 0x0a]) || ascii(head, 4, 8) === 'JXL \r\n\x87\n') return 'jxl';
  const brands = isoBrands(head);
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  if (brands.some((brand) => /^(hei[cmsx]|hev[cx]|mif1|msf1)$/.test(brand))) return 'heic';
  return undefined;
}

function videoFormat(head: Uint8Array): VideoFormat | undefined {
  if (startsWith(head, [0x1a, 0x45, 0xdf, 0xa3])) return 'webm';
  if (ascii(head, 0, 4) === 'OggS') return 'ogg';
  // Early QuickTime files have no `ftyp` and begin with any top-level atom.
  const atom = ascii(head, 4, 4);
  return ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].includes(atom)
    ? 'mp4'
    : undefined;
}

/** "BM" alone is two letters of text; the size of the header that follows makes sure. */
function isBitmap(head: Uint8Array): boolean {
  return (
    ascii(head, 0, 2) === 'BM' &&
    [12, 40, 52, 56, 64, 108, 124].includes(head[14] ?? 0) &&
    head[15] === 0
  );
}

/** Major and compatible brands of an ISO base media file; empty for anything else. */
function isoBrands(head: Uint8Array): string[] {
  if (head.length < 12 || ascii(head, 4, 4) !== 'ftyp') return [];
  const boxEnd = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  const end = Math.min(boxEnd, head.length);
  const brands = [ascii(head, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(head, at, 4));
  return brands;
}

function startsWith(head: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => head[index] === byte);
}

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
