import { boxesFound } from '../detector-head/class-lessons.js';
import type { TaughtNetwork } from '../detector-head/anchor-view.js';
import { plainSums, type SparseFeatures } from '../detector-head/sparse-features.js';
import type { TaughtClass } from '../detector-head/taught-class.js';
import {
  area,
  clipToSize,
  intersectionArea,
  intersectionOverUnion,
  type BBox,
  type Size,
} from '../geometry.js';
import { proposeBoxes, type AnchorAnswers } from './proposals.js';

/** Something in a picture that a person could settle with one word. */
export interface Doubt {
  readonly label: string;
  /** In pixels of the picture. */
  readonly bbox: BBox;
  readonly score: number;
  /** How much an answer would teach, 0 to 1. */
  readonly weight: number;
  /** Its score is near the threshold, or the network knows another thing there just as surely. */
  readonly reason: 'unsure' | 'disagree';
}

/** What the network says of one picture. */
export interface DoubtPass extends AnchorAnswers {
  readonly network: TaughtNetwork;
  readonly features: SparseFeatures;
}

/** Scores so far from the threshold are settled. */
const MARGIN = 0.2;
/** What the network itself says so surely is a word against it. */
const SURE_OF_OTHER = 0.6;
/** A class that is this much above its threshold has been heard against others already. */
const SETTLED = 0.25;
const SAME_OBJECT_IOU = 0.5;
/** So much of the smaller of two boxes within the other makes it a part, or a frame around it. */
const PART = 0.7;
/** Boxes of a class that are looked at in one picture. */
const MOST_BOXES = 3;

/**
 * What taught classes are least sure about in a picture: uncertainty sampling (Lewis
 * and Gale 1994) about each class's own threshold, and besides it where the network's
 * own classes contradict.
 *
 * @returns What would teach most first.
 */
export function doubtsOf(
  { network, features, logits, boxes }: DoubtPass,
  taught: readonly TaughtClass[],
  picture: Size,
): Doubt[] {
  const { width, height } = picture;
  const view = { features, logits, boxes, drawn: [], picture: 0, group: 0 };
  // What the network itself is sure of, whatever it calls it.
  const known = proposeBoxes({ logits, boxes }, network.labels, picture, { least: SURE_OF_OTHER });
  return taught
    .flatMap(({ label, column, threshold, ...judgement }): Doubt[] => {
      const sum = plainSums(network.layout)(column.weights);
      const found = boxesFound(network, { base: column.base, sum }, judgement, view).slice(
        0,
        MOST_BOXES,
      );
      const sure: BBox[] = [];
      // Best first.
      return found.flatMap(({ bbox: [x, y, w, h], score }): Doubt[] => {
        const bbox = clipToSize([x * width, y * height, w * width, h * height], picture);
        // The thing is found already; a yes to a part of it would teach a wrong box.
        if (sure.some((whole) => isPart(bbox, whole))) return [];
        if (score >= threshold) sure.push(bbox);
        const near = 1 - Math.abs(score - threshold) / MARGIN;
        const isContradicted =
          score >= threshold &&
          score < threshold + SETTLED &&
          known.some((other) => intersectionOverUnion(other.bbox, bbox) >= SAME_OBJECT_IOU);
        if (near <= 0 && !isContradicted) return [];
        const reason = isContradicted ? 'disagree' : 'unsure';
        const weight = Math.max(near, isContradicted ? 1 - (score - threshold) / SETTLED : 0);
        return [{ label, bbox, score, weight, reason }];
      });
    })
    .sort((a, b) => b.weight - a.weight);
}

function isPart(some: BBox, other: BBox): boolean {
  const smaller = Math.min(area(some), area(other));
  return intersectionArea(some, other) >= PART * smaller;
}
