import type { CocoFigures } from '../../src/domain/average-precision.js';
import { textTable } from '../bench/table.js';
import { BASELINE } from './arms.js';
import type { ArmResult } from './run.js';

/** The figures for people, in points of a hundred as papers give them; the last line sums them up. */
export function accuracyLines(results: readonly ArmResult[], pictureCount: number): string[] {
  const baseline = results.find(({ arm }) => arm.id === BASELINE)?.figures;
  const heading = ['arm', 'AP', 'Δ', 'AP50', 'AP75', 'AR', 'AP small', 'medium', 'large'];
  const rows = results.map(({ arm, figures }) => {
    const { ap, ap50, ap75, ar, sizes } = figures;
    return [
      arm.title,
      points(ap),
      gain(figures, baseline),
      ...[ap50, ap75, ar, sizes.small.ap, sizes.medium.ap, sizes.large.ap].map(points),
    ];
  });
  return [
    ...textTable([heading, ...rows]),
    '',
    'AP: average precision over IoU 0.50:0.95, AR: recall with at most 100 detections, both as',
    'pycocotools computes them, in points of 100. Δ: AP above stock. –: no object of that size.',
    ...results.map(({ arm, adapter }) => `${arm.title}: ${arm.note} (${adapter})`),
    '',
    `accuracy on ${pictureCount} photographs: ${results.map((result) => inWords(result, baseline)).join('; ')}`,
  ];
}

function inWords({ arm, figures }: ArmResult, baseline: CocoFigures | undefined): string {
  const change = arm.id === BASELINE ? '' : gain(figures, baseline);
  return `${arm.id} AP ${points(figures.ap)}${change === '' ? '' : ` (${change})`}`;
}

function gain({ ap }: CocoFigures, baseline: CocoFigures | undefined): string {
  if (baseline === undefined || ap < 0 || baseline.ap < 0) return '';
  const difference = (ap - baseline.ap) * 100;
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(1)}`;
}

function points(value: number): string {
  return value < 0 ? '–' : (value * 100).toFixed(1);
}
