import { clipToSize, type BBox, type Size } from '../../domain/geometry.js';

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
  return [
    clamp(box[0] + x, 0, size.width - box[2]),
    clamp(box[1] + y, 0, size.height - box[3]),
    box[2],
    box[3],
  ];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
