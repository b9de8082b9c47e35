import { polygonProblem, type Point } from './polygon.js';

/** A zone's corners, or both ends of a line. */
export type Shape = readonly Point[];

/** More of the picture's height than its width is left free: zones are mostly on the ground. */
const FIRST_ZONE: Shape = [
  [0.3, 0.35],
  [0.7, 0.35],
  [0.7, 0.85],
  [0.3, 0.85],
];
const FIRST_LINE: Shape = [
  [0.2, 0.65],
  [0.8, 0.65],
];
/** Parts of the picture by which an arrow key moves a corner; finer with Shift. */
const STEP = 0.02;
const FINE_STEP = 0.005;
/** Two ends of a line nearer than this are a slip of the finger. */
const SHORTEST_LINE = 0.02;

/** What a new zone looks like: in the middle, where a camera is pointed at. */
export function firstShape(kind: 'zone' | 'line'): Shape {
  return kind === 'zone' ? FIRST_ZONE : FIRST_LINE;
}

/** What a drag from one place to another draws: an upright rectangle, or a line. */
export function shapeBetween(kind: 'zone' | 'line', from: Point, to: Point): Shape | undefined {
  const [a, b] = [inPicture(from), inPicture(to)];
  const shape: Shape = kind === 'line' ? [a, b] : [a, [b[0], a[1]], b, [a[0], b[1]]];
  return isShape(kind, shape) ? shape : undefined;
}

/** Whether corners make a zone, or ends a line. */
export function isShape(kind: 'zone' | 'line', shape: Shape): boolean {
  if (kind === 'zone') return polygonProblem(shape) === undefined;
  const [start, end] = shape;
  if (start === undefined || end === undefined || shape.length !== 2) return false;
  return Math.hypot(start[0] - end[0], start[1] - end[1]) >= SHORTEST_LINE;
}

/** The shape with one corner elsewhere. */
export function withPoint(shape: Shape, index: number, point: Point): Shape {
  return shape.map((corner, place) => (place === index ? inPicture(point) : corner));
}

/** All of it moved, as far as the picture goes. */
export function moved(shape: Shape, [dx, dy]: Point): Shape {
  const shift = (axis: 0 | 1, wanted: number): number => {
    const values = shape.map((point) => point[axis]);
    return Math.min(Math.max(wanted, -Math.min(...values)), 1 - Math.max(...values));
  };
  const [x, y] = [shift(0, dx), shift(1, dy)];
  // Rounding must not lead out of the picture.
  return shape.map((point) => inPicture([point[0] + x, point[1] + y]));
}

/** A zone with one corner more, in the middle of the edge after a corner. */
export function withCorner(polygon: Shape, after: number): Shape {
  const corner = polygon[after];
  const next = polygon[(after + 1) % polygon.length];
  if (corner === undefined || next === undefined) return polygon;
  const middle: Point = [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2];
  return [...polygon.slice(0, after + 1), middle, ...polygon.slice(after + 1)];
}

/** A zone without a corner; as it was where it would be none any more. */
export function withoutCorner(polygon: Shape, index: number): Shape {
  const rest = polygon.filter((_, place) => place !== index);
  return polygonProblem(rest) === undefined ? rest : polygon;
}

const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * How far a key moves something.
 *
 * @param isMirrored The picture is: right on the screen is left in the picture then.
 * @returns `undefined` for keys that move nothing.
 */
export function keyMove(key: string, isFine: boolean, isMirrored: boolean): Point | undefined {
  const direction = DIRECTIONS[key];
  if (direction === undefined) return undefined;
  const step = isFine ? FINE_STEP : STEP;
  return [direction[0] * step * (isMirrored ? -1 : 1), direction[1] * step];
}

function inPicture([x, y]: Point): Point {
  return [Math.min(Math.max(x, 0), 1), Math.min(Math.max(y, 0), 1)];
}
