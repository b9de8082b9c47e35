import { spread } from '../../domain/detector-head/spread.js';
import { plainView, randomViews, type View } from '../../domain/detector-head/views.js';
import type { BBox, Size } from '../../domain/geometry.js';
import { randomNumbers } from '../../domain/random.js';

/** A picture with boxes of the thing drawn in it, or none: the room without it. */
export interface DrawnPicture {
  /** What it is known by to whoever is told of it. */
  readonly id: string;
  /** What was recorded in one go shares it, and is held back together. */
  readonly burst: string;
  /** Opened when its turn comes, and closed after it. */
  open(signal?: AbortSignal): Promise<ImageBitmap>;
  /** In pixels of the picture. */
  readonly boxes: readonly BBox[];
  /** Where something else is: only this part is looked at, once. In pixels of the picture. */
  readonly part?: BBox | undefined;
}

/** Pictures that are looked at, each as it is and in so many random views. */
export interface PlannedLooks {
  readonly pictures: readonly DrawnPicture[];
  readonly views: number;
}

export interface LookPlan {
  /** Those that show the thing. */
  readonly shown: PlannedLooks;
  readonly others: PlannedLooks;
}

/** Of the views, where no other one is asked for. */
export const VIEW_SEED = 1;

/** Random views of each picture besides the plain one: with the thing, and without. */
const VIEWS = 9;
const NEGATIVE_VIEWS = 1;
/** Views that are kept in memory, at a good half megabyte each; half of them at most with the thing. */
const MOST_VIEWS = 250;

/**
 * What there is room to look at: where there are more pictures, those that differ most.
 *
 * @param pictures With the thing, and without.
 * @param negatives Pictures of other things.
 */
export function planLooks(
  pictures: readonly DrawnPicture[],
  negatives: readonly DrawnPicture[],
  seed: number,
): LookPlan {
  const random = randomNumbers(seed);
  const drawn = pictures.filter(({ boxes }) => boxes.length > 0);
  const empty = [...pictures.filter(({ boxes }) => boxes.length === 0), ...negatives];
  const shown = spread(drawn, MOST_VIEWS / 2, random);
  const others = spread(empty, MOST_VIEWS / 2, random);
  const views = viewsFor(shown.length, MOST_VIEWS - others.length, VIEWS);
  const room = MOST_VIEWS - shown.length * (1 + views);
  return {
    shown: { pictures: shown, views },
    others: { pictures: others, views: viewsFor(others.length, room, NEGATIVE_VIEWS) },
  };
}

/** Random views of each picture, as far as there is room. */
function viewsFor(pictures: number, room: number, wanted: number): number {
  return Math.max(0, Math.min(wanted, Math.floor(room / Math.max(1, pictures)) - 1));
}

/**
 * How a picture is looked at: the same views each time, whatever other pictures there are,
 * so that what was seen can be remembered.
 *
 * @param boxes Those of the picture's that can be used.
 * @param count Random views besides the plain one; fewer of them are the first ones.
 */
export function viewsOf(
  { id, part }: DrawnPicture,
  size: Size,
  boxes: readonly BBox[],
  count: number,
  seed: number,
): View[] {
  const { width, height } = size;
  const plain = plainView({ width, height });
  if (part !== undefined) return [{ ...plain, region: part }];
  return [plain, ...randomViews({ width, height }, boxes, count, randomNumbers(seedOf(id, seed)))];
}

/** FNV-1a. */
function seedOf(name: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
