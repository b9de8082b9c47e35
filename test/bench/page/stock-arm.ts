import * as tf from '@tensorflow/tfjs';
import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import { load, type ObjectDetection } from '@tensorflow-models/coco-ssd';
import type { Detection } from '../../../src/domain/detection.js';
import type { PageArm, PageUrls } from './page-arm.js';

/** What stock coco-ssd 2.2 keeps to itself, for the arm that changes only how it reads back. */
interface ObjectDetectionInternals {
  readonly model: tf.GraphModel;
  calculateMaxScores(
    scores: ArrayLike<number>,
    boxes: number,
    classes: number,
  ): [scores: number[], classes: number[]];
  buildDetectedObjects(
    width: number,
    height: number,
    boxes: Float32Array,
    scores: number[],
    indexes: ArrayLike<number>,
    classes: number[],
  ): Detection[];
}

/** The defaults of its `detect()`. */
const MAX_BOXES = 20;
const MIN_SCORE = 0.5;

/** Makes TensorFlow.js ready on this page's thread, where stock coco-ssd lives. */
export async function startTensorflow(
  backend: string,
  urls: Pick<PageUrls, 'wasm'>,
): Promise<string> {
  setWasmPaths(urls.wasm);
  // Stock must be able to run on a machine without a GPU, too.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  if (!(await tf.setBackend(backend))) throw new Error(`stock: no backend ${backend}`);
  await tf.ready();
  return backend === 'wasm' ? `wasm, ${getThreadsCount()} threads` : backend;
}

/** Stock coco-ssd with the given network and nothing else changed. */
export async function openStock(
  backend: string,
  readback: 'synchronous' | 'asynchronous',
  urls: Pick<PageUrls, 'original' | 'wasm'>,
): Promise<PageArm> {
  const adapter = await startTensorflow(backend, urls);
  const detector = await load({ modelUrl: urls.original });
  return {
    adapter,
    detect: (picture) =>
      readback === 'synchronous'
        ? detector.detect(picture)
        : detectAsynchronously(detector, picture),
    counts: () => Promise.resolve(globalThis.probeCounts()),
    assertIntact: () => {
      if (tf.getBackend() !== backend) throw new Error(`stock: runs on ${tf.getBackend()}`);
    },
    close: () => {
      detector.dispose();
      return Promise.resolve();
    },
  };
}

/** The steps of stock `infer`, but nothing waits for the device synchronously. */
async function detectAsynchronously(
  detector: ObjectDetection,
  picture: HTMLCanvasElement,
): Promise<Detection[]> {
  const internals = detector as unknown as ObjectDetectionInternals;
  const batched = tf.tidy(() => tf.expandDims<tf.Tensor4D>(tf.browser.fromPixels(picture)));
  const [, height, width] = batched.shape;
  const outputs = await internals.model.executeAsync(batched);
  const [scores, boxes] = outputs as [tf.Tensor, tf.Tensor];
  const [scoreValues, boxValues] = await Promise.all([scores.data(), boxes.data<'float32'>()]);
  const [, count = 0, classes = 0] = scores.shape;
  tf.dispose([batched, scores, boxes]);
  const [best, labels] = internals.calculateMaxScores(scoreValues, count, classes);
  const corners = tf.tensor2d(boxValues, [count, 4]);
  const kept = await tf.image.nonMaxSuppressionAsync(
    corners,
    best,
    MAX_BOXES,
    MIN_SCORE,
    MIN_SCORE,
  );
  const indexes = await kept.data();
  tf.dispose([corners, kept]);
  return internals.buildDetectedObjects(width, height, boxValues, best, indexes, labels);
}
