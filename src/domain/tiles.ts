import type { Candidate } from './non-max-suppression.js';
import { area, intersectionArea, type BBox, type Size } from './geometry.js';

/** Tiles of a picture. */
export const TILE_COUNT = 4;

/** Neighbours share this part of their side: what is cut by one edge is whole in the next tile. */
const OVERLAP = 1 / 3;

/** From this ratio of the sides on, tiles lie in a row instead of two by two. */
const LONG_ASPECT = 3;

/** The whole picture as a region. */
export function wholeRegion({ width, height }: Size): BBox {
  return [0, 0, width, height];
}

/**
 * The tiles of a picture, all of one size, in whole pixels: two by two, each
 * 60 % as wide and high as the picture, or four in a row where the picture is
 * very long.
 *
 * @param size Of the picture, in pixels.
 * @param input Of the network, in pixels.
 * @returns Empty where the whole picture fits the network as it is, so that a tile
 *   could show nothing new.
 */
export function tileRegions(size: Size, input: Size): BBox[] {
  if (size.width <= input.width && size.height <= input.height) return [];
  const aspect = size.width / size.height;
  const [columns, rows] =
    aspect >= LONG_ASPECT ? [TILE_COUNT, 1] : aspect <= 1 / LONG_ASPECT ? [1, TILE_COUNT] : [2, 2];
  const across = spans(size.width, columns);
  const down = spans(size.height, rows);
  return down.flatMap(([y, height]) => across.map(([x, width]): BBox => [x, y, width, height]));
}

/** `count` overlapping parts of a side: `[start, length]` each, all of one length. */
function spans(side: number, count: number): [number, number][] {
  if (count === 1) return [[0, side]];
  const length = Math.min(side, Math.max(1, Math.round(side / (count - (count - 1) * OVERLAP))));
  return Array.from({ length: count }, (_, index) => [
    Math.round(((side - length) * index) / (count - 1)),
    length,
  ]);
}

/** What one look at a region found. */
export interface Look {
  /** In pixels of the picture. */
  readonly region: BBox;
  /** Boxes in pixels of the region, clipped to it. */
  readonly candidates: readonly Candidate[];
}

/**
 * How looks are merged. The defaults were found on 60 COCO photographs with the
 * float32 network; scores of tiles are taken as they are, for any penalty on
 * them (0.7 to 0.95 were tried) cost average precision as well as recall.
 */
export interface MergeRules {
  /** Boxes of a tile that come this close to an inner edge of it are cut; in parts of its side. */
  readonly edge: number;
  /** Boxes of a tile that fill more of it than this are left to the look at the whole. 0 to 1. */
  readonly largest: number;
  /**
   * A tile's box that takes at least this part of a box of the whole look, lies
   * in it and has its label is a part of that thing: head and shoulders of somebody
   * who is near. 0 to 1; smaller ones may be things of their own.
   */
  readonly part: number;
}

export const DEFAULT_MERGE_RULES: MergeRules = { edge: 0.015, largest: 0.3, part: 0.35 };

/** So much of a box has to lie in another one to be in it. */
const INSIDE = 0.9;

/** A box inside that takes more of it is the same thing, maybe better placed: suppression decides. */
const PLACED_BETTER = 0.6;

/** What the whole look is less sure of than this part of the tile's score says nothing about the tile. */
const AS_SURE = 0.8;

/**
 * The candidates of several looks at one picture as candidates of the picture,
 * for one suppression over all of them. A tile's boxes that end at an edge
 * inside the picture are parts of things and dropped; at the outer edge of the
 * picture they are as good as any.
 *
 * @returns In pixels of the picture, indexes made unique.
 */
export function mergeLooks(
  looks: readonly Look[],
  size: Size,
  rules: MergeRules = DEFAULT_MERGE_RULES,
): Candidate[] {
  const isWhole = ({ region }: Look): boolean =>
    region[2] >= size.width && region[3] >= size.height;
  const ofWhole = looks.filter(isWhole).flatMap(({ candidates }) => candidates);
  return looks.flatMap((source, look) => {
    const { region, candidates } = source;
    const placed = candidates.map((candidate) => ({
      ...candidate,
      bbox: moved(candidate.bbox, region),
    }));
    const kept = isWhole(source)
      ? placed
      : placed.filter(
          (candidate, index) =>
            area(candidate.bbox) <= rules.largest * area(region) &&
            !isCut(candidates[index]?.bbox ?? candidate.bbox, region, size, rules.edge) &&
            !ofWhole.some((thing) => isPart(candidate, thing, rules.part)),
        );
    return kept.map((candidate) => ({
      ...candidate,
      index: candidate.index * looks.length + look,
      ...(looks.length > 1 ? { region: look } : {}),
    }));
  });
}

/** Whether a box of a region comes up to an edge of it that is no edge of the picture. */
function isCut(bbox: BBox, region: BBox, size: Size, edge: number): boolean {
  const [left, top, width, height] = region;
  const marginX = edge * width;
  const marginY = edge * height;
  return (
    (left > 0 && bbox[0] <= marginX) ||
    (top > 0 && bbox[1] <= marginY) ||
    (left + width < size.width && bbox[0] + bbox[2] >= width - marginX) ||
    (top + height < size.height && bbox[1] + bbox[3] >= height - marginY)
  );
}

/** Whether a tile's find is a part of what the whole look found. Both in pixels of the picture. */
function isPart(find: Candidate, thing: Candidate, part: number): boolean {
  return (
    find.class === thing.class &&
    thing.score >= AS_SURE * find.score &&
    area(find.bbox) >= part * area(thing.bbox) &&
    area(find.bbox) <= PLACED_BETTER * area(thing.bbox) &&
    intersectionArea(find.bbox, thing.bbox) >= INSIDE * area(find.bbox)
  );
}

function moved(bbox: BBox, region: BBox): BBox {
  return [bbox[0] + region[0], bbox[1] + region[1], bbox[2], bbox[3]];
}
