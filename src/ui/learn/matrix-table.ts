import { html, type TemplateResult } from 'lit';
import type { DenseLayer } from '../../domain/network/dense-layer.js';
import { decimals, layerMark, subscript } from '../../i18n/learn-format.js';
import { LEARN_TEXTS as texts } from '../../i18n/learn-messages.js';

/** How strongly a cell is coloured, 0 to 4. */
function strength(value: number): number {
  return Number.isFinite(value) ? Math.min(4, Math.ceil(Math.abs(value) * 2)) : 4;
}

/**
 * A layer's weights as the matrix that they are: a row for each input, the biases at
 * the top, a column for each unit.
 *
 * @param number Of the layer, from 1.
 * @param lit Unit whose column is looked at, from 1.
 */
export function matrixTable(layer: DenseLayer, number: number, lit?: number): TemplateResult {
  const { inputs, units, weights, biases } = layer;
  const columns = Array.from({ length: units }, (_, unit) => unit);
  const cell = (value: number, unit: number): TemplateResult =>
    html`<td
      class="s${strength(value)} ${value < 0 ? 'negative' : 'positive'} ${unit + 1 === lit ? 'lit' : ''}"
    >
      ${decimals(value)}
    </td>`;
  return html`<div class="scroll">
    <table class="matrix">
      <caption>
        W${layerMark(number)}
        <span class="visually-hidden">${texts.matrix.size(inputs, units)}</span>
      </caption>
      <thead>
        <tr>
          <td></td>
          ${columns.map((unit) => html`<th scope="col">z${subscript(unit + 1)}</th>`)}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">w₀</th>
          ${columns.map((unit) => cell(biases[unit] ?? NaN, unit))}
        </tr>
        ${Array.from(
          { length: inputs },
          (_, input) =>
            html`<tr>
              <th scope="row">${number === 1 ? 'x' : 'a'}${subscript(input + 1)}</th>
              ${columns.map((unit) => cell(weights[input * units + unit] ?? NaN, unit))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
