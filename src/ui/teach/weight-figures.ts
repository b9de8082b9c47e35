import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { DenseLayer } from '../../domain/network/dense-layer.js';
import type { Network } from '../../domain/network/network.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import { histogram, histogramBars } from './charts.js';

/** Rows and columns of the weight matrix that are shown one by one. */
const SHOWN_INPUTS = 48;
const SHOWN_UNITS = 12;

/** Every layer's weights: how they are spread, and the first of them one by one. */
export function weightFigures({ layers }: Network): TemplateResult {
  return html`<section>
    <h3>${texts.weights}</h3>
    ${layers.map((layer, index) => {
      const { inputs, units, activation, weights } = layer;
      const bars = histogram(weights);
      const text = texts.weightsText(weights.length, bars.mean, bars.spread);
      return html`<figure>
        <figcaption>${texts.layer(index + 1, inputs, units, activation)}</figcaption>
        <svg class="chart histogram" viewBox="0 0 300 100" role="img" aria-label=${text}>
          ${histogramBars(bars)}
        </svg>
        <p class="hint number">${text}</p>
        <svg
          class="matrix"
          viewBox="0 0 ${Math.min(inputs, SHOWN_INPUTS)} ${Math.min(units, SHOWN_UNITS)}"
          role="img"
          aria-label=${texts.firstWeights}
        >
          ${firstWeights(layer, bars.extent)}
        </svg>
      </figure>`;
    })}
  </section>`;
}

/** One square for each weight: its colour is the sign, its strength the size. */
function firstWeights(
  { inputs, units, weights }: DenseLayer,
  extent: number,
): readonly SVGTemplateResult[] {
  const columns = Math.min(inputs, SHOWN_INPUTS);
  const rows = Math.min(units, SHOWN_UNITS);
  return Array.from({ length: columns * rows }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const weight = weights[column * units + row] ?? 0;
    return svg`<rect
      class=${weight < 0 ? 'negative' : 'positive'}
      x=${column}
      y=${row}
      width="1"
      height="1"
      fill-opacity=${(extent === 0 ? 0 : Math.abs(weight) / extent).toFixed(2)}
    ></rect>`;
  });
}
