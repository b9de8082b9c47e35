import type { Size } from '../geometry.js';

/**
 * Averages that are left along the shorter side of what is altered.
 *
 * People still recognise faces that they know well at 7 by 10 pixels (Sinha et al. 2006, “Face
 * recognition by humans”, result 1). The box around a person is at the least as large as the face,
 * mostly several times that, so that at most 5 averages lie across a face that fills the box, and
 * one or two across that of somebody who stands in it. A blur is made of no more averages than
 * that, so that nothing sharper can be computed from it.
 */
export const CELLS_ACROSS = 5;

/** The same for a background, which is to look calm as well. */
export const BACKGROUND_CELLS_ACROSS = 14;

/** How many averages are left of an area of so many pixels. */
export function grain({ width, height }: Size, across = CELLS_ACROSS): Size {
  const cell = Math.max(1, Math.min(width, height) / across);
  return {
    width: Math.max(1, Math.floor(width / cell)),
    height: Math.max(1, Math.floor(height / cell)),
  };
}
