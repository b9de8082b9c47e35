import { html, svg, type TemplateResult } from 'lit';
import type { Timings } from '../../domain/detection.js';
import { formatMilliseconds } from '../../i18n/format.js';
import { t } from '../../i18n/messages.js';

const STAGES = ['preprocess', 'inference', 'postprocess'] as const;

/** Milliseconds that the engine spent on a frame. */
export function totalTime(timings: Timings): number {
  return STAGES.reduce((sum, stage) => sum + timings[stage], 0);
}

/**
 * Where a frame's time goes: one bar in three parts, and the numbers. The
 * widths are attributes of a drawing, since inline styles are forbidden.
 */
export function timingBar(timings: Timings): TemplateResult {
  const total = totalTime(timings);
  let start = 0;
  const parts = STAGES.map((stage) => {
    const width = total === 0 ? 0 : (timings[stage] / total) * 100;
    const part = svg`<rect class=${stage} x=${start} y="0" width=${width} height="8"></rect>`;
    start += width;
    return part;
  });
  return html`
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      ${parts}
    </svg>
    <dl>
      ${STAGES.map(
        (stage) =>
          html`<div>
            <dt><span class="key ${stage}"></span>${t(`details.${stage}`)}</dt>
            <dd class="number">${formatMilliseconds(timings[stage])}</dd>
          </div>`,
      )}
      <div class="total">
        <dt>${t('details.total')}</dt>
        <dd class="number">${formatMilliseconds(total)}</dd>
      </div>
    </dl>
  `;
}
