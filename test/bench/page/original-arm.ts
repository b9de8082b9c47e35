import * as tf from '@tensorflow/tfjs';
import { CANDIDATE_STRIDE, logit, toCandidates } from '../../../src/domain/candidates.js';
import { DEFAULT_DETECTION_OPTIONS } from '../../../src/domain/detection.js';
import { nonMaxSuppression } from '../../../src/domain/non-max-suppression.js';
import type { ArmSpec } from '../arms.js';
import { readModelEntry } from './model-entry.js';
import type { PageArm, PageUrls } from './page-arm.js';
import { startTensorflow } from './stock-arm.js';

/** What scores less is noise whatever is asked for, and there is a lot of it. */
const LEAST_SCORE = 0.001;

/** The original float32 graph, its own resize and box decoder included, behind Sightline's suppression. */
export async function openOriginal(
  backend: string,
  spec: ArmSpec & { readonly kind: 'original' },
  urls: PageUrls,
): Promise<PageArm> {
  const adapter = await startTensorflow(backend, urls);
  const model = await tf.loadGraphModel(urls.original);
  // The original leaves the first column, the background, out of its scores.
  const labels = (await readModelEntry(urls)).labels.slice(1);
  const options = { ...DEFAULT_DETECTION_OPTIONS, ...spec.options };
  return {
    adapter,
    detect: async (picture) => {
      const batched = tf.tidy(() => tf.expandDims(tf.browser.fromPixels(picture)));
      const [scores, corners] = (await model.executeAsync(batched)) as [tf.Tensor, tf.Tensor];
      const [scoreValues, cornerValues] = await Promise.all([scores.data(), corners.data()]);
      tf.dispose([batched, scores, corners]);
      const rows = bestRows(scoreValues, cornerValues, labels, spec);
      const candidates = toCandidates(rows, labels, picture.width, picture.height);
      return nonMaxSuppression(candidates, options);
    },
    counts: () => Promise.resolve(globalThis.probeCounts()),
    assertIntact: () => undefined,
    close: () => {
      model.dispose();
      return Promise.resolve();
    },
  };
}

/** One label of one anchor. */
interface Scored {
  readonly anchor: number;
  readonly column: number;
  readonly score: number;
}

/** The best candidates, as `toCandidates` reads them. */
function bestRows(
  scores: ArrayLike<number>,
  corners: ArrayLike<number>,
  labels: readonly (string | null)[],
  { labels: which, candidates }: ArmSpec & { readonly kind: 'original' },
): Float32Array {
  const anchors = Array.from({ length: corners.length / 4 }, (_, anchor) => anchor);
  const kept = anchors
    .flatMap((anchor) => {
      const scored = scoredLabels(scores, labels, anchor);
      return which === 'every' ? scored : scored.slice(0, 1);
    })
    .sort((a, b) => b.score - a.score || a.anchor - b.anchor)
    .slice(0, candidates);
  const rows = new Float32Array(kept.length * CANDIDATE_STRIDE);
  kept.forEach(({ anchor, score, column }, row) => {
    const box = [0, 1, 2, 3].map((side) => corners[anchor * 4 + side] ?? 0);
    rows.set([logit(score), column, anchor, ...box], row * CANDIDATE_STRIDE);
  });
  return rows;
}

/** The labels of an anchor that have any chance, best first. */
function scoredLabels(
  scores: ArrayLike<number>,
  labels: readonly (string | null)[],
  anchor: number,
): Scored[] {
  return labels
    .flatMap((label, column) => {
      const score = scores[anchor * labels.length + column] ?? 0;
      return label === null || score < LEAST_SCORE ? [] : { anchor, column, score };
    })
    .sort((a, b) => b.score - a.score);
}
