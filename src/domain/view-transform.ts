import type { BBox, Size } from './geometry.js';

/** How a picture sits in its frame, as CSS `object-fit` says it. */
export type Fit = 'contain' | 'cover';

/**
 * Maps source pixels to view pixels for a picture that is centred in its view
 * with `object-fit` and perhaps mirrored left to right:
 * `viewX = x * scaleX + offsetX`, `viewY = y * scaleY + offsetY`.
 * `scaleX` is negative where mirrored.
 */
export interface ViewTransform {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** The transform for a picture of `source` pixels in a box of `view` pixels. */
export function viewTransform(
  source: Size,
  view: Size,
  fit: Fit,
  mirrored: boolean,
): ViewTransform {
  const ratios = [view.width / source.width, view.height / source.height] as const;
  const scale = fit === 'cover' ? Math.max(...ratios) : Math.min(...ratios);
  const offsetX = (view.width - source.width * scale) / 2;
  const offsetY = (view.height - source.height * scale) / 2;
  return mirrored
    ? { scaleX: -scale, scaleY: scale, offsetX: view.width - offsetX, offsetY }
    : { scaleX: scale, scaleY: scale, offsetX, offsetY };
}

/** A box of the source in view pixels, its extent positive whatever the mirroring. */
export function toView(box: BBox, transform: ViewTransform): BBox {
  const width = box[2] * Math.abs(transform.scaleX);
  const height = box[3] * transform.scaleY;
  const x0 = box[0] * transform.scaleX + transform.offsetX;
  const left = transform.scaleX < 0 ? x0 - width : x0;
  return [left, box[1] * transform.scaleY + transform.offsetY, width, height];
}

/** The way back of `toView`: a box of the view in pixels of the source. */
export function fromView(box: BBox, transform: ViewTransform): BBox {
  const { scaleX, scaleY, offsetX, offsetY } = transform;
  // Of a mirrored picture the right edge of the view's box is the left one of the source's.
  const edge = scaleX < 0 ? box[0] + box[2] : box[0];
  return [
    (edge - offsetX) / scaleX,
    (box[1] - offsetY) / scaleY,
    box[2] / Math.abs(scaleX),
    box[3] / scaleY,
  ];
}
