import { intersectionOverUnion, type BBox } from '../geometry.js';

/** What an anchor learns of a picture. */
export const POSITIVE = 1;
export const NEGATIVE = 0;
/** Nothing: it is neither clearly the object nor clearly something else. */
export const IGNORED = -1;

/** How an anchor must overlap a drawn box. */
const POSITIVE_IOU = 0.5;
const IGNORED_IOU = 0.4;
/** A box that the network places on the object anyway must not be taught to be silent. */
const IGNORED_BOX_IOU = 0.6;

/**
 * Which anchors are an object and which are not, in the manner of SSD (Liu et al.
 * 2016): an anchor is, where its own box, not the one that the network decodes
 * from it, overlaps a drawn box by half, and so is the best one of each drawn box.
 *
 * @param drawn Boxes of the class, normalised to the picture.
 * @param anchors `anchorCount * 4` (centre y, centre x, height, width), normalised.
 * @param decoded Boxes that the network places, `anchorCount * 4` (ymin, xmin, ymax, xmax), normalised.
 * @returns One of `POSITIVE`, `NEGATIVE` and `IGNORED` for each anchor.
 */
export function matchAnchors(
  drawn: readonly BBox[],
  anchors: ArrayLike<number>,
  decoded: ArrayLike<number>,
): Int8Array {
  const count = anchors.length / 4;
  const matches = new Int8Array(count);
  for (const box of drawn) {
    let [best, at] = [0, -1];
    for (let anchor = 0; anchor < count; anchor++) {
      const overlap = intersectionOverUnion(box, anchorBox(anchors, anchor));
      if (overlap > best) [best, at] = [overlap, anchor];
      if (overlap >= POSITIVE_IOU) matches[anchor] = POSITIVE;
      else if (matches[anchor] === NEGATIVE && isDoubtful(box, overlap, decoded, anchor)) {
        matches[anchor] = IGNORED;
      }
    }
    if (at >= 0) matches[at] = POSITIVE;
  }
  return matches;
}

function isDoubtful(
  box: BBox,
  overlap: number,
  decoded: ArrayLike<number>,
  anchor: number,
): boolean {
  if (overlap >= IGNORED_IOU) return true;
  return intersectionOverUnion(box, cornersBox(decoded, anchor)) >= IGNORED_BOX_IOU;
}

/** An anchor's own box. */
export function anchorBox(anchors: ArrayLike<number>, anchor: number): BBox {
  const at = anchor * 4;
  const [height, width] = [anchors[at + 2] ?? 0, anchors[at + 3] ?? 0];
  return [(anchors[at + 1] ?? 0) - width / 2, (anchors[at] ?? 0) - height / 2, width, height];
}

/** A box out of rows of corners (ymin, xmin, ymax, xmax). */
export function cornersBox(corners: ArrayLike<number>, index: number): BBox {
  const at = index * 4;
  const [top, left] = [corners[at] ?? 0, corners[at + 1] ?? 0];
  return [left, top, (corners[at + 3] ?? 0) - left, (corners[at + 2] ?? 0) - top];
}
