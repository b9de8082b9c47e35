import { area, intersectionOverUnion, type BBox, type Size } from '../geometry.js';
import {
  DEFAULT_DUPLICATE_LIMITS,
  isNearDuplicate,
  type DuplicateLimits,
  type Look,
} from './near-duplicate.js';

/** A view of a track that might become an example. */
export interface View {
  readonly bbox: BBox;
  readonly score: number;
  /** Milliseconds on the source's clock. */
  readonly timestamp: number;
  readonly look: Look;
}

/** Why a view is not taken. */
export type Refusal = 'too-soon' | 'too-small' | 'cut-off' | 'covered' | 'known-view';

export interface HarvestOptions {
  /** Milliseconds between two examples of one track at least. */
  readonly interval: number;
  /** Pixels of the shorter side at least. */
  readonly smallest: number;
  /** Part of the box that another one may cover. */
  readonly covered: number;
  readonly duplicates: DuplicateLimits;
}

export const DEFAULT_HARVEST: HarvestOptions = {
  interval: 150,
  smallest: 24,
  covered: 0.3,
  duplicates: DEFAULT_DUPLICATE_LIMITS,
};

/** What surrounds a view in its frame. */
export interface Surroundings {
  readonly frame: Size;
  /** Boxes of the other objects. */
  readonly others: readonly BBox[];
}

/** A box that ends this close to the rim, in pixels, may go on beyond it. */
const RIM = 2;

/**
 * Whether a track's current view teaches anything: it is large and whole enough to be
 * of use, and differs from every view taken before.
 *
 * @param taken Views of the same label that became examples, of any track.
 * @param last When this track's last example was taken.
 * @returns `undefined` if it should be taken.
 */
export function refusal(
  view: View,
  taken: readonly View[],
  last: number | undefined,
  { frame, others }: Surroundings,
  options: HarvestOptions = DEFAULT_HARVEST,
): Refusal | undefined {
  const [, , width, height] = view.bbox;
  const since = view.timestamp - (last ?? -Infinity);
  // A clock that went back has started again.
  if (since >= 0 && since < options.interval) return 'too-soon';
  if (Math.min(width, height) < options.smallest) return 'too-small';
  if (isCutOff(view.bbox, frame)) return 'cut-off';
  if (others.some((other) => coveredPart(view.bbox, other) > options.covered)) return 'covered';
  const isKnown = taken.some(({ look }) => isNearDuplicate(view.look, look, options.duplicates));
  return isKnown ? 'known-view' : undefined;
}

/** Something small on the rim; what fills half of the picture touches it whole. */
function isCutOff([x, y, width, height]: BBox, frame: Size): boolean {
  const edges = [
    x <= RIM,
    y <= RIM,
    x + width >= frame.width - RIM,
    y + height >= frame.height - RIM,
  ];
  const count = edges.filter(Boolean).length;
  const fills = (width * height) / (frame.width * frame.height);
  return count > 0 && fills < 0.5;
}

function coveredPart(box: BBox, other: BBox): number {
  const overlap = intersectionOverUnion(box, other);
  const intersection = (overlap * (area(box) + area(other))) / (1 + overlap);
  return intersection / area(box);
}
