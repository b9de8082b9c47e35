import { intersectionOverUnion, type BBox, type Size } from '../geometry.js';
import {
  blend,
  likeness,
  newPatch,
  patchAt,
  softened,
  type Patch,
  type SmallPicture,
} from './patch.js';

/** Where a carried box is now. */
export interface CarriedBox {
  /** In pixels of the small picture. */
  readonly bbox: BBox;
  /** How alike it looks to what was drawn or to how it looked just now, 0 to 1. */
  readonly likeness: number;
}

/** Less alike than this, it is another thing or out of sight. */
const LOST = 0.58;
/** What has been out of sight must look much like itself to be believed. */
const FOUND_AGAIN = 0.68;
/** From here on, the look of now is learnt, so that the thing may turn. */
const SURE = 0.7;
const LEARN_SHARE = 0.2;
/** Of its shorter side: patterns that are finer are not looked at. */
const SOFTNESS = 1 / 12;
/** Steps of a search, in sizes of the box. */
const COARSE = 1 / 7;
const FINE = 1 / 24;
/** How far one goes between two frames, in sizes of the box. */
const REACH = 4 / 7;
const SCALES = [0.92, 1, 1.09] as const;
const FINE_SCALES = [0.96, 1, 1.04] as const;
/** Sizes that something can come back with, of the one that was drawn. */
const COME_BACK_SCALES = [0.6, 1, 1.6] as const;
const COME_BACK_STEP = 1 / 5;
/** Of its smallest and largest size to the one that was drawn. */
const SHRINK = 0.3;
const GROW = 3;
/** Rounds in which what has come back is placed. */
const MOST_ROUNDS = 6;
/** Looks that are kept to know the thing again. */
const MOST_LOOKS = 3;
/** A look that is more alike than this to a kept one adds nothing. */
const SAME_LOOK = 0.9;

/** How something looks, roughly and exactly. */
interface Look {
  readonly soft: Patch;
  readonly sharp: Patch;
}

/** A frame to search in. */
interface Views {
  readonly soft: SmallPicture;
  readonly sharp: SmallPicture;
}

/**
 * Carries a box that was drawn once from frame to frame, whatever is in it: where
 * the picture below is most alike to what was in the box, by normalised
 * cross-correlation over places and sizes (Lewis 1995), roughly first and then exactly,
 * against both looks that were sure and a slowly learnt one, so that it neither drifts
 * away nor loses what turns. It says when it has lost it, and then looks everywhere
 * until it is back.
 */
export class BoxCarrier {
  readonly #drawn: BBox;
  readonly #radius: number;
  /** Those that were sure, the one that was drawn first. */
  readonly #looks: Look[];
  #recent: Look;
  /** `undefined` while it is lost. */
  #at: BBox | undefined;
  /** Before the first frame time may have passed since it was drawn. */
  #hasFollowed = false;
  readonly #scratch: Look = { soft: newPatch(), sharp: newPatch() };

  /** @param bbox Around the thing, in pixels of the small picture. */
  constructor(picture: SmallPicture, bbox: BBox) {
    this.#drawn = bbox;
    this.#radius = Math.round(Math.min(bbox[2], bbox[3]) * SOFTNESS);
    this.#recent = lookAt(this.#views(picture), bbox);
    this.#looks = [this.#recent];
    this.#at = bbox;
  }

  /** Whether there is nothing in the box that could be known again. */
  get isPlain(): boolean {
    return this.#recent.sharp.every((value) => value === 0);
  }

  /** Where it is in the next frame; `undefined` when it is lost. */
  follow(picture: SmallPicture): CarriedBox | undefined {
    const views = this.#views(picture);
    const near = this.#at && this.#searchNear(views, this.#at);
    const needed = this.#hasFollowed ? LOST : FOUND_AGAIN;
    const found =
      near !== undefined && near.likeness >= needed ? near : this.#searchEverywhere(views);
    this.#hasFollowed = true;
    this.#at = found?.bbox;
    if (found === undefined) return undefined;
    if (found.likeness >= SURE) this.#learn(lookAt(views, found.bbox));
    return found;
  }

