import { nothing, svg, type TemplateResult } from 'lit';
import type { Point } from '../../domain/watch/polygon.js';

/** A zone or a line as it is drawn, in pixels of the view. */
export interface DrawnPlace {
  readonly kind: 'zone' | 'line';
  readonly name: string;
  readonly points: readonly Point[];
  readonly numbers: string;
  /** Something is in it. */
  readonly isBusy: boolean;
  readonly isEdited: boolean;
  /** The picture is mirrored: left and right of the line are the other way. */
  readonly isMirrored?: boolean;
}

/** How long the arrow of a line is. */
const ARROW = 34;
const HEAD = 9;

/** A zone or line with its name and numbers. */
export function drawing(place: DrawnPlace): TemplateResult {
  const classes = [place.kind, place.isBusy ? 'busy' : '', place.isEdited ? 'edited' : ''];
  const list = place.points.map((point) => point.join()).join(' ');
  return svg`<g class=${classes.filter(Boolean).join(' ')}>
    ${
      place.kind === 'zone'
        ? svg`<polygon class="halo" points=${list}></polygon><polygon class="body" points=${list}></polygon>`
        : svg`<polyline class="halo" points=${list}></polyline><polyline class="body" points=${list}></polyline>`
    }
    ${place.kind === 'line' ? arrow(place) : nothing}
    ${caption(place)}
  </g>`;
}

/** From the middle of the line to the side that is in. */
function arrow({ points, isMirrored }: DrawnPlace): TemplateResult | typeof nothing {
  const [start, end] = points;
  if (start === undefined || end === undefined) return nothing;
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]) || 1;
  // To the left of who walks from start to end, y pointing down; a mirror swaps the sides.
  const side = isMirrored === true ? -1 : 1;
  const along = [(end[0] - start[0]) / length, (end[1] - start[1]) / length] as const;
  const normal = [along[1] * side, -along[0] * side] as const;
  const middle = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2] as const;
  const tip = [middle[0] + normal[0] * ARROW, middle[1] + normal[1] * ARROW] as const;
  const barb = (way: 1 | -1): string =>
    [
      tip[0] - normal[0] * HEAD + along[0] * HEAD * way,
      tip[1] - normal[1] * HEAD + along[1] * HEAD * way,
    ].join(' ');
  const path = `M${middle.join(' ')}L${tip.join(' ')}M${barb(1)}L${tip.join(' ')}L${barb(-1)}`;
  return svg`<path class="halo" d=${path}></path><path class="arrow" d=${path}></path>`;
}

function caption({ kind, name, numbers, points }: DrawnPlace): TemplateResult {
  const [x, y] = kind === 'zone' ? topOf(points) : (points[0] ?? [0, 0]);
  const text = [name, numbers].filter(Boolean).join(' · ');
  return svg`<text x=${x + 8} y=${kind === 'zone' ? y + 20 : y - 10}>${text}</text>`;
}

/** The leftmost of the corners that are at the top. */
function topOf(points: readonly Point[]): Point {
  const [first = [0, 0] as const, ...rest] = points;
  return rest.reduce<Point>((best, point) => {
    const higher = point[1] - best[1];
    return higher < -1 || (Math.abs(higher) <= 1 && point[0] < best[0]) ? point : best;
  }, first);
}
