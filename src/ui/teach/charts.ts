import { svg, type SVGTemplateResult } from 'lit';
import type { ReliabilityBin } from '../../domain/quality/calibration.js';
import type { CurvePoint } from '../../session/teach/types.js';

/** Width and height of a chart in its own units; it scales with its place. */
const WIDTH = 300;
const HEIGHT = 100;

/** More points than this are closer together than the screen's. */
const MOST_POINTS = 150;

type Point = readonly [x: number, y: number];

function path(points: readonly Point[]): string {
  return points
    .map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('');
}

/** Every so many of them, the last always. */
function thinned<T>(items: readonly T[]): readonly T[] {
  const step = Math.ceil(items.length / MOST_POINTS);
  return items.filter((_, index) => index % step === 0 || index === items.length - 1);
}

/**
 * Loss and accuracy over the steps. The loss is drawn against its own largest value,
 * the accuracy from 0 at the bottom to 1 at the top.
 *
 * @param steps Where the axis ends; the curve's end when there is none.
 */
export function trainingCurves(curve: readonly CurvePoint[], steps?: number): SVGTemplateResult {
  const points = thinned(curve);
  const finite = points.flatMap(({ loss, watchedLoss }) => [loss, watchedLoss]);
  const highest = Math.max(1e-9, ...finite.filter((value) => Number.isFinite(value)));
  const last = Math.max(1, steps ?? curve.at(-1)?.step ?? 1);
  const line = (value: (point: CurvePoint) => number): string =>
    path(
      points
        .filter((point) => Number.isFinite(value(point)))
        .map((point) => [
          (point.step / last) * WIDTH,
          HEIGHT - Math.min(1, value(point)) * (HEIGHT - 4) - 2,
        ]),
    );
  return svg`
    <path class="axis" d="M0 ${HEIGHT - 0.5}H${WIDTH}M0.5 0V${HEIGHT}"></path>
    <path class="accuracy" d=${line(({ watchedAccuracy }) => watchedAccuracy)}></path>
    <path class="watched" d=${line(({ watchedLoss }) => watchedLoss / highest)}></path>
    <path class="loss" d=${line(({ loss }) => loss / highest)}></path>`;
}

/** Side of the square in which a reliability curve is drawn. */
const SQUARE = 200;

/** Said against right, a dot for each bin, as large as it has answers; honest is the diagonal. */
export function reliabilityDots(bins: readonly ReliabilityBin[]): SVGTemplateResult {
  const filled = bins.flatMap(({ confidence, accuracy, count }) =>
    confidence === undefined || accuracy === undefined ? [] : [{ confidence, accuracy, count }],
  );
  const most = Math.max(1, ...filled.map(({ count }) => count));
  const at = ({ confidence, accuracy }: { confidence: number; accuracy: number }): Point => [
    confidence * SQUARE,
    SQUARE - accuracy * SQUARE,
  ];
  return svg`
    <path class="axis" d="M0.5 0V${SQUARE - 0.5}H${SQUARE}"></path>
    <path class="honest" d="M0 ${SQUARE}L${SQUARE} 0"></path>
    <path class="accuracy" d=${path(filled.map(at))}></path>
    ${filled.map((bin) => {
      const [x, y] = at(bin);
      return svg`<circle cx=${x} cy=${y} r=${4 + 6 * Math.sqrt(bin.count / most)}></circle>`;
    })}`;
}

/** How often which value occurs, in bars of equal width around 0. */
export interface Histogram {
  readonly counts: readonly number[];
  /** The bars go from minus this to this. */
  readonly extent: number;
  readonly mean: number;
  /** Standard deviation. */
  readonly spread: number;
}

export function histogram(values: Float64Array, bars = 41): Histogram {
  let [sum, squares, extent] = [0, 0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
    extent = Math.max(extent, Math.abs(value));
  }
  const count = Math.max(1, values.length);
  const mean = sum / count;
  const counts = Array.from({ length: bars }, () => 0);
  for (const value of values) {
    const place = extent === 0 ? 0.5 : (value / extent + 1) / 2;
    const bar = Math.min(bars - 1, Math.floor(place * bars));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return { counts, extent, mean, spread: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

/** The bars of a histogram, the middle one at 0. */
export function histogramBars({ counts }: Histogram): SVGTemplateResult {
  const most = Math.max(1, ...counts);
  const width = WIDTH / counts.length;
  return svg`
    ${counts.map((count, index) => {
      // Rare values matter as well: the height is the square root.
      const height = Math.sqrt(count / most) * (HEIGHT - 4);
      return svg`<rect
        class="bar"
        x=${(index * width + 0.5).toFixed(1)}
        y=${(HEIGHT - height).toFixed(1)}
        width=${(width - 1).toFixed(1)}
        height=${height.toFixed(1)}
      ></rect>`;
    })}
    <path class="axis" d="M0 ${HEIGHT - 0.5}H${WIDTH}"></path>`;
}
