import { intersectionOverUnion } from './geometry.js';
import type { Detection, DetectionOptions } from './detection.js';

/** A detection before suppression; `index` is the anchor it came from. */
export interface Candidate extends Detection {
  readonly index: number;
}

/**
 * Greedy, class-aware non-max suppression.
 *
 * Candidates are taken best first; one is dropped when it overlaps an already
 * kept one *of the same class* by more than `iouThreshold`. Equal scores are
 * ordered by anchor index, because candidates arrive from a GPU in no
 * particular order and the result must not depend on it.
 *
 * @param candidates In any order; not modified.
 * @returns At most `maxResults` detections, best first.
 */
export function nonMaxSuppression(
  candidates: readonly Candidate[],
  options: Pick<DetectionOptions, 'maxResults' | 'scoreThreshold' | 'iouThreshold'>,
): Detection[] {
  const sorted = candidates
    .filter((candidate) => candidate.score >= options.scoreThreshold)
    .sort((a, b) => b.score - a.score || a.index - b.index);
  const kept: Detection[] = [];
  for (const candidate of sorted) {
    if (kept.length >= options.maxResults) break;
    const suppressed = kept.some(
      (other) =>
        other.class === candidate.class &&
        intersectionOverUnion(other.bbox, candidate.bbox) > options.iouThreshold,
    );
    if (suppressed) continue;
    const { bbox, class: label, score, region } = candidate;
    kept.push({ bbox, class: label, score, ...(region === undefined ? {} : { region }) });
  }
  return kept;
}
