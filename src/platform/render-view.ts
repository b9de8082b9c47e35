import { relight, type View } from '../domain/detector-head/views.js';
import { SightlineError } from '../domain/errors.js';

/** Twice the network's input: beyond that the eye of the network sees no difference. */
const LONGEST_SIDE = 640;

/** What is beyond the edges of a picture. */
const BEYOND = 'rgb(128, 128, 128)';

/**
 * A view of a picture as a picture of its own.
 *
 * @param picture Stays the caller's.
 * @returns The caller's to close or to hand on.
 * @throws SightlineError `internal` where the browser has no canvas to spare.
 */
export function renderView(picture: ImageBitmap, view: View): ImageBitmap {
  const [left, top, width, height] = view.region;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (context === null) throw new SightlineError('internal', 'no 2D canvas');
  context.fillStyle = BEYOND;
  context.fillRect(0, 0, canvas.width, canvas.height);
  if (view.mirrored) context.setTransform(-1, 0, 0, 1, canvas.width, 0);
  context.drawImage(
    picture,
    (-left * canvas.width) / width,
    (-top * canvas.height) / height,
    (picture.width * canvas.width) / width,
    (picture.height * canvas.height) / height,
  );
  if (view.contrast !== 1 || view.gains.some((gain) => gain !== 1)) {
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    relight(pixels.data, view);
    context.putImageData(pixels, 0, 0);
  }
  return canvas.transferToImageBitmap();
}
