import { SightlineError } from '../domain/errors.js';
import { toCandidates } from '../domain/candidates.js';
import { intersectionOverUnion } from '../domain/geometry.js';
import type { ModelEntry } from '../domain/model-manifest.js';
import type { FrameData } from '../protocol/index.js';
import type { Pipeline } from './detect/pipeline.js';
import { frameSize } from './detect/preprocessor.js';

/** How far a runtime may be from what the float32 graph sees: int8 and half precision stay well within. */
const SCORE_TOLERANCE = 0.15;
const LEAST_OVERLAP = 0.8;

/**
 * One run on the picture whose answer is known.
 *
 * @param picture The JPEG of `entry.selfTest`.
 * @throws SightlineError `backend-failed` when the answer is another.
 */
export async function checkSelfTest(
  pipeline: Pipeline,
  entry: ModelEntry,
  picture: ArrayBuffer,
): Promise<void> {
  const { labels, selfTest } = entry;
  const frame = await selfTestFrame(picture);
  try {
    const { rows } = await pipeline.pass(frame, { permitted: everyColumn(entry) });
    const { width, height } = frameSize(frame);
    const [best] = toCandidates(rows, labels, width, height);
    const [ymin, xmin, ymax, xmax] = selfTest.box;
    const expected = [
      xmin * width,
      ymin * height,
      (xmax - xmin) * width,
      (ymax - ymin) * height,
    ] as const;
    const isRight =
      best?.class === selfTest.label &&
      Math.abs(best.score - selfTest.score) <= SCORE_TOLERANCE &&
      intersectionOverUnion(best.bbox, expected) >= LEAST_OVERLAP;
    if (isRight) return;
    const seen = best ? `${best.class} at ${best.score.toFixed(2)}` : 'nothing';
    throw new SightlineError('backend-failed', `the self-test picture was taken for ${seen}`);
  } finally {
    frame.close();
  }
}

/** Every class column that has a label, as `Pipeline.pass` takes it. */
export function everyColumn({ labels }: ModelEntry): Uint8Array {
  return Uint8Array.from(labels, (label) => (label === null ? 0 : 1));
}

/** The picture in the form that live frames have, so that their way is tried as well. */
export async function selfTestFrame(picture: ArrayBuffer): Promise<FrameData> {
  const bitmap = await createImageBitmap(new Blob([picture], { type: 'image/jpeg' }));
  if (typeof VideoFrame === 'undefined') return bitmap;
  const frame = new VideoFrame(bitmap, { timestamp: 0 });
  bitmap.close();
  return frame;
}
