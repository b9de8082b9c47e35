import { html, nothing, type TemplateResult } from 'lit';
import { UNKNOWN } from '../../domain/head.js';
import type { ReliabilityBin } from '../../domain/quality/calibration.js';
import type { ConfusionMatrix, LabelFigures } from '../../domain/quality/confusion.js';
import { formatNumber, formatPercent } from '../../i18n/format.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { QualityReport } from '../../session/teach/types.js';
import { reliabilityDots } from './charts.js';

function shown(label: string): string {
  return label === UNKNOWN ? texts.unknown : label;
}

function percent(value: number | undefined): string {
  return value === undefined ? texts.none : formatPercent(value);
}

/** How strongly a cell is tinted: in fifths of its row. */
function strength(count: number, row: readonly number[]): string {
  const total = row.reduce((sum, value) => sum + value, 0);
  return total === 0 ? '0' : String(Math.round((5 * count) / total));
}

/** Which label was taken for which, as a table: the truth down, the answer across. */
export function confusionTable({ labels, counts }: ConfusionMatrix): TemplateResult {
  return html`<section>
    <h3 id="confusion">${texts.confusion}</h3>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="confusion">
      <table class="matrix">
        <thead>
          <tr>
            <td class="corner">${texts.confusionCorner}</td>
            ${labels.map((label) => html`<th scope="col">${shown(label)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${labels.map((truth, row) => {
            const cells = counts[row] ?? [];
            return html`<tr>
              <th scope="row">${shown(truth)}</th>
              ${labels.map((answer, column) => {
                const count = cells[column] ?? 0;
                const kind = row === column ? 'right' : 'wrong';
                return html`<td
                  class="number ${kind} s${strength(count, cells)}"
                  title=${texts.confusionCell(count, shown(truth), shown(answer))}
                >
                  ${formatNumber(count)}
                </td>`;
              })}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** Precision and recall of every label. */
export function figuresTable(figures: readonly LabelFigures[]): TemplateResult {
  return html`<section>
    <h3>${texts.figures}</h3>
    <table class="figures">
      <thead>
        <tr>
          <td></td>
          <th scope="col">${texts.count}</th>
          <th scope="col">${texts.precision}</th>
          <th scope="col">${texts.recall}</th>
        </tr>
      </thead>
      <tbody>
        ${figures.map(
          ({ label, count, precision, recall }) =>
            html`<tr>
              <th scope="row">${shown(label)}</th>
              <td class="number">${formatNumber(count)}</td>
              <td class="number">${percent(precision)}</td>
              <td class="number">${percent(recall)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="note">${texts.figuresHint}</p>
  </section>`;
}

/** Whether its percentages are honest, as a picture and, for who cannot see it, as a table. */
export function reliability({
  reliability: bins,
  calibrationError,
}: Pick<QualityReport, 'reliability' | 'calibrationError'>): TemplateResult | typeof nothing {
  const filled = bins.filter(({ count }) => count > 0);
  if (filled.length === 0) return nothing;
  return html`<section>
    <h3>${texts.reliability}</h3>
    <figure class="reliability">
      <svg class="chart" viewBox="-10 -10 220 220" aria-hidden="true">${reliabilityDots(bins)}</svg>
      <figcaption>
        <p>${texts.reliabilityHint}</p>
        ${
          calibrationError === undefined
            ? nothing
            : html`<p>${texts.reliabilityText(calibrationError)}</p>`
        }
      </figcaption>
    </figure>
    ${reliabilityTable(filled)}
  </section>`;
}

function reliabilityTable(bins: readonly ReliabilityBin[]): TemplateResult {
  return html`<table class="visually-hidden">
    <thead>
      <tr>
        <th scope="col">${texts.said}</th>
        <th scope="col">${texts.wasRight}</th>
        <th scope="col">${texts.count}</th>
      </tr>
    </thead>
    <tbody>
      ${bins.map(
        ({ from, to, accuracy, count }) =>
          html`<tr>
            <th scope="row">${texts.reliabilityRow(from, to)}</th>
            <td>${percent(accuracy)}</td>
            <td>${formatNumber(count)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
