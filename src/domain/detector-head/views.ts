import type { BBox, Size } from '../geometry.js';
import type { RandomNumbers } from '../random.js';

/** One way to look at a labelled picture, as data. */
export interface View {
  /**
   * Part of the picture that is seen, in its pixels; may reach beyond its edges,
   * where there is plain grey.
   */
  readonly region: BBox;
  readonly mirrored: boolean;
  /** What each channel is multiplied by, around middle grey for `contrast`. */
  readonly gains: readonly [red: number, green: number, blue: number];
  readonly contrast: number;
}

/** The picture as it is. */
export function plainView({ width, height }: Size): View {
  return { region: [0, 0, width, height], mirrored: false, gains: [1, 1, 1], contrast: 1 };
}

/** What is around a box that is looked at by itself, as a part of its sides. */
const MARGIN = 0.25;

/** A box with a little of what is around it. @param box In pixels of the picture. */
export function partAround([x, y, width, height]: BBox): BBox {
  const [beside, above] = [MARGIN * width, MARGIN * height];
  return [x - beside, y - above, width + 2 * beside, height + 2 * above];
}

/** Sides of a crop and of a picture that is seen from further away, as parts of its own. */
const SMALLEST_CROP = 0.45;
const LARGEST_VIEW = 1.7;
/** Share of views that come closer; the others step back. */
const CROP_SHARE = 0.6;
/** How far the proportions may be off. */
const STRETCH = 1.25;
/** Share of a box that has to be seen for the box to count. */
const SEEN_SHARE = 0.6;
const ATTEMPTS = 20;

/**
 * Random views of a picture: from nearer and from further, shifted, stretched a
 * little, mirrored, lighter, darker and in another light. Ten examples show a
 * thing in ten sizes and places only; the views show it in many.
 *
 * Every view shows one of the boxes.
 *
 * @param boxes In pixels of the picture.
 */
export function randomViews(
  picture: Size,
  boxes: readonly BBox[],
  count: number,
  random: RandomNumbers,
): View[] {
  return Array.from({ length: count }, () => ({
    region: randomRegion(picture, boxes, random),
    mirrored: random.uniform() < 0.5,
    ...randomLight(random),
  }));
}

function randomRegion(picture: Size, boxes: readonly BBox[], random: RandomNumbers): BBox {
  const { width, height } = picture;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const isCrop = random.uniform() < CROP_SHARE;
    const side = isCrop
      ? between(SMALLEST_CROP, 1, random.uniform())
      : between(1, LARGEST_VIEW, random.uniform());
    const stretch = STRETCH ** (2 * random.uniform() - 1);
    const [w, h] = [width * side * Math.sqrt(stretch), (height * side) / Math.sqrt(stretch)];
    const region: BBox = [random.uniform() * (width - w), random.uniform() * (height - h), w, h];
    if (boxes.length === 0 || boxes.some((box) => seenShare(box, region) >= 0.85)) return region;
  }
  return [0, 0, width, height];
}

function randomLight(random: RandomNumbers): Pick<View, 'gains' | 'contrast'> {
  const brightness = between(0.7, 1.35, random.uniform());
  const tint = (): number => brightness * between(0.92, 1.08, random.uniform());
  return { gains: [tint(), tint(), tint()], contrast: between(0.75, 1.25, random.uniform()) };
}

/**
 * Where boxes lie in a view, normalised to it. What is cut off by more than a
 * part is left out.
 *
 * @param boxes In pixels of the picture.
 */
export function boxesInView(boxes: readonly BBox[], { region, mirrored }: View): BBox[] {
  const [left, top, width, height] = region;
  return boxes.flatMap((box): BBox[] => {
    if (seenShare(box, region) < SEEN_SHARE) return [];
    const x0 = Math.max(0, (box[0] - left) / width);
    const y0 = Math.max(0, (box[1] - top) / height);
    const x1 = Math.min(1, (box[0] + box[2] - left) / width);
    const y1 = Math.min(1, (box[1] + box[3] - top) / height);
    return [[mirrored ? 1 - x1 : x0, y0, x1 - x0, y1 - y0]];
  });
}

/** Part of a box that lies in a region. */
function seenShare(box: BBox, region: BBox): number {
  const width = Math.min(box[0] + box[2], region[0] + region[2]) - Math.max(box[0], region[0]);
  const height = Math.min(box[1] + box[3], region[1] + region[3]) - Math.max(box[1], region[1]);
  const area = box[2] * box[3];
  return width <= 0 || height <= 0 || area <= 0 ? 0 : (width * height) / area;
}

/**
 * Changes pixels to the light of a view, in place.
 *
 * @param rgba Four bytes a pixel; alpha stays.
 */
export function relight(
  rgba: Uint8ClampedArray,
  { gains, contrast }: Pick<View, 'gains' | 'contrast'>,
): void {
  const tableOf = (gain: number): Uint8ClampedArray =>
    Uint8ClampedArray.from({ length: 256 }, (_, value) => (value * gain - 128) * contrast + 128);
  const [red, green, blue] = [tableOf(gains[0]), tableOf(gains[1]), tableOf(gains[2])];
  // Plain lines: a loop over the channels takes four times as long.
  for (let at = 0; at < rgba.length; at += 4) {
    rgba[at] = red[rgba[at] ?? 0] ?? 0;
    rgba[at + 1] = green[rgba[at + 1] ?? 0] ?? 0;
    rgba[at + 2] = blue[rgba[at + 2] ?? 0] ?? 0;
  }
}

function between(low: number, high: number, share: number): number {
  return low + (high - low) * share;
}
