import { html, type TemplateResult } from 'lit';
import type { Experiment } from '../../domain/learn/experiment.js';
import { LEARN_TEXTS as texts } from '../../i18n/learn-messages.js';
import { lineChart, lossRange } from './line-chart.js';

const MOST_POINTS = 200;

/** J over the steps so far, on what is learnt from and on what is held back. */
export function lossChart(
  { moments, now }: Experiment,
  size: {
    readonly width?: number;
    readonly height?: number;
    readonly isKeyless?: boolean;
  } = {},
): TemplateResult {
  const seen = moments.slice(0, now.step + 1);
  // No more than can be told apart: a long run is drawn as quickly as a short one.
  const every = Math.ceil(seen.length / MOST_POINTS);
  const shown = seen.filter((_, index) => index % every === 0 || index === seen.length - 1);
  const losses = shown.map(({ loss }) => loss);
  return lineChart({
    lines: [
      {
        kind: 'loss',
        name: texts.curves.training,
        points: shown.map(({ step, loss }) => [step, loss]),
      },
      {
        kind: 'watched',
        name: texts.curves.held,
        points: shown.map(({ step, watchedLoss }) => [step, watchedLoss ?? NaN]),
      },
    ],
    x: [0, Math.max(20, now.step)],
    y: lossRange(losses),
    height: 90,
    ...size,
    label: texts.curves.label(now.step, losses[0] ?? NaN, now.loss),
    axes: texts.curves.axes,
  });
}

/** What the two lines are, where the chart has no room to say it. */
export function lossKeys(): TemplateResult {
  return html`<ul class="keys">
    <li><i class="loss"></i>${texts.curves.training}</li>
    <li><i class="watched"></i>${texts.curves.held}</li>
  </ul>`;
}
