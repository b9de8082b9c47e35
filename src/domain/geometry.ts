/**
 * Axis-aligned boxes in the form that coco-ssd made familiar:
 * `[x, y, width, height]`, the origin at the top left, in pixels of the source
 * picture unless said otherwise.
 */
export type BBox = readonly [x: number, y: number, width: number, height: number];

/** Width and height in pixels, both positive. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Area of a box; boxes of negative extent have area 0. */
export function area(box: BBox): number {
  return Math.max(0, box[2]) * Math.max(0, box[3]);
}

/**
 * Intersection over union (the Jaccard index) of two boxes.
 *
 * @returns A number in [0, 1]; 0 where either box is empty.
 */
export function intersectionOverUnion(a: BBox, b: BBox): number {
  const intersection = intersectionArea(a, b);
  if (intersection === 0) return 0;
  return intersection / (area(a) + area(b) - intersection);
}

/** What two boxes share; empty where they do not touch. */
export function intersection(a: BBox, b: BBox): BBox {
  const [left, top] = [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
  const right = Math.min(a[0] + a[2], b[0] + b[2]);
  const bottom = Math.min(a[1] + a[3], b[1] + b[3]);
  return [left, top, Math.max(0, right - left), Math.max(0, bottom - top)];
}

/** The area that two boxes share. */
export function intersectionArea(a: BBox, b: BBox): number {
  return area(intersection(a, b));
}

/** The part of a box that lies inside a picture of the given size. */
export function clipToSize(box: BBox, size: Size): BBox {
  const left = Math.min(Math.max(box[0], 0), size.width);
  const top = Math.min(Math.max(box[1], 0), size.height);
  const right = Math.min(Math.max(box[0] + box[2], 0), size.width);
  const bottom = Math.min(Math.max(box[1] + box[3], 0), size.height);
  return [left, top, right - left, bottom - top];
}
