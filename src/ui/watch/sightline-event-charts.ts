import { contours } from 'd3-contour';
import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Size } from '../../domain/geometry.js';
import { HEAT_SIZE, type EventNumbers } from '../../domain/watch/event-tally.js';
import { LOG_TEXTS as texts } from '../../i18n/log-messages.js';
import { controls } from '../styles/controls.js';
import { eventChartStyles } from '../styles/event-charts.js';

const WIDTH = 320;
const HEIGHT = 84;
/** Room for the figures below the bars. */
const FOOT = 16;
const LEVELS = 7;
const FEWEST_BARS = 12;

interface Bar {
  readonly count: number;
  readonly title: string;
}

/** When and where the events of the log came about: over time, by the hour of the day, as a map. */
@customElement('sightline-event-charts')
export class SightlineEventCharts extends LitElement {
  static override styles = [controls, eventChartStyles];

  @property({ attribute: false }) accessor numbers!: EventNumbers;
  /** Of the picture that is open, for the shape of the map. */
  @property({ attribute: false }) accessor frame: Size = { width: 16, height: 9 };
  @property() accessor locale = 'en';

  override render(): TemplateResult | typeof nothing {
    const { byHour, timeline, timelineUnit, total } = this.numbers;
    if (total === 0) return nothing;
    const hours = byHour.map((count, hour) => ({ count, title: texts.hourBar(hour, count) }));
    const bars = timeline.map(({ from, count }) => ({
      count,
      title: texts.timeBar(from, count, timelineUnit, this.locale),
    }));
    const [first, last] = [timeline[0]?.from ?? 0, timeline.at(-1)?.from ?? 0];
    const ends = (first === last ? [first] : [first, last]).map((time) =>
      texts.moment(time, timelineUnit, this.locale),
    );
    return html`
      ${this.#chart(texts.timeline(timelineUnit), bars, ends)}
      ${this.#chart(texts.byHour, hours, ['0', '6', '12', '18', '24'])} ${this.#heatMap()}
    `;
  }

  #chart(title: string, bars: readonly Bar[], marks: readonly string[]): TemplateResult {
    const most = Math.max(1, ...bars.map(({ count }) => count));
    // A single bar is no wall.
    const step = WIDTH / Math.max(bars.length, FEWEST_BARS);
    const tall = HEIGHT - FOOT;
    const peak = bars.find(({ count }) => count === most);
    return html`<figure>
      <figcaption>${title}<span class="number">${texts.most(most)}</span></figcaption>
      <svg
        viewBox="0 0 ${WIDTH} ${HEIGHT}"
        role="img"
        aria-label=${texts.chartLabel(title, peak?.title ?? '')}
      >
        <line class="axis" x1="0" y1=${tall} x2=${WIDTH} y2=${tall}></line>
        ${bars.map(({ count, title: about }, index) => {
          const height = (count / most) * (tall - 2);
          return svg`<rect
            class="bar"
            x=${(index * step + step * 0.1).toFixed(2)}
            y=${(tall - height).toFixed(2)}
            width=${(step * 0.8).toFixed(2)}
            height=${height.toFixed(2)}
            rx=${Math.min(2, step * 0.2).toFixed(2)}
          ><title>${about}</title></rect>`;
        })}
        ${marks.map((mark, index) => {
          const part =
            index === 0 ? 0 : (index / (marks.length - 1)) * Math.min(1, bars.length / FEWEST_BARS);
          const anchor = index === 0 ? 'start' : index === marks.length - 1 ? 'end' : 'middle';
          return svg`<text x=${part * WIDTH} y=${HEIGHT - 3} text-anchor=${anchor}>${mark}</text>`;
        })}
      </svg>
    </figure>`;
  }

  /** Contours of how often something stood somewhere, over the shape of the picture. */
  #heatMap(): TemplateResult | typeof nothing {
    const { heat } = this.numbers;
    const most = heat.reduce((peak, count) => Math.max(peak, count), 0);
    if (most === 0) return nothing;
    const { width, height } = HEAT_SIZE;
    const tall = (WIDTH * this.frame.height) / this.frame.width;
    // By square roots: where one stands all day there would be nothing else to see.
    const values = [...smoothed(heat)].map(Math.sqrt);
    const peak = values.reduce((highest, value) => Math.max(highest, value), 0);
    const levels = Array.from({ length: LEVELS }, (_, level) => ((level + 0.5) / LEVELS) * peak);
    const paths = contours()
      .size([width, height])
      .thresholds(levels)(values)
      .map(({ coordinates }) =>
        coordinates
          .flat()
          .map((ring) => {
            const points = ring.map(([x = 0, y = 0]) =>
              [((x / width) * WIDTH).toFixed(1), ((y / height) * tall).toFixed(1)].join(),
            );
            return `M${points.join('L')}Z`;
          })
          .join(''),
      );
    return html`<figure>
      <figcaption>${texts.heatMap}</figcaption>
      <svg
        class="heat"
        viewBox="0 0 ${WIDTH} ${tall}"
        role="img"
        aria-label=${texts.heatLabel(where(heat))}
      >
        ${paths.map((path) => svg`<path d=${path}></path>`)}
      </svg>
    </figure>`;
  }
}

/** Each cell with a share of its neighbours, so that single places are spots and not corners. */
function smoothed(heat: Float64Array): Float64Array {
  const { width, height } = HEAT_SIZE;
  return heat.map((_, cell) => {
    const [row, column] = [Math.floor(cell / width), cell % width];
    let sum = 0;
    let weights = 0;
    for (let down = -1; down <= 1; down++) {
      for (let across = -1; across <= 1; across++) {
        const [y, x] = [row + down, column + across];
        if (y < 0 || y >= height || x < 0 || x >= width) continue;
        const weight = (2 - Math.abs(down)) * (2 - Math.abs(across));
        sum += weight * (heat[y * width + x] ?? 0);
        weights += weight;
      }
    }
    return sum / weights;
  });
}

/** Where most was, as parts of the picture from its left and from its top. */
function where(heat: Float64Array): readonly [number, number] {
  const { width, height } = HEAT_SIZE;
  const cell = heat.reduce((best, count, index) => (count > (heat[best] ?? 0) ? index : best), 0);
  return [((cell % width) + 0.5) / width, (Math.floor(cell / width) + 0.5) / height];
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-event-charts': SightlineEventCharts;
  }
}
