/** Pixels of its side: it is stretched over what it masks. */
const SIDE = 96;

let mask: OffscreenCanvas | undefined;

/**
 * A square that is opaque in its middle and fades out towards its edges, to be stretched over a
 * region with `destination-in`.
 *
 * @param feather Part of its side in which it fades, on each side; always the same.
 */
export function softMask(feather: number): OffscreenCanvas {
  if (mask !== undefined) return mask;
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('there is no 2D canvas');
  const pixels = context.createImageData(SIDE, SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const alpha = rise(x, feather) * rise(y, feather);
      pixels.data[(y * SIDE + x) * 4 + 3] = Math.round(255 * alpha);
    }
  }
  context.putImageData(pixels, 0, 0);
  mask = canvas;
  return mask;
}

/** Smoothly from 0 at an edge to 1 at `feather` from it. */
function rise(at: number, feather: number): number {
  const fromEdge = Math.min(at + 0.5, SIDE - at - 0.5) / SIDE;
  const part = Math.min(1, fromEdge / feather);
  return part * part * (3 - 2 * part);
}
