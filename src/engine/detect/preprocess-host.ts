import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { legacyBilinear } from '../../domain/legacy-resize.js';
import type { ModelInput } from '../../domain/model-manifest.js';
import { wholeRegion } from '../../domain/tiles.js';
import type { BBox, Size } from '../../domain/geometry.js';
import { SightlineError } from '../../domain/errors.js';
import type { FrameData } from '../../protocol/index.js';
import { frameSize, readingSize, type Preprocessor } from './preprocessor.js';

/** Twice the network's input: beyond that the eye of the network sees no difference. */
const LONGEST_SIDE = 640;

/**
 * Pixels by way of a 2D canvas, resized on the CPU, for backends whose
 * tensors lie in ordinary memory.
 */
export function createHostPreprocessor(input: ModelInput): Preprocessor {
  const [, height, width] = input.shape;
  const canvas = new OffscreenCanvas(1, 1);
  // Without this hint the canvas lives on the GPU and every read waits for it.
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (!context) throw new SightlineError('backend-failed', 'no 2D canvas');
  const values = new Float32Array(height * width * 3);
  /** Of the frame that was read last, where its pixels are taken as they are. */
  let known: { readonly frame: FrameData; readonly pixels: ImageData } | undefined;
  const draw = (frame: FrameData, [x, y, partWidth, partHeight]: BBox, size: Size): ImageData => {
    if (canvas.width !== size.width) canvas.width = size.width;
    if (canvas.height !== size.height) canvas.height = size.height;
    context.drawImage(frame, x, y, partWidth, partHeight, 0, 0, size.width, size.height);
    return context.getImageData(0, 0, size.width, size.height);
  };
  /** Pixels of a region, and where in them it lies. */
  const pixelsOf = (frame: FrameData, region: BBox): [ImageData, BBox] => {
    const whole = frameSize(frame);
    if (Math.max(whole.width, whole.height) > LONGEST_SIDE) {
      known = undefined;
      const size = readingSize({ width: region[2], height: region[3] }, LONGEST_SIDE);
      return [draw(frame, region, size), wholeRegion(size)];
    }
    // Tiles of one frame follow each other, and reading takes as long as resizing.
    if (known?.frame !== frame) known = { frame, pixels: draw(frame, wholeRegion(whole), whole) };
    return [known.pixels, region];
  };
  const read = (frame: FrameData, region: BBox): Tensor4D => {
    const [pixels, part] = pixelsOf(frame, region);
    const { scale, offset } = input;
    legacyBilinear(pixels, width, height, scale, offset, values, part);
    // The CPU backend keeps the array that it is given, so each tensor needs its own.
    return tensor4d(values.slice(), [...input.shape]);
  };
  return {
    prepare: (frame, region = wholeRegion(frameSize(frame))) =>
      new Promise((resolve) => {
        resolve(read(frame, region));
      }),
    dispose: () => {
      known = undefined;
    },
  };
}
