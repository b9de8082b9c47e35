import { contours } from 'd3-contour';
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { EXTENT, type LabelledPoint } from '../../domain/learn/points.js';
import type { Grid } from '../../domain/learn/surface.js';
import { LEARN_TEXTS as texts } from '../../i18n/learn-messages.js';

/** Side of the plot in its own units. */
export const SIDE = 320;
/** Where a coordinate from -EXTENT to EXTENT lies. */
const across = (x: number): number => ((x + EXTENT) / (2 * EXTENT)) * SIDE;
const up = (y: number): number => SIDE - across(y);

/** Bands of the background: the surer the answer, the stronger the colour. */
const BANDS = [0.1, 0.25, 0.5, 0.75, 0.9];
const HALF = 0.5;

export interface ScatterPlot {
  readonly points: readonly LabelledPoint[];
  /** The first so many are learnt from, the others held back; all when absent. */
  readonly trained?: number;
  /** Answers all over the plane, 0 to 1. */
  readonly grid?: Grid | undefined;
  /** Index of the point that is looked at. */
  readonly chosen?: number | undefined;
  /** Indices of points on the wrong side. */
  readonly wrong?: ReadonlySet<number> | undefined;
  /** How large each point is drawn, 1 as usual. */
  readonly sizes?: readonly number[] | undefined;
  /** What a screen reader is told. */
  readonly label: string;
  /** A point was tapped. */
  readonly picked?: ((index: number) => void) | undefined;
}

/** Points of two classes in the plane, over what a network answers there. */
export function scatterPlot(plot: ScatterPlot): TemplateResult {
  const { points, grid, label, picked, trained = points.length } = plot;
  return html`<svg
    class="plot ${picked === undefined ? '' : 'pickable'}"
    viewBox="0 0 ${SIDE} ${SIDE}"
    role="img"
    aria-label=${label}
    @pointerup=${(event: PointerEvent) => picked?.(nearest(points, event))}
  >
    <rect class="ground" width=${SIDE} height=${SIDE}></rect>
    ${grid === undefined ? nothing : inSquare(bands(grid))}
    <path class="axis" d="M0 ${SIDE / 2}H${SIDE}M${SIDE / 2} 0V${SIDE}"></path>
    ${points.map((point, index) => dot(plot, point, index, index >= trained))}
  </svg>`;
}

export interface ScatterKeys {
  /** Some points are held back. */
  readonly hasHeld?: boolean;
  /** Points on the wrong side are marked. */
  readonly hasWrong?: boolean;
}

/** What the marks of a plot mean. */
export function scatterKeys({ hasHeld = false, hasWrong = false }: ScatterKeys): TemplateResult {
  return html`<ul class="keys">
    <li>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <circle class="yes" cx="6" cy="6" r="5"></circle></svg
      >y = 1
    </li>
    <li>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <rect class="no" x="1.5" y="1.5" width="9" height="9"></rect></svg
      >y = 0
    </li>
    ${
      hasHeld
        ? html`<li>
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <circle class="yes held" cx="6" cy="6" r="4.5"></circle></svg
            >${texts.plot.held}
          </li>`
        : nothing
    }
    ${
      hasWrong
        ? html`<li>
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <circle class="wrong" cx="6" cy="6" r="5"></circle></svg
            >${texts.plot.wrong}
          </li>`
        : nothing
    }
  </ul>`;
}

/** Areas of the plane by answer, and the line where it turns over. */
function bands({ size, values }: Grid): SVGTemplateResult {
  const finite = [...values].map((value) => (Number.isFinite(value) ? value : 0));
  const shapes = contours().size([size, size]).thresholds(BANDS)(finite);
  return svg`<rect class="band no" width=${SIDE} height=${SIDE}></rect>
    ${shapes.map(
      (shape) => svg`<path
      class=${shape.value === HALF ? 'band yes half' : 'band yes'}
      d=${outline(shape.coordinates, size)}
    ></path>`,
    )}`;
}

/** Cut off at the edges of the plot: the picture may be wider than it, and contours close outside. */
export function inSquare(drawn: SVGTemplateResult | TemplateResult): SVGTemplateResult {
  return svg`<svg width=${SIDE} height=${SIDE} viewBox="0 0 ${SIDE} ${SIDE}">${drawn}</svg>`;
}

/** The rings of a shape on the grid as an SVG path; the grid's first row is the lowest. */
export function outline(
  shapes: readonly (readonly (readonly number[][])[])[] | number[][][][],
  size: number,
): string {
  // One ring of the grid lies outside.
  const scale = SIDE / (size - 2);
  return shapes
    .flat()
    .map(
      (ring) =>
        `${ring
          .map(([x = 0, y = 0], index) => {
            const head = index === 0 ? 'M' : 'L';
            return `${head}${((x - 1) * scale).toFixed(1)} ${(SIDE - (y - 1) * scale).toFixed(1)}`;
          })
          .join('')}Z`,
    )
    .join('');
}

function dot(
  { chosen, wrong, sizes }: ScatterPlot,
  { x, y, label }: LabelledPoint,
  index: number,
  isHeld: boolean,
): SVGTemplateResult {
  const [left, top] = [across(x), up(y)];
  const radius = 4.2 * (sizes?.[index] ?? 1);
  const kind = `${label === 1 ? 'yes' : 'no'}${isHeld ? ' held' : ''}`;
  const side = radius * 1.75;
  return svg`
    ${index === chosen ? svg`<circle class="chosen" cx=${left} cy=${top} r=${radius + 6}></circle>` : nothing}
    ${wrong?.has(index) === true ? svg`<circle class="wrong" cx=${left} cy=${top} r=${radius + 3}></circle>` : nothing}
    ${
      label === 1
        ? svg`<circle class=${kind} cx=${left} cy=${top} r=${radius}></circle>`
        : svg`<rect class=${kind} x=${left - side / 2} y=${top - side / 2} width=${side} height=${side}></rect>`
    }`;
}

function nearest(points: readonly LabelledPoint[], event: PointerEvent): number {
  const place = (event.currentTarget as SVGElement).getBoundingClientRect();
  // The square stands in the middle of its place, whatever shape that has.
  const side = Math.min(place.width, place.height);
  const x = ((event.clientX - place.left - (place.width - side) / 2) / side) * SIDE;
  const y = ((event.clientY - place.top - (place.height - side) / 2) / side) * SIDE;
  let best = 0;
  let least = Infinity;
  points.forEach((point, index) => {
    const distance = Math.hypot(across(point.x) - x, up(point.y) - y);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}
