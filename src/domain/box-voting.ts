import type { Detection } from './detection.js';
import { intersectionOverUnion, type BBox } from './geometry.js';

/**
 * Bounding box voting (Gidaris and Komodakis 2015): every detection's box
 * becomes the mean of all candidates of its label that overlap it by more than
 * `iouThreshold`, weighted by the square of their scores. Several looks at one
 * thing give several good boxes of it, and suppression would keep but one.
 *
 * @param detections Survivors of the suppression of `candidates`.
 * @returns The same detections in the same order, classes and scores unchanged.
 */
export function voteBoxes(
  detections: readonly Detection[],
  candidates: readonly Detection[],
  iouThreshold: number,
): Detection[] {
  return detections.map((detection) => {
    const corners = [0, 0, 0, 0] as [number, number, number, number];
    let total = 0;
    for (const candidate of candidates) {
      if (candidate.class !== detection.class) continue;
      if (intersectionOverUnion(candidate.bbox, detection.bbox) <= iouThreshold) continue;
      const weight = candidate.score ** 2;
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
