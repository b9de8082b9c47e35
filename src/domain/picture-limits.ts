import { SightlineError } from './errors.js';

/** Longest side that is taken, in pixels: the largest texture and canvas of common devices. */
export const MAX_PICTURE_SIDE = 16_384;
/** Most pixels that are taken: 100 megapixels are 400 MB once decoded. */
export const MAX_PICTURE_PIXELS = 100_000_000;

/**
 * Refuses a picture that cannot be looked at.
 *
 * @throws SightlineError `picture-empty` without pixels, `picture-too-large`
 *   beyond `MAX_PICTURE_SIDE` or `MAX_PICTURE_PIXELS`.
 */
export function assertPictureSize(size: { readonly width: number; readonly height: number }): void {
  const { width, height } = size;
  const detail = `${width} × ${height}`;
  if (width <= 0 || height <= 0) throw new SightlineError('picture-empty', detail);
  if (Math.max(width, height) > MAX_PICTURE_SIDE || width * height > MAX_PICTURE_PIXELS) {
    throw new SightlineError('picture-too-large', detail);
  }
}
