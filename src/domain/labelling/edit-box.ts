import { clipToSize, type BBox, type Size } from '../geometry.js';

/** Part of the picture by which a key moves an edge. */
const STEP = 1 / 40;
/** Pixels that a box has at least each way. */
const SMALLEST = 8;

/** Half of the picture each way, in its middle: what one points a camera at is there. */
export function centredBox({ width, height }: Size): BBox {
  return [width / 4, height / 4, width / 2, height / 2];
}

/** The box between two corners, within the picture. */
export function boxBetween(
  a: readonly [number, number],
  b: readonly [number, number],
  size: Size,
): BBox {
  const [left, top] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
  return clipToSize([left, top, Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])], size);
}

/** Whether a box is more than a slip of the finger. */
export function isLargeEnough([, , width, height]: BBox): boolean {
  return width >= SMALLEST && height >= SMALLEST;
}

/** A corner of a box, seen as the picture is stored. */
export interface Corner {
  readonly right: boolean;
  readonly bottom: boolean;
}

export const CORNERS: readonly Corner[] = [
  { right: false, bottom: false },
  { right: true, bottom: false },
  { right: true, bottom: true },
  { right: false, bottom: true },
];

/** The box with one corner pulled to a point, the opposite one staying where it is. */
export function withCornerAt(
  [x, y, width, height]: BBox,
  { right, bottom }: Corner,
  [toX, toY]: readonly [number, number],
  size: Size,
): BBox {
  const fixed = [right ? x : x + width, bottom ? y : y + height] as const;
  // A corner is never pulled across its opposite: the box would turn inside out.
  const across = right ? Math.max(toX, fixed[0] + SMALLEST) : Math.min(toX, fixed[0] - SMALLEST);
  const down = bottom ? Math.max(toY, fixed[1] + SMALLEST) : Math.min(toY, fixed[1] - SMALLEST);
  return boxBetween(fixed, [across, down], size);
}

/** The box moved by so many pixels, as far as the picture goes. */
export function movedBy(
  [x, y, width, height]: BBox,
  [across, down]: readonly [number, number],
  size: Size,
): BBox {
  return [
    clamp(x + across, 0, size.width - width),
    clamp(y + down, 0, size.height - height),
    width,
    height,
  ];
}

/** The box so many times as large each way, about its middle, within the picture. */
export function resized([x, y, width, height]: BBox, by: number, size: Size): BBox {
  const [across, down] = [Math.max(SMALLEST, width * by), Math.max(SMALLEST, height * by)];
  return clipToSize([x + (width - across) / 2, y + (height - down) / 2, across, down], size);
}

/** A box of a quarter of the picture each way around a point, for a tap instead of a drag. */
export function boxAround([x, y]: readonly [number, number], size: Size): BBox {
  const [width, height] = [size.width / 4, size.height / 4];
  return movedBy([x - width / 2, y - height / 2, width, height], [0, 0], size);
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * What a key makes of a box: arrows move it, with `resize` they move its lower right corner.
 *
 * @param mirrored Whether the picture is: right is left then.
 * @returns `undefined` for other keys.
 */
export function boxAfterKey(
  box: BBox,
  key: string,
  resize: boolean,
  size: Size,
  mirrored: boolean,
): BBox | undefined {
  const direction = DIRECTIONS[key];
  if (direction === undefined) return undefined;
  const step = Math.max(size.width, size.height) * STEP;
  const [x, y] = [direction[0] * step * (mirrored && !resize ? -1 : 1), direction[1] * step];
  if (resize) {
    // A mirrored box grows to the left of the picture, which is right on the screen.
    const width = clamp(box[2] + x, SMALLEST, size.width);
    const left = mirrored ? box[0] + box[2] - width : box[0];
    return clipToSize([left, box[1], width, clamp(box[3] + y, SMALLEST, size.height)], size);
  }
  return movedBy(box, [x, y], size);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
