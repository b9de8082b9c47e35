import { area, clipToSize, intersectionOverUnion, type BBox, type Size } from '../geometry.js';

/** Pixels of the shorter side; what is smaller is gone in what the network sees. */
const SMALLEST_SIDE = 4;
/** Part of the picture from which on a box says nothing about where the thing is. */
const WHOLE_PICTURE = 0.98;
/** From this overlap on, two boxes are of one object. */
const SAME_OBJECT_IOU = 0.8;

/**
 * Drawn boxes as something can be learnt from them: what lies outside of the
 * picture is cut off; boxes that show nothing, that are not numbers, or that are
 * all of the picture are left out, and so are those that say the same twice.
 *
 * @param boxes In pixels of the picture.
 */
export function usableBoxes(boxes: readonly BBox[], picture: Size): BBox[] {
  const kept: BBox[] = [];
  for (const drawn of boxes) {
    if (!drawn.every(Number.isFinite)) continue;
    const box = clipToSize(drawn, picture);
    if (Math.min(box[2], box[3]) < SMALLEST_SIDE) continue;
    if (area(box) >= WHOLE_PICTURE * picture.width * picture.height) continue;
    if (kept.some((other) => isSameObject(other, box))) continue;
    kept.push(box);
  }
  return kept;
}

/** Whether two boxes are around one object. */
export function isSameObject(one: BBox, other: BBox): boolean {
  return intersectionOverUnion(one, other) >= SAME_OBJECT_IOU;
}
