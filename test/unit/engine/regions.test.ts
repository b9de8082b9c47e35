import { expect } from 'chai';
import type { ModelInput } from '../../../src/domain/model-manifest.js';
import type { BBox } from '../../../src/domain/geometry.js';
import { tileRegions } from '../../../src/domain/tiles.js';
import { openBackend } from '../../../src/engine/backend/open-backend.js';
import { createPreprocessor } from '../../../src/engine/detect/create-preprocessor.js';
import type { Preprocessor } from '../../../src/engine/detect/preprocessor.js';
import type { FrameData } from '../../../src/protocol/index.js';
import { LITERT_URL, photograph, WASM_URL } from '../../support/engine-fixtures.js';

const INPUT: ModelInput = {
  name: 'image',
  shape: [1, 300, 300, 3],
  scale: 2 / 255,
  offset: -1,
  resize: 'stretch-legacy-bilinear',
};

/** A photograph drawn to a size, so that no decoder or scaler differs between whole and crop. */
async function picture(width: number, height: number): Promise<ImageBitmap> {
  const source = await photograph('astronaut');
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(source, 0, 0, width, height);
  source.close();
  return canvas.transferToImageBitmap();
}

async function values(
  preprocessor: Preprocessor,
  frame: FrameData,
  region?: BBox,
): Promise<Float32Array> {
  const tensor = await preprocessor.prepare(frame, region);
  try {
    // The WebGPU preprocessor writes the next input to the same buffer.
    return (await tensor.data<'float32'>()).slice();
  } finally {
    tensor.dispose();
  }
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).to.equal(b.length);
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? NaN))), 0);
}

describe('A region of a picture as input', function () {
  this.timeout(120_000);

  for (const name of ['wasm', 'webgl', 'webgpu'] as const) {
    describe(`on ${name}`, () => {
      let preprocessor: Preprocessor;
      let release: () => void;

      before(async () => {
        const backend = await openBackend(
          name,
          { wasmUrl: WASM_URL, liteRtUrl: LITERT_URL, allowSoftware: true },
          false,
        );
        preprocessor = await createPreprocessor(INPUT, backend);
        release = () => {
          preprocessor.dispose();
          backend.dispose();
        };
      });

      after(() => {
        release();
      });

      /** Largest difference to the picture cropped beforehand, over some regions. */
      async function compare(
        frame: FrameData,
        bitmap: ImageBitmap,
        regions: readonly BBox[],
      ): Promise<number> {
        let most = 0;
        for (const region of regions) {
          const crop = await createImageBitmap(bitmap, ...region);
          const expected = await values(preprocessor, crop);
          crop.close();
          most = Math.max(
            most,
            largestDifference(await values(preprocessor, frame, region), expected),
          );
        }
        return most;
      }

      it('is what the cropped picture gives', async () => {
        for (const [width, height] of [
          [640, 480],
          [451, 301],
          [900, 120],
        ] as const) {
          const bitmap = await picture(width, height);
          const regions: BBox[] = [
            ...tileRegions(bitmap, { width: 300, height: 300 }),
            [0, 0, width, height],
            [width - 1, height - 1, 1, 1],
            [0, height - 7, width, 7],
          ];
          expect(await compare(bitmap, bitmap, regions), `${width} × ${height}`).to.be.below(1e-5);
          bitmap.close();
        }
      });

      it('is so in video frames as well', async () => {
        const bitmap = await picture(640, 480);
        const frame = new VideoFrame(bitmap, { timestamp: 0 });
        const regions: BBox[] = [
          [256, 192, 384, 288],
          [0, 192, 384, 288],
          [639, 479, 1, 1],
        ];
        expect(await compare(frame, bitmap, regions)).to.be.below(1e-5);
        frame.close();
        bitmap.close();
      });

      it('keeps the details of a large picture that the whole loses', async () => {
        const bitmap = await picture(3000, 2000);
        const [region] = tileRegions(bitmap, { width: 300, height: 300 });
        if (region === undefined) throw new Error('no tiles');
        // Both are scaled down by the browser first, which may round pixels its own way.
        expect(await compare(bitmap, bitmap, [region])).to.be.below(0.05);
        bitmap.close();
      });

      it('fails on a picture that is closed, and works on', async () => {
        const bitmap = await picture(640, 480);
        bitmap.close();
        const failure = await preprocessor
          .prepare(bitmap, [0, 0, 10, 10])
          .catch((thrown: unknown) => thrown);
        expect(failure).to.be.instanceOf(Error);
        const again = await picture(640, 480);
        expect(await compare(again, again, [[10, 10, 300, 300]])).to.be.below(1e-5);
        again.close();
      });
    });
  }
});
