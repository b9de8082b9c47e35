import type { BBox, Size } from './geometry.js';
import { changedCells, countChanged } from './motion.js';

/** A single cell may be a reflex; from so many on something has moved. */
const LEAST_CELLS = 2;

/** Even where nothing seems to move a tile is looked at this often, in milliseconds. */
const LONGEST_REST = 4000;

interface Tile {
  /** The picture when it was last looked at. */
  reference: Uint8Array | undefined;
  lookedAt: number;
  isDue: boolean;
}

/**
 * Whose turn it is in live video: the tiles go round, but only those in which
 * something has changed since they were last looked at.
 */
export class TileRotation {
  readonly #regions: readonly BBox[];
  readonly #tiles: readonly Tile[];
  #last = -1;
  #luma: Uint8Array | undefined;

  /**
   * @param regions The tiles, in pixels of the picture.
   * @param size Of the picture.
   */
  constructor(regions: readonly BBox[], { width, height }: Size) {
    this.#regions = regions.map(([x, y, tileWidth, tileHeight]) => [
      x / width,
      y / height,
      tileWidth / width,
      tileHeight / height,
    ]);
    this.#tiles = regions.map(() => ({ reference: undefined, lookedAt: -Infinity, isDue: true }));
  }

  /**
   * Takes a new small copy of the picture.
   *
   * @param luma Of the size of `MOTION_GRID`.
   * @returns The share of it that has changed since the copy before, 0 to 1; 1 for the first.
   */
  measure(luma: Uint8Array): number {
    const before = this.#luma;
    this.#luma = luma;
    this.#tiles.forEach((tile, index) => {
      const region = this.#regions[index];
      if (tile.isDue || tile.reference === undefined || region === undefined) return;
      const changed = changedCells(tile.reference, luma);
      tile.isDue = countChanged(changed, region) >= LEAST_CELLS;
    });
    if (before === undefined) return 1;
    const changed = changedCells(before, luma);
    const count = countChanged(changed, [0, 0, 1, 1]);
    return count < LEAST_CELLS ? 0 : count / changed.length;
  }

  /**
   * @param now Milliseconds on a clock that never goes back.
   * @returns The index of the tile to look at, which then counts as looked at;
   *   `undefined` when all is still.
   */
  next(now: number): number | undefined {
    const count = this.#tiles.length;
    for (let step = 1; step <= count; step++) {
      const index = (this.#last + step) % count;
      const tile = this.#tiles[index];
      if (tile === undefined || !(tile.isDue || now - tile.lookedAt > LONGEST_REST)) continue;
      tile.isDue = false;
      tile.lookedAt = now;
      tile.reference = this.#luma;
      this.#last = index;
      return index;
    }
    return undefined;
  }

  /** Indexes of the tiles that have changed and wait for their turn. */
  get due(): readonly number[] {
    return this.#tiles.flatMap(({ isDue }, index) => (isDue ? [index] : []));
  }
}
