import { SightlineError } from './errors.js';
import type { BBox, Size } from './geometry.js';

/**
 * The bundled pack of negatives: photographs of all kinds of things that a head
 * learns to be silent at, so that *unknown* is an answer from the first example on.
 */

/** `index.json` of the pack. */
export const NEGATIVE_INDEX_VERSION = 1;

export interface NegativeIndex {
  readonly version: number;
  readonly pictures: readonly NegativePicture[];
}

/** One photograph of the pack, with its credit. */
export interface NegativePicture extends Size {
  /** Relative to the folder of `index.json`; holds the first characters of the hash. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hexadecimal SHA-256. */
  readonly sha256: string;
  readonly title: string;
  readonly author: string;
  /** SPDX identifier, or `public domain`. */
  readonly licence: string;
  /** Where it was published. */
  readonly address: string;
  /** Package (and version) that it was taken from. */
  readonly source: string;
  /** What is to be seen in it, in English, by COCO's name where COCO has one. */
  readonly shows: readonly string[];
}

/**
 * Reads an `index.json`.
 *
 * @throws SightlineError `negatives-unavailable`.
 */
export function parseNegativeIndex(text: string): NegativeIndex {
  let index: Partial<NegativeIndex>;
  try {
    index = (JSON.parse(text) as Partial<NegativeIndex> | null) ?? {};
  } catch (cause) {
    throw new SightlineError('negatives-unavailable', 'the index is no JSON', { cause });
  }
  const { version, pictures } = index;
  if (version !== NEGATIVE_INDEX_VERSION || !Array.isArray(pictures)) {
    throw new SightlineError('negatives-unavailable', `index of version ${String(version)}`);
  }
  return { version, pictures };
}

/**
 * The pictures that a head may learn from as negatives. One that shows a thing of
 * the very name that is taught is left out: somebody who teaches "dog" means every
 * dog. One that shows the same kind of thing under another name stays: beside "my
 * mug", a picture of any other mug is a fair and useful negative.
 *
 * @param labels What is taught, as the person wrote it.
 */
export function negativesFor(
  pictures: readonly NegativePicture[],
  labels: readonly string[],
): NegativePicture[] {
  const taught = new Set(labels.map(normalise));
  return pictures.filter(({ shows }) => !shows.some((name) => taught.has(normalise(name))));
}

/** "Wine  Glasses " and "wine glass" are the same name. */
function normalise(name: string): string {
  const words = name.toLowerCase().trim().split(/\s+/).join(' ');
  return words.replace(/(ss|s|x|ch|sh)es$/, '$1').replace(/([^s])s$/, '$1');
}

/** Sides of the crops of a picture, as parts of its own; 1 is all of it. */
const CROP_SIDES = [1, 0.6, 0.4] as const;

/**
 * Boxes of a picture to take features of: all of it, four overlapping crops and
 * nine smaller ones. Together they show things whole, in part and not at all,
 * which is what a detector's wrong boxes look like.
 *
 * @returns In pixels of the picture, largest first.
 */
export function negativeBoxes({ width, height }: Size): BBox[] {
  return CROP_SIDES.flatMap((side) => {
    // So many that neighbours overlap a little.
    const count = Math.ceil(1 / side);
    const starts = Array.from({ length: count }, (_, index) =>
      count === 1 ? 0 : ((1 - side) * index) / (count - 1),
    );
    return starts.flatMap((y) =>
      starts.map((x): BBox => [x * width, y * height, side * width, side * height]),
    );
  });
}
