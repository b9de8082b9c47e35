import { add, browser, image, mul, reshape, tidy, type Tensor3D } from '@tensorflow/tfjs-core';
import type { ModelInput } from '../../domain/model-manifest.js';
import type { FrameData } from '../../protocol/index.js';
import { assertAlive, frameSize, readingSize, type Preprocessor } from './preprocessor.js';

/** Larger pictures are scaled down on their way to the texture. */
const LONGEST_SIDE = 1280;

/** Picture to texture without a detour over the CPU, resized and normalised there. */
export function createWebglPreprocessor(input: ModelInput): Preprocessor {
  const [, height, width] = input.shape;
  let disposed = false;
  return {
    prepare: async (frame) => {
      const bitmap = await toBitmap(frame);
      try {
        assertAlive(disposed);
        return tidy(() => {
          const pixels: Tensor3D = browser.fromPixels(bitmap, 3);
          // Half-pixel centres off: the resize that the network was trained behind.
          const resized = image.resizeBilinear(pixels, [height, width], false, false);
          const normalised = add(mul(resized, input.scale), input.offset);
          return reshape(normalised, [...input.shape]);
        });
      } finally {
        if (bitmap !== frame) bitmap.close();
      }
    },
    dispose: () => {
      disposed = true;
    },
  };
}

/** tfjs 4.22 reads no VideoFrame, and no picture larger than a texture. */
async function toBitmap(frame: FrameData): Promise<ImageBitmap> {
  const size = frameSize(frame);
  const target = readingSize(size, LONGEST_SIDE);
  if (target.width === size.width && frame instanceof ImageBitmap) return frame;
  if (target.width === size.width) return createImageBitmap(frame);
  return createImageBitmap(frame, {
    resizeWidth: target.width,
    resizeHeight: target.height,
    resizeQuality: 'low',
  });
}
