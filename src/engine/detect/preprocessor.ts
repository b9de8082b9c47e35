import type { Tensor4D } from '@tensorflow/tfjs-core';
import { SightlineError } from '../../domain/errors.js';
import { wholeRegion } from '../../domain/tiles.js';
import type { BBox, Size } from '../../domain/geometry.js';
import type { FrameData } from '../../protocol/index.js';

/** Turns a picture into the network's input on the current backend. */
export interface Preprocessor {
  /**
   * @param frame Stays the caller's, who closes it only after the promise settled.
   * @param region The part of it to take, in whole pixels of the upright picture and
   *   inside it; the whole when absent. Gives what a picture cropped to it would give.
   * @returns A tensor of the model's input shape, the caller's to dispose.
   */
  prepare(frame: FrameData, region?: BBox): Promise<Tensor4D>;
  dispose(): void;
}

/** Pixels of the upright picture. */
export function frameSize(frame: FrameData): Size {
  return 'displayWidth' in frame
    ? { width: frame.displayWidth, height: frame.displayHeight }
    : { width: frame.width, height: frame.height };
}

/**
 * A bitmap of a region, at most `longestSide` long; the picture itself where it
 * is just that. Whoever asks closes it unless it is the picture.
 */
export async function regionBitmap(
  frame: FrameData,
  region: BBox | undefined,
  longestSide: number,
): Promise<ImageBitmap> {
  const whole = wholeRegion(frameSize(frame));
  const [x, y, width, height] = region ?? whole;
  const target = readingSize({ width, height }, longestSide);
  const isWhole = width === whole[2] && height === whole[3];
  if (target.width === width && target.height === height) {
    if (!isWhole) return createImageBitmap(frame, x, y, width, height);
    return frame instanceof ImageBitmap ? frame : createImageBitmap(frame);
  }
  const options = {
    resizeWidth: target.width,
    resizeHeight: target.height,
    resizeQuality: 'low',
  } as const;
  return isWhole
    ? createImageBitmap(frame, options)
    : createImageBitmap(frame, x, y, width, height, options);
}

/**
 * The size to read pixels at: larger pictures are first scaled down (smoothly,
 * by the browser), because reading millions of pixels to sample 300×300 of
 * them buys nothing.
 */
export function readingSize(size: Size, longestSide: number): Size {
  const factor = Math.min(1, longestSide / Math.max(size.width, size.height));
  return {
    width: Math.max(1, Math.round(size.width * factor)),
    height: Math.max(1, Math.round(size.height * factor)),
  };
}

/**
 * To be asked after every wait: a device can be lost meanwhile, and by then
 * another backend may be TensorFlow.js's current one, where work meant for
 * the lost one must never go.
 *
 * @throws SightlineError `device-lost` once the runtime has been disposed.
 */
export function assertAlive(disposed: boolean): void {
  if (disposed) throw new SightlineError('device-lost', 'the device went in the middle of a frame');
}
