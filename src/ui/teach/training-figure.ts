import { html, nothing, type TemplateResult } from 'lit';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { CurvePoint } from '../../session/teach/types.js';
import { trainingCurves } from './charts.js';

/** The curves of a training with their key, and in words for who cannot see them. */
export function trainingFigure(
  curve: readonly CurvePoint[],
  steps?: number,
): TemplateResult | typeof nothing {
  const last = curve.at(-1);
  if (last === undefined) return nothing;
  return html`<figure>
    <svg
      class="chart"
      viewBox="0 0 300 100"
      role="img"
      aria-label=${texts.curveText(last.loss, last.watchedLoss, last.watchedAccuracy)}
    >
      ${trainingCurves(curve, steps)}
    </svg>
    <ul class="keys" aria-hidden="true">
      <li><i class="loss"></i>${texts.lossCurve}</li>
      <li><i class="watched"></i>${texts.watchedCurve}</li>
      <li><i></i>${texts.accuracyCurve}</li>
    </ul>
  </figure>`;
}
