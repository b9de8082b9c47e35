import { cornersBox } from '../detector-head/matching.js';
import { float16Table } from '../float16.js';
import { area, clipToSize, intersectionOverUnion, type BBox, type Size } from '../geometry.js';
import { sigmoid } from '../candidates.js';

/** A box that something may be in, whatever it is. */
export interface Proposal {
  /** In pixels of the picture. */
  readonly bbox: BBox;
  /** How sure the network is that something is there, 0 to 1. */
  readonly score: number;
}

/** What a network says of one picture at all its anchors. */
export interface AnchorAnswers {
  /** `anchorCount * classCount` raw logits as half-precision bits. */
  readonly logits: Uint16Array;
  /** `anchorCount * 4` decoded corners (ymin, xmin, ymax, xmax), normalised. */
  readonly boxes: Float32Array;
}

export interface ProposalOptions {
  readonly most: number;
  /** Below this score a box is noise. */
  readonly least: number;
  /** From this overlap on, two boxes are of one thing, whatever their classes. */
  readonly overlap: number;
}

export const DEFAULT_PROPOSALS: ProposalOptions = { most: 6, least: 0.04, overlap: 0.5 };

/** Anchors that are looked at; what comes after them overlaps better ones. */
const MOST_ANCHORS = 150;
/** Part of the picture from which on a box says nothing about where something is. */
const WHOLE_PICTURE = 0.9;
/** Pixels of the shorter side, at least. */
const SMALLEST = 12;

/**
 * Boxes to choose from instead of drawing one. The detector's boxes are placed
 * without regard to what is in them, so they also fit things that it has no name
 * for; such a thing then looks a little like several of its classes, and the
 * likeness to the nearest of them ranks the boxes. One thing gets one box: boxes
 * suppress each other across classes.
 *
 * @param labels Of each column of the logits; `null` for those that are no class.
 * @param picture Its size, which the boxes are told in.
 * @returns Best first.
 */
export function proposeBoxes(
  { logits, boxes }: AnchorAnswers,
  labels: readonly (string | null)[],
  picture: Size,
  options: Partial<ProposalOptions> = {},
): Proposal[] {
  const { most, least, overlap } = { ...DEFAULT_PROPOSALS, ...options };
  const kept: Proposal[] = [];
  for (const { anchor, logit } of bestAnchors(logits, labels)) {
    const score = sigmoid(logit);
    if (kept.length >= most || score < least) break;
    const [x, y, width, height] = cornersBox(boxes, anchor);
    const bbox = clipToSize(
      [x * picture.width, y * picture.height, width * picture.width, height * picture.height],
      picture,
    );
    if (Math.min(bbox[2], bbox[3]) < SMALLEST) continue;
    if (area(bbox) > WHOLE_PICTURE * picture.width * picture.height) continue;
    if (kept.some((other) => intersectionOverUnion(other.bbox, bbox) > overlap)) continue;
    kept.push({ bbox, score });
  }
  return kept;
}

/**
 * The proposal that a tap means: the best one under it; where that is chosen
 * already, the next best, and after the last the best again.
 *
 * @param proposals Best first.
 * @param chosen The box that is chosen now.
 */
export function proposalAt(
  [x, y]: readonly [number, number],
  proposals: readonly Proposal[],
  chosen: BBox | undefined,
): Proposal | undefined {
  const under = proposals.filter(({ bbox: [left, top, width, height] }) => {
    return x >= left && x <= left + width && y >= top && y <= top + height;
  });
  const at = under.findIndex(({ bbox }) => bbox === chosen);
  return under[(at + 1) % Math.max(1, under.length)];
}

interface Ranked {
  readonly anchor: number;
  readonly logit: number;
}

/** Anchors by what they say of the class that they are surest of. */
function bestAnchors(logits: Uint16Array, labels: readonly (string | null)[]): readonly Ranked[] {
  const numbers = float16Table();
  const count = labels.length;
  const ranked = Array.from({ length: logits.length / count }, (_, anchor): Ranked => {
    let logit = -Infinity;
    for (let column = 0; column < count; column++) {
      if (labels[column] === null) continue;
      logit = Math.max(logit, numbers[logits[anchor * count + column] ?? 0] ?? 0);
    }
    return { anchor, logit };
  });
  return ranked.sort((a, b) => b.logit - a.logit || a.anchor - b.anchor).slice(0, MOST_ANCHORS);
}
