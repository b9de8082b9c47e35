import { area, clipToSize } from './geometry.js';
import type { Candidate } from './non-max-suppression.js';

/**
 * Candidates as the engine reads them back: `CANDIDATE_STRIDE` numbers each,
 * `[logit, column, anchor, ymin, xmin, ymax, xmax]`, corners normalised to the
 * picture. A row whose logit is -Infinity is empty.
 */
export const CANDIDATE_STRIDE = 7;

/** The logistic function 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** The inverse of `sigmoid`; ±Infinity at 1 and 0. */
export function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/**
 * Rows of numbers from the device as candidates in source pixels, clipped to
 * the picture before suppression as the Object Detection API does
 * (`multiclass_non_max_suppression` with a clip window); boxes wholly outside
 * are dropped.
 *
 * @param rows `count * CANDIDATE_STRIDE` numbers.
 * @param labels Label of each logits column.
 */
export function toCandidates(
  rows: Float32Array,
  labels: readonly (string | null)[],
  width: number,
  height: number,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (let start = 0; start + CANDIDATE_STRIDE <= rows.length; start += CANDIDATE_STRIDE) {
    const value = rows[start] ?? -Infinity;
    const label = labels[rows[start + 1] ?? -1];
    if (!Number.isFinite(value) || label === null || label === undefined) continue;
    const ymin = (rows[start + 3] ?? 0) * height;
    const xmin = (rows[start + 4] ?? 0) * width;
    const ymax = (rows[start + 5] ?? 0) * height;
    const xmax = (rows[start + 6] ?? 0) * width;
    const bbox = clipToSize([xmin, ymin, xmax - xmin, ymax - ymin], { width, height });
    if (area(bbox) === 0) continue;
    candidates.push({
      bbox,
      class: label,
      score: sigmoid(value),
      index: rows[start + 2] ?? 0,
    });
  }
  return candidates;
}
