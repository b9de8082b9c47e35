import { textTable } from '../../bench/table.js';
import type { TeachFigures } from './judge.js';
import type { SetResult, TeachOptions, TeachResult } from './run.js';

/** The figures for people; the last line sums them up. */
export function teachLines(
  { engine, sets, times }: TeachResult,
  { examples, seeds }: Pick<TeachOptions, 'examples' | 'seeds'>,
): string[] {
  const heading = ['set', 'labels', 'tests', 'accuracy', 'closed', 'AUROC', 'rejected', 'ECE'];
  const rows = sets.map((set) => [
    set.title,
    String(set.labels.length),
    `${set.tests} + ${set.strangers}`,
    figure(set, ({ accuracy }) => accuracy),
    figure(set, ({ closedAccuracy }) => closedAccuracy),
    figure(set, ({ auroc }) => auroc),
    figure(set, ({ rejected }) => rejected),
    figure(set, ({ calibrationError }) => calibrationError),
  ]);
  const { samples, cold, warm, stepsPerSecond } = times;
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
  return [
    ...textTable([heading, ...rows]),
    '',
    `${examples} examples a label, mean over ${seeds} draws of them (features of ${engine}).`,
    'accuracy: known things that get their name, silence counting as a mistake; closed: the best',
    'name, however unsure; AUROC: known told from unknown things; rejected: unknown things that are',
    'called unknown; ECE: expected calibration error. tests: known + unknown things.',
    `${samples} samples to a live head: ${seconds(cold)} with a worker that has to start, ` +
      `${seconds(warm)} without; ${stepsPerSecond.toFixed(0)} steps a second.`,
    '',
    `teaching with ${examples} examples: ${sets.map(inWords).join('; ')}; ` +
      `${samples} samples in ${seconds(cold)}`,
  ];
}

function inWords(set: SetResult): string {
  const accuracy = figure(set, (each) => each.accuracy);
  return `${set.title} accuracy ${accuracy}, AUROC ${figure(set, (each) => each.auroc)}`;
}

function figure({ figures }: SetResult, of: (each: TeachFigures) => number | undefined): string {
  const values = figures.map(of).filter((value) => value !== undefined);
  if (values.length === 0) return '–';
  return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
}
