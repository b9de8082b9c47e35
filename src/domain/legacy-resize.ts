import type { BBox } from './geometry.js';

/** A picture in memory; an `ImageData` is one. */
export interface Pixels {
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * The bilinear resize of TensorFlow 1 that coco-ssd was trained behind:
 * `align_corners = false` *without* half-pixel centres, so output pixel `o`
 * samples the input at `o * in / out`. Kept because parity with the original
 * network depends on it.
 *
 * @param source Pixels, 4 bytes each, row by row; alpha is ignored.
 * @param scale A resized channel value p in 0..255 becomes `p * scale + offset`.
 * @param out Where to write; allocated when absent. `outHeight * outWidth * 3`
 *   values, RGB interleaved (NHWC with N = 1).
 * @param region The part of the picture to resize, in whole pixels inside it; all of it when absent.
 * @returns `out`.
 */
export function legacyBilinear(
  source: Pixels,
  outWidth: number,
  outHeight: number,
  scale: number,
  offset: number,
  out: Float32Array = new Float32Array(outWidth * outHeight * 3),
  [x, y, width, height]: BBox = [0, 0, source.width, source.height],
): Float32Array {
  const rgba = source.data;
  const stride = source.width * 4;
  const columns = axisSamples(x, width, outWidth, 4);
  const rows = axisSamples(y, height, outHeight, stride);
  let position = 0;
  for (let row = 0; row < outHeight; row++) {
    const top = rows.lower[row] ?? 0;
    const bottom = rows.upper[row] ?? 0;
    const down = rows.fraction[row] ?? 0;
    for (let column = 0; column < outWidth; column++) {
      const left = columns.lower[column] ?? 0;
      const right = columns.upper[column] ?? 0;
      const across = columns.fraction[column] ?? 0;
      const topLeft = top + left;
      const topRight = top + right;
      const bottomLeft = bottom + left;
      const bottomRight = bottom + right;
      for (let channel = 0; channel < 3; channel++) {
        const a = rgba[topLeft + channel] ?? 0;
        const b = rgba[topRight + channel] ?? 0;
        const c = rgba[bottomLeft + channel] ?? 0;
        const d = rgba[bottomRight + channel] ?? 0;
        const upper = a + (b - a) * across;
        const lower = c + (d - c) * across;
        out[position++] = (upper + (lower - upper) * down) * scale + offset;
      }
    }
  }
  return out;
}

interface AxisSamples {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly fraction: Float32Array;
}

function axisSamples(start: number, input: number, output: number, stride: number): AxisSamples {
  const lower = new Int32Array(output);
  const upper = new Int32Array(output);
  const fraction = new Float32Array(output);
  // In float32, as TensorFlow computes it: the fraction loses digits that way, and parity wants them lost.
  const step = Math.fround(input / output);
  for (let index = 0; index < output; index++) {
    const position = Math.fround(index * step);
    const floor = Math.floor(position);
    lower[index] = (start + Math.min(floor, input - 1)) * stride;
    upper[index] = (start + Math.min(floor + 1, input - 1)) * stride;
    fraction[index] = position - floor;
  }
  return { lower, upper, fraction };
}
