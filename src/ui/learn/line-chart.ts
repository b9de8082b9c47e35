import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { figure } from '../../i18n/learn-format.js';

const USUAL_WIDTH = 320;
/** More points than this are closer together than the screen's. */
const MOST_POINTS = 200;

export type ChartPoint = readonly [x: number, y: number];

export interface ChartLine {
  /** A class of the style sheet: `loss`, `watched`, `accuracy`, `honest`. */
  readonly kind: string;
  /** What the key calls it; without one it is not in the key. */
  readonly name?: string;
  readonly points: readonly ChartPoint[];
}

export interface LineChart {
  readonly lines: readonly ChartLine[];
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
  /** A spot on the chart, and how it is called. */
  readonly marks?: readonly { readonly at: ChartPoint; readonly kind?: string }[];
  readonly height?: number;
  /** In its own units; narrow where it stands beside something. */
  readonly width?: number;
  /** Without the key below, where there is no room for it. */
  readonly isKeyless?: boolean;
  /** Without numbers at the axes. */
  readonly isBare?: boolean;
  readonly label: string;
  readonly axes?: readonly [across: string, up: string] | undefined;
}

/** Lines over two axes, with the ends of the axes written at them. */
export function lineChart(chart: LineChart): TemplateResult {
  const { lines, x, y, marks = [], height = 130, width = USUAL_WIDTH, label } = chart;
  const left = ([value]: ChartPoint): number => ((value - x[0]) / (x[1] - x[0])) * width;
  const top = ([, value]: ChartPoint): number =>
    height - ((Math.min(y[1], Math.max(y[0], value)) - y[0]) / (y[1] - y[0])) * height;
  const zero = y[0] < 0 && y[1] > 0 ? top([0, 0]) : height;
  const middle = x[0] < 0 && x[1] > 0 ? left([0, 0]) : 0;
  const named = lines.filter(({ name }) => name !== undefined);
  return html`<figure class="lines">
    <svg
      class="chart"
      viewBox="0 0 ${width} ${chart.isBare === true ? height : height + 16}"
      role="img"
      aria-label=${label}
    >
      <path class="axis" d="M0 ${zero}H${width}M${middle} 0V${height}"></path>
      ${lines.map((line) => drawn(line, left, top))}
      ${marks.map(
        ({ at, kind = '' }) =>
          svg`<circle class=${kind} cx=${left(at)} cy=${top(at)} r="5"></circle>`,
      )}
      ${chart.isBare === true ? nothing : axisTexts(chart, height, width)}
    </svg>
    ${
      named.length === 0 || chart.isKeyless === true
        ? nothing
        : html`<ul class="keys" aria-hidden="true">
            ${named.map(({ kind, name }) => html`<li><i class=${kind}></i>${name}</li>`)}
          </ul>`
    }
  </figure>`;
}

function axisTexts({ x, y, axes }: LineChart, height: number, width: number): SVGTemplateResult {
  const [across = '', up = ''] = axes ?? [];
  return svg`<text x=${width / 2} y="11" text-anchor="middle">${`↑ ${up} ${figure(y[1])}`}</text>
    <text x=${width - 2} y=${height + 14} text-anchor="end">${`${across} ${figure(x[1])}`}</text>`;
}

function drawn(
  { kind, points }: ChartLine,
  left: (point: ChartPoint) => number,
  top: (point: ChartPoint) => number,
): SVGTemplateResult {
  const every = Math.ceil(points.length / MOST_POINTS);
  const path = points
    .filter((_, index) => index % every === 0 || index === points.length - 1)
    .filter(([, y]) => Number.isFinite(y))
    .map((point, index) => {
      const head = index === 0 ? 'M' : 'L';
      return `${head}${left(point).toFixed(1)} ${top(point).toFixed(1)}`;
    })
    .join('');
  return svg`<path class=${kind} d=${path}></path>`;
}

/** Loss over the steps: the axes grow with it. */
export function lossRange(losses: readonly number[]): readonly [number, number] {
  const finite = losses.filter((value) => Number.isFinite(value));
  const highest = Math.max(...finite, 1e-6);
  // A run that has gone astray should not flatten the part before it.
  const first = finite[0] ?? highest;
  return [0, Math.min(highest, first * 20)];
}
