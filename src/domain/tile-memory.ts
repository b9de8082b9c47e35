import type { Detection } from './detection.js';
import { intersectionOverUnion, type BBox } from './geometry.js';

/** Boxes of a tile that is not looked at are kept for this long, in milliseconds. */
const LONGEST_HOLD = 5000;

/** The same where something has moved since: long enough for the tile's turn to come again. */
const MOVING_HOLD = 500;

/** A new box of the same label that overlaps a kept one by more is the same thing. */
const SAME_THING = 0.4;

/** What one look at a live picture gave. */
export interface RotatedLook {
  readonly detections: readonly Detection[];
  /** What was looked at, in pixels of the picture; the whole first. */
  readonly regions: readonly BBox[];
  /** Regions that something has changed in and that nobody has looked at since. */
  readonly stale: readonly BBox[];
}

interface Kept {
  readonly detections: readonly Detection[];
  readonly seenAt: number;
}

/**
 * Fills in what the tiles showed when they were last looked at, since in
 * rotation each is looked at only now and then. Only boxes that were found by a
 * tile are kept, until a newer look at the place finds otherwise, and only for a
 * moment where something moves: everything told was seen, nothing is guessed.
 */
export class TileMemory {
  readonly #kept = new Map<string, Kept>();

  /**
   * @param now Milliseconds on a clock that never goes back.
   * @returns The detections of this look, then the kept ones.
   */
  fill({ detections, regions, stale }: RotatedLook, now: number): readonly Detection[] {
    const looked = regions.slice(1);
    const done = new Set(looked.map(keyOf));
    const moving = new Set(stale.map(keyOf));
    for (const [key, { seenAt }] of this.#kept) {
      const age = now - seenAt;
      const limit = moving.has(key) ? MOVING_HOLD : LONGEST_HOLD;
      if (done.has(key) || age < 0 || age > limit) this.#kept.delete(key);
    }
    const held = [...this.#kept.values()]
      .flatMap((kept) => kept.detections)
      .filter(
        (old) =>
          !looked.some((tile) => isInside(old.bbox, tile)) &&
          !detections.some((fresh) => isSame(fresh, old)),
      );
    looked.forEach((region, index) => {
      const found = detections.filter((detection) => detection.region === index + 1);
      if (found.length > 0) this.#kept.set(keyOf(region), { detections: found, seenAt: now });
    });
    return held.length === 0 ? detections : [...detections, ...distinct(held)];
  }

  /** Another picture, other labels, another threshold: nothing holds any more. */
  clear(): void {
    this.#kept.clear();
  }
}

/** Two tiles may have kept the same thing in their overlap. */
function distinct(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const detection of detections) {
    if (!kept.some((other) => isSame(other, detection))) kept.push(detection);
  }
  return kept;
}

function isSame(a: Detection, b: Detection): boolean {
  return a.class === b.class && intersectionOverUnion(a.bbox, b.bbox) > SAME_THING;
}

function isInside([x, y, width, height]: BBox, tile: BBox): boolean {
  return (
    x >= tile[0] &&
    y >= tile[1] &&
    x + width <= tile[0] + tile[2] &&
    y + height <= tile[1] + tile[3]
  );
}

function keyOf(region: BBox): string {
  return region.join();
}
