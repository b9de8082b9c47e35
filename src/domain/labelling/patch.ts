import type { BBox, Size } from '../geometry.js';

/** A small picture in brightness and two colour differences, for comparing parts of pictures. */
export interface SmallPicture extends Size {
  /** `width * height` numbers each: Y, Cb and Cr of Rec. 601, 0 to 255 about their zero. */
  readonly planes: readonly Float32Array[];
}

/** @param rgba 4 bytes a pixel, row by row. */
export function smallPicture(rgba: ArrayLike<number>, { width, height }: Size): SmallPicture {
  const count = width * height;
  const planes = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  const [luma, blue, red] = planes as [Float32Array, Float32Array, Float32Array];
  for (let at = 0; at < count; at++) {
    const [r, g, b] = [rgba[at * 4] ?? 0, rgba[at * 4 + 1] ?? 0, rgba[at * 4 + 2] ?? 0];
    const y = 0.299 * r + 0.587 * g + 0.114 * b;
    luma[at] = y;
    blue[at] = 0.564 * (b - y);
    red[at] = 0.713 * (r - y);
  }
  return { width, height, planes };
}

/**
 * The same picture, each point the mean of those about it: fine patterns are alike
 * only where they lie exactly on each other, which a search in steps would miss.
 *
 * @param radius In pixels; 0 leaves it as it is.
 */
export function softened({ width, height, planes }: SmallPicture, radius: number): SmallPicture {
  const soft = (plane: Float32Array): Float32Array => {
    const across = means(plane, { width, height }, radius, 1, width);
    return means(across, { width: height, height: width }, radius, width, 1);
  };
  return { width, height, planes: radius < 1 ? planes : planes.map(soft) };
}

/** Running means along lines: `width` numbers a line, `step` apart; lines are `line` apart. */
function means(
  plane: Float32Array,
  { width, height }: Size,
  radius: number,
  step: number,
  line: number,
): Float32Array {
  const out = new Float32Array(plane.length);
  const value = (row: number, at: number): number =>
    plane[row * line + clamp(at, width) * step] ?? 0;
  for (let row = 0; row < height; row++) {
    let sum = 0;
    for (let at = -radius; at <= radius; at++) sum += value(row, at);
    for (let at = 0; at < width; at++) {
      out[row * line + at * step] = sum / (2 * radius + 1);
      sum += value(row, at + radius + 1) - value(row, at - radius);
    }
  }
  return out;
}

/** Points that a patch is looked at, each way. */
const SIDE = 12;
const POINTS = SIDE * SIDE;
/** The rim of a box shows what is behind the object: it counts for so much less than the middle. */
const RIM_WEIGHT = 0.35;

const WEIGHTS = Float32Array.from({ length: POINTS }, (_, at) => {
  const across = Math.abs(((at % SIDE) + 0.5) / SIDE - 0.5) * 2;
  const down = Math.abs((Math.floor(at / SIDE) + 0.5) / SIDE - 0.5) * 2;
  return 1 - (1 - RIM_WEIGHT) * Math.max(across, down) ** 2;
});

const ROOTS = WEIGHTS.map(Math.sqrt);
const ALL_WEIGHT = WEIGHTS.reduce((sum, weight) => sum + weight, 0);

/**
 * What a part of a picture looks like, at `SIDE * SIDE` points of each of its planes,
 * those in the middle counting most: of mean 0 in each plane and of length 1; all 0
 * where it is plain.
 */
export type Patch = Float32Array;

/** A standard deviation, of 255, below which a patch is plain. */
const PLAIN = 3;

/** A part of a picture, which may reach over the rim. */
export function patchAt(picture: SmallPicture, bbox: BBox, out: Patch = newPatch()): Patch {
  const { width, height, planes } = picture;
  const [left, top, boxWidth, boxHeight] = bbox;
  for (let row = 0; row < SIDE; row++) {
    const y = clamp(Math.floor(top + ((row + 0.5) * boxHeight) / SIDE), height);
    for (let column = 0; column < SIDE; column++) {
      const x = clamp(Math.floor(left + ((column + 0.5) * boxWidth) / SIDE), width);
      const at = y * width + x;
      const to = row * SIDE + column;
      for (let plane = 0; plane < 3; plane++) {
        out[plane * POINTS + to] = planes[plane]?.[at] ?? 0;
      }
    }
  }
  return weighed(out);
}

export function newPatch(): Patch {
  return new Float32Array(3 * POINTS);
}

/** How alike two patches are: their normalised cross-correlation, −1 to 1. */
export function likeness(a: Patch, b: Patch): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** Something between two patches. @param share Of the second, 0 to 1. */
export function blend(a: Patch, b: Patch, share: number): Patch {
  const out = a.map((value, at) => value * (1 - share) + (b[at] ?? 0) * share);
  const length = Math.sqrt(likeness(out, out));
  return length === 0 ? out : out.map((value) => value / length);
}

/** Makes a patch ready to be compared, in its place. */
function weighed(patch: Patch): Patch {
  let squares = 0;
  for (let plane = 0; plane < 3; plane++) {
    const from = plane * POINTS;
    let sum = 0;
    for (let at = 0; at < POINTS; at++) sum += (WEIGHTS[at] ?? 0) * (patch[from + at] ?? 0);
    const mean = sum / ALL_WEIGHT;
    for (let at = 0; at < POINTS; at++) {
      const value = ((patch[from + at] ?? 0) - mean) * (ROOTS[at] ?? 0);
      patch[from + at] = value;
      squares += value * value;
    }
  }
  const length = Math.sqrt(squares);
  if (length < PLAIN * Math.sqrt(ALL_WEIGHT)) return patch.fill(0);
  for (let at = 0; at < patch.length; at++) patch[at] = (patch[at] ?? 0) / length;
  return patch;
}

function clamp(value: number, end: number): number {
  return value < 0 ? 0 : value >= end ? end - 1 : value;
}
