import { contours } from 'd3-contour';
import {
  html,
  nothing,
  svg,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { Experiment } from '../../domain/learn/experiment.js';
import {
  frameAround,
  sampleSurface,
  type Grid,
  type SurfaceFrame,
} from '../../domain/learn/surface.js';
import { figure } from '../../i18n/learn-format.js';
import { inSquare, outline, SIDE } from './scatter-plot.js';

const SIZE = 30;
/** What one animation frame may spend on measuring the landscape. */
const SLICE_MS = 6;
/** While the other weights move, the landscape is measured anew this often. */
const REST_MS = 300;
const LEVELS = 14;
/** Of the path: a long one is drawn as quickly as a short one. */
const MOST_POINTS = 400;

/**
 * Measures J over two weights in slices, and again when the other weights or the frame
 * have changed.
 */
export class LossSurface implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #grid: Grid | undefined;
  #frame: SurfaceFrame | undefined;
  #key = '';
  #wanted = '';
  #request = 0;
  #restUntil = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#request);
    this.#wanted = '';
  }

  /**
   * What there is to show of the landscape; begins to measure it where it is another.
   *
   * @param identity Of the data and settings.
   */
  of(
    experiment: Experiment,
    across: number,
    up: number,
    identity: string,
  ): {
    readonly frame: SurfaceFrame;
    readonly grid: Grid | undefined;
  } {
    const { moments, now } = experiment;
    const path = moments
      .slice(0, now.step + 1)
      .map(({ weights }) => [weights[across] ?? 0, weights[up] ?? 0] as const);
    const frame = frameAround(path, across, up);
    const others = [...now.weights].map((value, index) =>
      index === across || index === up ? '' : value.toPrecision(3),
    );
    const key = [identity, across, up, frame.reach, ...others].join(' ');
    const isFinite = now.weights.every((value) => Number.isFinite(value));
    if (key !== this.#key && key !== this.#wanted && isFinite) {
      this.#measure(key, frame, experiment, now.weights);
    }
    const isSame =
      this.#frame?.reach === frame.reach && this.#frame.across === across && this.#frame.up === up;
    return { frame, grid: isSame ? this.#grid : undefined };
  }

  #measure(
    key: string,
    frame: SurfaceFrame,
    { network, setup }: Experiment,
    flat: Float64Array,
  ): void {
    const isUnderWay = this.#wanted !== '';
    if (isUnderWay && performance.now() < this.#restUntil) return;
    this.#restUntil = performance.now() + REST_MS;
    this.#wanted = key;
    cancelAnimationFrame(this.#request);
    const rows = sampleSurface(network, flat, frame, setup.training, setup.objective, SIZE);
    const slice = (): void => {
      const end = performance.now() + SLICE_MS;
      do {
        const { done, value } = rows.next();
        if (done === true) {
          this.#grid = value;
          this.#frame = frame;
          this.#key = key;
          this.#wanted = '';
          this.#host.requestUpdate();
          return;
        }
      } while (performance.now() < end);
      this.#request = requestAnimationFrame(slice);
    };
    this.#request = requestAnimationFrame(slice);
  }
}

export interface SurfacePlot {
  readonly frame: SurfaceFrame;
  readonly grid: Grid | undefined;
  readonly experiment: Experiment;
  readonly names: readonly [across: string, up: string];
  readonly label: string;
}

/** The landscape's contours and the path on it. */
export function surfacePlot({
  frame,
  grid,
  experiment,
  names,
  label,
}: SurfacePlot): TemplateResult {
  const { moments, now } = experiment;
  const { across, up, reach } = frame;
  const x = (value: number): number => ((value + reach) / (2 * reach)) * SIDE;
  const y = (value: number): number => SIDE - x(value);
  const every = Math.ceil((now.step + 1) / MOST_POINTS);
  const points = moments
    .slice(0, now.step + 1)
    .filter(({ step }) => step % every === 0 || step === now.step)
    .map(({ weights }) => [weights[across] ?? NaN, weights[up] ?? NaN] as const)
    .filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b));
  const path = points.map(
    ([a, b], index) => `${index === 0 ? 'M' : 'L'}${x(a).toFixed(1)} ${y(b).toFixed(1)}`,
  );
  const [a = NaN, b = NaN] = points.at(-1) ?? [];
  return html`<svg
    class="plot surface"
    viewBox="0 0 ${SIDE} ${SIDE}"
    role="img"
    aria-label=${label}
  >
    <rect class="ground" width=${SIDE} height=${SIDE}></rect>
    ${grid === undefined ? nothing : inSquare(levels(grid))}
    <path class="path" d=${path.join('')}></path>
    ${points.slice(-60).map(([px, py]) => svg`<circle class="step" cx=${x(px)} cy=${y(py)} r="2"></circle>`)}
    <circle class="here" cx=${x(a)} cy=${y(b)} r="6.5"></circle>
    <text x=${SIDE - 6} y=${SIDE - 8} text-anchor="end">${names[0]} → ${figure(reach)}</text>
    <text x="6" y="16">↑ ${names[1]}</text>
  </svg>`;
}

/** Heights, closer together near the ground, where the path ends. */
function levels({ size, values }: Grid): TemplateResult {
  const finite = [...values].map((value) => (Number.isFinite(value) ? value : Number.MAX_VALUE));
  const lowest = Math.min(...finite);
  const highest = Math.max(...finite.filter((value) => value < Number.MAX_VALUE));
  const heights = Array.from(
    { length: LEVELS },
    (_, index) => lowest + (highest - lowest) * ((index + 0.5) / LEVELS) ** 2,
  );
  // A shape is where the value is at least its height; the valley is where none is.
  const shapes = contours().size([size, size]).thresholds(heights)(finite);
  return html`${shapes.map((shape) => svg`<path d=${outline(shape.coordinates, size)}></path>`)}`;
}
