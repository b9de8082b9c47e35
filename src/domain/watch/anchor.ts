import type { BBox, Size } from '../geometry.js';
import type { Point } from './polygon.js';

/** Which point of a box says where an object is (supervision's `Position`). */
export const ANCHORS = [
  'bottom-center',
  'bottom-left',
  'bottom-right',
  'center',
  'center-left',
  'center-right',
  'top-center',
  'top-left',
  'top-right',
] as const;
export type Anchor = (typeof ANCHORS)[number];

/** Where a thing stands on the ground, as seen by a camera above it. */
export const DEFAULT_ANCHOR: Anchor = 'bottom-center';

/** How far from the top left of a box, as parts of its width and height. */
const PLACES: Readonly<Record<Anchor, Point>> = {
  'bottom-center': [0.5, 1],
  'bottom-left': [0, 1],
  'bottom-right': [1, 1],
  center: [0.5, 0.5],
  'center-left': [0, 0.5],
  'center-right': [1, 0.5],
  'top-center': [0.5, 0],
  'top-left': [0, 0],
  'top-right': [1, 0],
};

/**
 * The anchor of a box.
 *
 * @param bbox In pixels of a picture of this size.
 * @returns Parts of the picture; outside of 0 to 1 where the box reaches beyond it.
 */
export function anchorPoint(bbox: BBox, size: Size, anchor: Anchor): Point {
  const place = PLACES[anchor];
  return [
    (bbox[0] + bbox[2] * place[0]) / size.width,
    (bbox[1] + bbox[3] * place[1]) / size.height,
  ];
}
