import { add, browser, image, mul, reshape, tidy, type Tensor3D } from '@tensorflow/tfjs-core';
import type { ModelInput } from '../../domain/model-manifest.js';
import { assertAlive, regionBitmap, type Preprocessor } from './preprocessor.js';

/** Larger pictures are scaled down on their way to the texture. */
const LONGEST_SIDE = 1280;

/** Picture to texture without a detour over the CPU, resized and normalised there. */
export function createWebglPreprocessor(input: ModelInput): Preprocessor {
  const [, height, width] = input.shape;
  let disposed = false;
  return {
    prepare: async (frame, region) => {
      // tfjs 4.22 reads no VideoFrame, and no picture larger than a texture.
      const bitmap = await regionBitmap(frame, region, LONGEST_SIDE);
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
