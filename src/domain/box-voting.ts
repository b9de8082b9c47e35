import type { Detection } from './detection.js';
import { intersectionOverUnion, type BBox } from './geometry.js';

/** What a candidate has to have to be heard. */
export interface VotingOptions {
  /** Its box overlaps the detection's by more than this. */
  readonly iouThreshold: number;
  /** Its score is higher. */
  readonly leastScore: number;
}

/** Below the threshold of detections, so that a faint one is not left with its own box alone. */
const SHARE_OF_THRESHOLD = 0.6;

/** The score above which candidates vote, where detections have at least `scoreThreshold`. */
export function leastVote(scoreThreshold: number): number {
  return SHARE_OF_THRESHOLD * scoreThreshold;
}

/**
 * Bounding box voting (Gidaris and Komodakis 2015): every detection's box
 * becomes the mean of all candidates of its label that overlap it. Several anchors,
 * and several looks, give several good boxes of one thing, and suppression would keep
 * but one.
 *
 * A candidate weighs the square of what its score is above the least, times what its
 * overlap is above the threshold: one that only just counts moves the box only just,
 * so that boxes of a still thing stand still, and are the same on every device.
 *
 * @param detections Survivors of the suppression of `candidates`.
 * @returns The same detections in the same order, classes and scores unchanged.
 */
export function voteBoxes(
  detections: readonly Detection[],
  candidates: readonly Detection[],
  { iouThreshold, leastScore }: VotingOptions,
): Detection[] {
  return detections.map((detection) => {
    const corners = [0, 0, 0, 0] as [number, number, number, number];
    let total = 0;
    for (const candidate of candidates) {
      if (candidate.class !== detection.class || candidate.score <= leastScore) continue;
      const overlap = intersectionOverUnion(candidate.bbox, detection.bbox) - iouThreshold;
      if (overlap <= 0) continue;
      const weight = overlap * (candidate.score - leastScore) ** 2;
      const [x, y, width, height] = candidate.bbox;
      corners[0] += weight * x;
      corners[1] += weight * y;
      corners[2] += weight * (x + width);
      corners[3] += weight * (y + height);
      total += weight;
    }
    if (total === 0) return detection;
    const [left, top, right, bottom] = corners.map((sum) => sum / total) as [
      number,
      number,
      number,
      number,
    ];
    const bbox: BBox = [left, top, right - left, bottom - top];
    return { ...detection, bbox };
  });
}
