/** Figures of what a classifier is worth: ROC curve, calibration, confusion at a threshold. */
import { html, svg, type TemplateResult } from 'lit';
import { countsAt } from '../../domain/learn/diagnosis.js';
import { expectedCalibrationError, reliabilityCurve } from '../../domain/quality/calibration.js';
import { auroc, rocCurve, type Scored } from '../../domain/quality/roc.js';
import { DIAGNOSIS_TEXTS as texts } from '../../i18n/learn-diagnosis-messages.js';

const SIDE = 200;
const BINS = 5;

/** The curve, with a dot where the threshold is. Its axes are named where no good curve goes. */
export function rocFigure(scores: readonly Scored[], threshold: number): TemplateResult {
  const points = rocCurve(scores);
  const auc = auroc(scores);
  const path = points
    .map(({ falsePositiveRate, truePositiveRate }, index) => {
      const head = index === 0 ? 'M' : 'L';
      return `${head}${(falsePositiveRate * SIDE).toFixed(1)} ${(SIDE - truePositiveRate * SIDE).toFixed(1)}`;
    })
    .join('');
  const { sensitivity = 0, specificity = 1 } = countsAt(scores, threshold);
  return html`<figure class="fit">
    <figcaption>${texts.rocTitle} <b class="number">${texts.auc(auc)}</b></figcaption>
    <div class="picture">
      <svg class="chart" viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label=${texts.roc(auc)}>
        <path class="axis" d="M0.5 0V${SIDE - 0.5}H${SIDE}"></path>
        <path class="honest" d="M0 ${SIDE}L${SIDE} 0"></path>
        <path class="accuracy" d=${path}></path>
        ${svg`<circle cx=${(1 - specificity) * SIDE} cy=${SIDE - sensitivity * SIDE} r="6"></circle>`}
        <text x=${SIDE - 4} y=${SIDE - 6} text-anchor="end">${texts.rocAxes[0]} →</text>
        <text x=${SIDE - 4} y=${SIDE - 24} text-anchor="end">↑ ${texts.rocAxes[1]}</text>
      </svg>
    </div>
  </figure>`;
}

/** What was said against what was so: on the diagonal, the percentages are honest. */
export function calibrationFigure(scores: readonly Scored[]): TemplateResult {
  const bins = reliabilityCurve(
    scores.map(({ score, isPositive }) => ({ confidence: score, isRight: isPositive })),
    BINS,
  );
  const error = expectedCalibrationError(bins);
  const filled = bins.flatMap(({ confidence, accuracy, count }) =>
    confidence === undefined || accuracy === undefined
      ? []
      : [{ x: confidence * SIDE, y: SIDE - accuracy * SIDE, count }],
  );
  const most = Math.max(1, ...filled.map(({ count }) => count));
  return html`<figure class="fit">
    <figcaption>
      ${texts.calibration} <b class="number">${texts.calibrationError(error)}</b>
    </figcaption>
    <div class="picture">
      <svg
        class="chart"
        viewBox="0 0 ${SIDE} ${SIDE}"
        role="img"
        aria-label=${texts.calibrationLabel(error)}
      >
        <path class="axis" d="M0.5 0V${SIDE - 0.5}H${SIDE}"></path>
        <path class="honest" d="M0 ${SIDE}L${SIDE} 0"></path>
        ${filled.map(
          ({ x, y, count }) =>
            svg`<circle cx=${x} cy=${y} r=${4 + 6 * Math.sqrt(count / most)}></circle>`,
        )}
        <text x=${SIDE - 4} y=${SIDE - 6} text-anchor="end">${texts.calibrationAxes[0]} →</text>
        <text x=${SIDE - 4} y=${SIDE - 24} text-anchor="end">↑ ${texts.calibrationAxes[1]}</text>
      </svg>
    </div>
  </figure>`;
}

/** Four counts at a threshold, and what they mean. */
export function confusionTable(scores: readonly Scored[], threshold: number): TemplateResult {
  const counts = countsAt(scores, threshold);
  const rows = [
    [counts.truePositives, counts.falseNegatives],
    [counts.falsePositives, counts.trueNegatives],
  ];
  return html`<table class="confusion beside">
    <caption class="visually-hidden">
      ${texts.matrix}
    </caption>
    <thead>
      <tr>
        <td></td>
        ${texts.matrixColumns.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row, index) =>
          html`<tr>
            <th scope="row">${texts.matrixRows[index]}</th>
            ${row.map(
              (count, column) => html`<td class=${column === index ? 'good' : 'bad'}>${count}</td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** How many are of each class, as one bar. */
export function balanceBar(yes: number, all: number): TemplateResult {
  const width = 320;
  const part = (yes / Math.max(1, all)) * width;
  return html`<figure>
    <svg class="balance" viewBox="0 0 ${width} 10" role="img" aria-label=${texts.balance(yes, all)}>
      <rect class="yes" width=${part} height="10"></rect>
      <rect class="no" x=${part} width=${width - part} height="10"></rect>
    </svg>
    <figcaption class="hint">${texts.balance(yes, all)}</figcaption>
  </figure>`;
}
