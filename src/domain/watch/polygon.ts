/** A place in a picture: parts of its width and its height, 0 to 1 from the top left. */
export type Point = readonly [x: number, y: number];

/** Why some corners make no zone. */
export const POLYGON_PROBLEMS = ['too-few-corners', 'self-crossing', 'no-area'] as const;
export type PolygonProblem = (typeof POLYGON_PROBLEMS)[number];

/** Smaller than this part of the picture nobody means anything by it (a tap that slipped). */
const SMALLEST_AREA = 1e-4;

/**
 * Whether a point lies in a polygon, by the even-odd rule; points on an edge may
 * count either way.
 *
 * Source: W. R. Franklin, PNPOLY (https://wrfranklin.org/Research/Short_Notes/pnpoly.html).
 */
export function isInside(point: Point, polygon: readonly Point[]): boolean {
  const x = point[0];
  const y = point[1];
  let inside = false;
  let previous = polygon.at(-1);
  // By index and without taking pairs apart: this runs for each object and zone of a frame, and
  // what it leaves on the heap is what the garbage collector stops the next frames for.
  for (const corner of polygon) {
    if (previous !== undefined && corner[1] > y !== previous[1] > y) {
      const slope = (previous[0] - corner[0]) / (previous[1] - corner[1]);
      if (x < slope * (y - corner[1]) + corner[0]) inside = !inside;
    }
    previous = corner;
  }
  return inside;
}

/** Area of a polygon that does not cross itself, as part of the picture (the shoelace formula). */
export function polygonArea(polygon: readonly Point[]): number {
  let twice = 0;
  let [px, py] = polygon.at(-1) ?? [0, 0];
  for (const [x, y] of polygon) {
    twice += px * y - x * py;
    [px, py] = [x, y];
  }
  return Math.abs(twice) / 2;
}

/** What is wrong with the corners of a zone, if anything is. */
export function polygonProblem(polygon: readonly Point[]): PolygonProblem | undefined {
  const corners = new Set(polygon.map(String));
  if (corners.size < 3) return 'too-few-corners';
  if (crossesItself(polygon)) return 'self-crossing';
  return polygonArea(polygon) < SMALLEST_AREA ? 'no-area' : undefined;
}

/**
 * What of a convex polygon lies in the picture.
 *
 * Source: Sutherland and Hodgman 1974, “Reentrant polygon clipping”.
 *
 * @returns Its corners, rounded; none where nothing of it does.
 */
export function clippedToPicture(polygon: readonly Point[]): readonly Point[] {
  const insides = [
    ([x]: Point) => x,
    ([x]: Point) => 1 - x,
    ([, y]: Point) => y,
    ([, y]: Point) => 1 - y,
  ];
  const corners = insides.reduce(clipped, polygon).map(([x, y]): Point => [rounded(x), rounded(y)]);
  // Two that are one after rounding would make edges of no length, which touch others.
  return corners.filter((corner, index) => String(corner) !== String(corners.at(index - 1)));
}

/** @param inside How far on the right side of a straight line a point is; negative beyond it. */
function clipped(polygon: readonly Point[], inside: (point: Point) => number): readonly Point[] {
  return polygon.flatMap((corner, index): Point[] => {
    const before = polygon.at(index - 1) ?? corner;
    const [here, there] = [inside(corner), inside(before)];
    const own = here >= 0 ? [corner] : [];
    if (here >= 0 === there >= 0) return own;
    const part = there / (there - here);
    const crossing: Point = [
      before[0] + part * (corner[0] - before[0]),
      before[1] + part * (corner[1] - before[1]),
    ];
    return [crossing, ...own];
  });
}

/** Finer than any pixel, and within the picture. */
function rounded(part: number): number {
  return Math.min(Math.max(Math.round(part * 1e4) / 1e4, 0), 1);
}

/** Twice the signed area of a triangle: on which side of `a` → `b` the point `c` lies. */
export function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Whether any two edges that are no neighbours cross or touch. */
function crossesItself(polygon: readonly Point[]): boolean {
  const edges = polygon.map((corner, index) => {
    const next = polygon[(index + 1) % polygon.length] ?? corner;
    return [corner, next] as const;
  });
  return edges.some((edge, index) =>
    edges.some((other, place) => {
      const isNeighbour = place - index === 1 || (index === 0 && place === edges.length - 1);
      return place > index && !isNeighbour && doCross(edge, other);
    }),
  );
}

type Edge = readonly [Point, Point];

function doCross([a, b]: Edge, [c, d]: Edge): boolean {
  const [c1, c2, a1, a2] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (c1 * c2 < 0 && a1 * a2 < 0) return true;
  return (
    (c1 === 0 && isBetween(a, b, c)) ||
    (c2 === 0 && isBetween(a, b, d)) ||
    (a1 === 0 && isBetween(c, d, a)) ||
    (a2 === 0 && isBetween(c, d, b))
  );
}

/** For three points on one line: whether the third lies between the others. */
function isBetween(a: Point, b: Point, c: Point): boolean {
  const within = (from: number, to: number, value: number): boolean =>
    Math.min(from, to) <= value && value <= Math.max(from, to);
  return within(a[0], b[0], c[0]) && within(a[1], b[1], c[1]);
}
