import type { Detection } from '../detection.js';
import { intersectionOverUnion } from '../geometry.js';

/** From this overlap on, two boxes are of one object. */
const SAME_OBJECT_IOU = 0.5;

/**
 * Detections of the network's own classes together with those of taught ones. An
 * object that a taught class is sure of goes by that name alone, whatever the
 * network calls it and however sure it is: a person has said what it is.
 *
 * @param own Best first.
 * @param taught Above their thresholds.
 * @returns At most `maxResults`, best first; `own` itself where nothing taught was found.
 */
export function mergeTaught(
  own: readonly Detection[],
  taught: readonly Detection[],
  maxResults: number,
): readonly Detection[] {
  if (taught.length === 0) return own;
  const others = own.filter(
    ({ bbox }) =>
      !taught.some((found) => intersectionOverUnion(found.bbox, bbox) >= SAME_OBJECT_IOU),
  );
  return [...others, ...taught].sort((a, b) => b.score - a.score).slice(0, maxResults);
}
