/** One curve: a value for each point of the x axis; gaps where it is undefined. */
export interface Curve {
  readonly title: string;
  readonly unit: string;
  readonly values: readonly (number | undefined)[];
}

const WIDTH = 760;
const PANEL = 120;
const LEFT = 90;
const RIGHT = 20;
const TOP = 34;
const GAP = 44;

/**
 * Curves one below the other over a common x axis, as SVG. Every panel begins at
 * zero, so that a small change looks small.
 *
 * @param x Of the points, ascending.
 */
export function plot(
  title: string,
  xTitle: string,
  x: readonly number[],
  curves: readonly Curve[],
): string {
  const height = TOP + curves.length * (PANEL + GAP);
  const panels = curves.map((curve, index) => panel(curve, x, TOP + index * (PANEL + GAP)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height + 10}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    text(LEFT, 18, title, 'start', 'font-weight="bold"'),
    ...panels,
    text(WIDTH - RIGHT, height + 2, xTitle, 'end'),
    '</svg>',
    '',
  ].join('\n');
}

function panel({ title, unit, values }: Curve, x: readonly number[], top: number): string {
  const known = values.filter((value) => value !== undefined);
  const highest = Math.max(...known, 0) || 1;
  const [start = 0, end = 1] = [x[0], x.at(-1)];
  const across = (value: number): number =>
    LEFT + ((value - start) / (end - start || 1)) * (WIDTH - LEFT - RIGHT);
  const up = (value: number): number => top + 16 + PANEL - (value / highest) * PANEL;
  const points = values
    .flatMap((value, index) =>
      value === undefined ? [] : `${across(x[index] ?? start).toFixed(1)},${up(value).toFixed(1)}`,
    )
    .join(' ');
  return [
    text(LEFT, top + 8, `${title} (${unit})`, 'start'),
    `<path d="M${LEFT} ${up(highest)}V${up(0)}H${WIDTH - RIGHT}" fill="none" stroke="#999"/>`,
    text(LEFT - 6, up(highest) + 4, short(highest), 'end'),
    text(LEFT - 6, up(0) + 4, '0', 'end'),
    text(LEFT, up(0) + 14, short(start), 'middle'),
    text(WIDTH - RIGHT, up(0) + 14, short(end), 'middle'),
    `<polyline points="${points}" fill="none" stroke="#0b6bcb" stroke-width="1.5"/>`,
  ].join('\n');
}

function text(x: number, y: number, content: string, anchor: string, more = ''): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" ${more}>${escaped}</text>`;
}

function short(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
