import { SightlineError } from '../domain/errors.js';
import {
  fileFormat,
  IMAGE_MEDIA_TYPES,
  isReadEverywhere,
  SIGNATURE_BYTES,
} from '../domain/file-format.js';
import type { FileFormat, ImageFormat } from '../domain/file-format.js';
import { HEADER_BYTES, statedSize } from '../domain/picture-header.js';
import { assertPictureSize } from '../domain/picture-limits.js';
import { abortable } from './abort.js';

/**
 * What a file is, by its content.
 *
 * @throws SightlineError `unsupported-file` for anything but a raster picture or a video.
 */
export async function sniff(file: Blob): Promise<FileFormat> {
  const format = fileFormat(await firstBytes(file, SIGNATURE_BYTES));
  if (format === undefined) throw new SightlineError('unsupported-file', file.type);
  return format;
}

/**
 * Decodes a picture, turned upright as its EXIF data ask. Of an animated one,
 * the first image.
 *
 * @returns The caller closes it.
 * @throws SightlineError `picture-empty`, `picture-too-large`,
 *   `corrupt-image`, `unsupported-file` or `aborted`.
 */
export async function decodeImage(
  file: Blob,
  format: ImageFormat,
  signal?: AbortSignal,
): Promise<ImageBitmap> {
  await assertStatedSize(file, format);
  let bitmap: ImageBitmap;
  try {
    // Retyped, because a wrong declared type misleads some decoders.
    const typed = file.slice(0, file.size, IMAGE_MEDIA_TYPES[format]);
    bitmap = await abortable(
      createImageBitmap(typed, { imageOrientation: 'from-image' }),
      signal,
      (late) => {
        late.close();
      },
    );
  } catch (thrown) {
    throw toDecodeError(thrown, format);
  }
  try {
    assertPictureSize(bitmap);
  } catch (thrown) {
    bitmap.close();
    throw thrown;
  }
  return bitmap;
}

/**
 * Refuses a picture for the size that its header states, before any memory is
 * spent on it.
 *
 * @throws SightlineError `picture-empty` or `picture-too-large`.
 */
export async function assertStatedSize(file: Blob, format: ImageFormat): Promise<void> {
  const size = statedSize(format, await firstBytes(file, HEADER_BYTES));
  if (size !== undefined) assertPictureSize(size);
}

/** Why a picture could not be decoded; not every browser reads every format. */
export function toDecodeError(thrown: unknown, format: ImageFormat): SightlineError {
  if (thrown instanceof SightlineError) return thrown;
  const code = isReadEverywhere(format) ? 'corrupt-image' : 'unsupported-file';
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new SightlineError(code, `${format}: ${detail}`, { cause: thrown });
}

async function firstBytes(file: Blob, count: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, count).arrayBuffer());
  } catch (thrown) {
    // The file was moved or deleted after it was chosen.
    throw new SightlineError('unsupported-file', String(thrown), { cause: thrown });
  }
}
