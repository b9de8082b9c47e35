import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import {
  operatingPoint,
  precisionRecallCurve,
  type CurvePoint,
  type FindReport,
  type OperatingPoint,
} from '../../domain/detector-head/find-report.js';
import { formatPercent } from '../../i18n/format.js';
import { REPORT_TEXTS as texts } from '../../i18n/find-report-messages.js';

/** Width and height of the curve in its own units. */
const WIDTH = 300;
const HEIGHT = 120;
/** Points of the table that says what the curve shows. */
const MOST_ROWS = 12;

/** How often it cries wolf, in words. */
export function alarmText(perPicture: number, unrelated: number): string {
  if (perPicture === 0) return texts.quiet(unrelated);
  if (perPicture >= 0.75) return texts.alarms(perPicture);
  return texts.alarmIn(Math.round(1 / perPicture));
}

/** How good it is at a threshold, in plain words first. */
export function reportView(report: FindReport, threshold: number): TemplateResult {
  const point = operatingPoint(report, threshold);
  const { falsePerPicture } = point;
  return html`<div class="report">
    <h4>${texts.title}</h4>
    ${
      report.objects === 0
        ? html`<p>${texts.unknown}</p>`
        : html`<p class="plain-words">
            <b>${texts.finds(point.found, report.objects)}</b> ${texts.findsHint}
          </p>`
    }
    ${
      falsePerPicture === undefined
        ? nothing
        : html`<p class="plain-words">
            <b>${alarmText(falsePerPicture, report.unrelated)}</b> ${texts.alarmsHint}
          </p>`
    }
    ${curveFigure(precisionRecallCurve(report), point)}
    ${report.ap50 === undefined ? nothing : html`<p>${texts.ap50(report.ap50)}</p>`}
  </div>`;
}

function curveFigure(
  curve: readonly CurvePoint[],
  point: OperatingPoint,
): TemplateResult | typeof nothing {
  if (curve.length < 2) return nothing;
  const { recall, precision } = point;
  const isKnown = recall !== undefined && precision !== undefined;
  return html`<figure>
    <svg
      class="chart"
      viewBox="-26 -8 ${WIDTH + 34} ${HEIGHT + 28}"
      role="img"
      aria-label=${isKnown ? texts.curvePoint(recall, precision) : texts.curve}
    >
      ${curveDrawing(curve)}
      ${
        isKnown
          ? svg`<circle cx=${recall * WIDTH} cy=${HEIGHT - precision * HEIGHT} r="6"></circle>`
          : nothing
      }
      <text x="0" y=${HEIGHT + 16}>0</text>
      <text x=${WIDTH} y=${HEIGHT + 16} text-anchor="end">${texts.recall} →</text>
      <text x="-4" y="10" text-anchor="end" transform="rotate(-90 -4 10)">
        ${texts.precision} →
      </text>
    </svg>
    <figcaption>${texts.curveHint}</figcaption>
    ${curveTable(curve)}
  </figure>`;
}

function curveDrawing(curve: readonly CurvePoint[]): SVGTemplateResult {
  const path = curve
    .map(({ recall, precision }, index) => {
      const [x, y] = [recall * WIDTH, HEIGHT - precision * HEIGHT];
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
  return svg`
    <path class="axis" d="M0 0V${HEIGHT}H${WIDTH}"></path>
    <path class="curve" d=${path}></path>`;
}

/** The same for who cannot see it. */
function curveTable(curve: readonly CurvePoint[]): TemplateResult {
  const step = Math.ceil(curve.length / MOST_ROWS);
  const rows = curve.filter((_, index) => index % step === 0 || index === curve.length - 1);
  return html`<table class="visually-hidden">
    <caption>
      ${texts.curve}
    </caption>
    <thead>
      <tr>
        <th scope="col">${texts.recall}</th>
        <th scope="col">${texts.precision}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ recall, precision }) =>
          html`<tr>
            <td>${formatPercent(recall)}</td>
            <td>${formatPercent(precision)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