  #learn(seen: Look): void {
    const { soft, sharp } = this.#recent;
    this.#recent = {
      soft: blend(soft, seen.soft, LEARN_SHARE),
      sharp: blend(sharp, seen.sharp, LEARN_SHARE),
    };
    const known = this.#looks.reduce((best, look) => Math.max(best, alike(look, seen)), -1);
    const isNew = known >= SURE && known < SAME_LOOK;
    if (isNew && this.#looks.length < MOST_LOOKS) this.#looks.push(seen);
  }

  #searchNear(views: Views, around: BBox): CarriedBox {
    const rough = this.#best(boxesNear(around, REACH, COARSE, SCALES, this.#drawn), views, {
      soft: this.#softScore,
    });
    const near = boxesNear(rough.bbox, COARSE, FINE, FINE_SCALES, this.#drawn);
    return this.#best(near, views, { full: this.#fullScore });
  }

  #searchEverywhere(views: Views): CarriedBox | undefined {
    const boxes = COME_BACK_SCALES.flatMap((scale) => boxesAll(this.#drawn, scale, views.soft));
    const soft = (patch: Patch): number =>
      this.#looks.reduce((best, look) => Math.max(best, likeness(look.soft, patch)), -1);
    const full = (look: Look): number =>
      this.#looks.reduce((best, known) => Math.max(best, alike(known, look)), -1);
    const rough = this.#best(boxes, views, { soft });
    // Uphill from there, in place and size: the grid was coarse in both.
    let fine: CarriedBox = { bbox: rough.bbox, likeness: -1 };
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const near = boxesNear(fine.bbox, COARSE, COARSE / 2, SCALES, this.#drawn);
      const better = this.#best(near, views, { full });
      if (better.likeness <= fine.likeness) break;
      fine = better;
    }
    return fine.likeness >= FOUND_AGAIN ? fine : undefined;
  }

  readonly #softScore = (patch: Patch): number => {
    const known = this.#looks.reduce(
      (best, look) => Math.max(best, likeness(look.soft, patch)),
      -1,
    );
    return (known + likeness(this.#recent.soft, patch)) / 2;
  };

  /** Looks that are sure hold it in place, the recent one lets it turn. */
  readonly #fullScore = (look: Look): number => {
    const known = this.#looks.reduce((best, each) => Math.max(best, alike(each, look)), -1);
    return (known + alike(this.#recent, look)) / 2;
  };

  #best(
    boxes: readonly BBox[],
    { soft, sharp }: Views,
    score: { readonly soft: (patch: Patch) => number } | { readonly full: (look: Look) => number },
  ): CarriedBox {
    let [best, bbox] = [-1, this.#drawn];
    const look = this.#scratch;
    for (const box of boxes) {
      patchAt(soft, box, look.soft);
      if ('full' in score) patchAt(sharp, box, look.sharp);
      const value = 'full' in score ? score.full(look) : score.soft(look.soft);
      if (value > best) [best, bbox] = [value, box];
    }
    return { bbox, likeness: best };
  }

  #views(sharp: SmallPicture): Views {
    return { sharp, soft: softened(sharp, this.#radius) };
  }
}

function lookAt({ soft, sharp }: Views, bbox: BBox): Look {
  return { soft: patchAt(soft, bbox), sharp: patchAt(sharp, bbox) };
}

function alike(one: Look, other: Look): number {
  return (likeness(one.soft, other.soft) + likeness(one.sharp, other.sharp)) / 2;
}

/** Boxes about one, of several sizes. @param reach, step In sizes of the box. */
function boxesNear(
  [x, y, width, height]: BBox,
  reach: number,
  step: number,
  scales: readonly number[],
  drawn: BBox,
): BBox[] {
  const boxes: BBox[] = [];
  const steps = Math.round(reach / step);
  for (const scale of scales) {
    const [w, h] = [width * scale, height * scale];
    if (w < drawn[2] * SHRINK || w > drawn[2] * GROW) continue;
    const [left, top] = [x + (width - w) / 2, y + (height - h) / 2];
    for (let down = -steps; down <= steps; down++) {
      for (let across = -steps; across <= steps; across++) {
        boxes.push([left + across * step * width, top + down * step * height, w, h]);
      }
    }
  }
  return boxes;
}

/** Boxes everywhere in a picture, so many times as large as the one that was drawn. */
function boxesAll([, , width, height]: BBox, scale: number, picture: Size): BBox[] {
  const [w, h] = [width * scale, height * scale];
  const boxes: BBox[] = [];
  for (let y = 0; y + h <= picture.height; y += Math.max(3, h * COME_BACK_STEP)) {
    for (let x = 0; x + w <= picture.width; x += Math.max(3, w * COME_BACK_STEP))
      boxes.push([x, y, w, h]);
  }
  return boxes;
}

/** Two views at this overlap lie at the same place of the picture, and are as large. */
const SAME_PLACE = 0.6;

/** Whether a box lies where another one did, so that a detector learns the same from both. */
export function isSamePlace(one: BBox, other: BBox): boolean {
  return intersectionOverUnion(one, other) >= SAME_PLACE;
}
