import { textTable } from '../../bench/table.js';
import type { NewFigures, NewOptions, NewResult } from './run.js';

/** The figures for people; the last line sums them up. */
export function newLines(
  { engine, label, tests, unrelated, figures, times }: NewResult,
  { examples }: Pick<NewOptions, 'examples'>,
): string[] {
  const heading = [
    'seed',
    'began as',
    'AP50',
    'mixed AP50',
    'threshold',
    'false',
    'recall',
    'looking',
    'time',
  ];
  const rows = figures.map((each, index) => [
    String(index + 1),
    each.base,
    each.ap50.toFixed(3),
    each.mixed.toFixed(3),
    each.threshold.toFixed(2),
    each.falsePositives.toFixed(3),
    each.recall.toFixed(3),
    `${(each.looking / 1000).toFixed(1)} s`,
    `${(each.milliseconds / 1000).toFixed(1)} s`,
  ]);
  const mean = (of: (each: NewFigures) => number): number =>
    figures.reduce((sum, each) => sum + of(each), 0) / figures.length;
  const seconds = mean(({ milliseconds }) => milliseconds) / 1000;
  const more = (times.taught / times.plain - 1) * 100;
  return [
    ...textTable([heading, ...rows]),
    '',
    `“${label}” from ${examples} pictures, tested on ${tests} others and ${unrelated} unrelated ones (${engine}).`,
    'mixed AP50: over both kinds together; false: boxes in an unrelated picture at the threshold that',
    'was learnt; recall: of the objects, at that threshold; time: from the first box to a class that is',
    'found, of which looking at pictures.',
    `A look takes ${times.plain.toFixed(1)} ms without the class and ${times.taught.toFixed(1)} ms with it ` +
      `(${more >= 0 ? '+' : ''}${more.toFixed(1)} %, medians, in turn).`,
    '',
    `${label} from ${examples} pictures: AP50 ${mean(({ ap50 }) => ap50).toFixed(3)}, ` +
      `mixed ${mean(({ mixed }) => mixed).toFixed(3)}, ` +
      `${mean(({ falsePositives }) => falsePositives).toFixed(3)} false boxes a picture, ` +
      `recall ${mean(({ recall }) => recall).toFixed(3)}, ${seconds.toFixed(1)} s`,
  ];
}
