import type { HEART_RISK } from '../domain/learn/heart-model.js';
import type { ColumnKind } from '../domain/learn/table.js';
import { formatNumber, formatPercent } from './format.js';
import { figure } from './learn-format.js';

const KINDS: Readonly<Record<ColumnKind, string>> = {
  numeric: 'number, standardised',
  categorical: 'category, one-hot',
  constant: 'the same everywhere, left out',
  text: 'too many words, left out',
};

const UNREADABLE: Readonly<Record<string, string>> = {
  'too-large': 'It is larger than 100 MB.',
  'no-text': 'It holds no text. Is it a spreadsheet? Save it as CSV first.',
  quotes: 'A quotation mark is opened and never closed: everything after it is one cell.',
  'no-columns': 'No delimiter was found: there is one column only.',
  'no-rows': 'It has a header, and no rows.',
};

const USELESS: Readonly<Record<string, string>> = {
  'no-target': 'No column has just a few values, so there is nothing to foretell.',
  'no-inputs': 'All other columns are constant or names: nothing is left to foretell it from.',
  'few-rows': 'Fewer than 20 rows have all their values.',
  'one-class': 'All complete rows are of one class: nothing can be told apart.',
};

/** With its sign, as a part of a sum. */
const signed = (value: number): string =>
  value < 0 ? `− ${figure(-value)}` : `+ ${figure(value)}`;

/** Chapter 4. */
export const DIAGNOSIS_TEXTS = {
  intro: [
    'Never decide about anybody’s health with it.',
    'The same network, on a table: each row is a patient, each column an input. Numbers are standardised to mean 0 and spread 1, categories become one-hot: one input for each value.',
    'Go through the four pages. Patients: where they come from and what is foretold. Learn: it learns from some of them; the others are held back, and only they tell how good it is. Judge: from which probability on the answer is yes. Check: whether its percentages are honest, and how much of all this is luck.',
  ],
  pages: { usual: 'Patients', train: 'Learn', judge: 'Judge', check: 'Check' },
  progress: (sensitivity: number, specificity: number) =>
    `Sick found: ${formatPercent(sensitivity)} (sensitivity). Healthy in peace: ${formatPercent(specificity)} (specificity).`,
  model: (risk: typeof HEART_RISK) =>
    `The risk model of the synthetic patients, invented for teaching: P(disease) = σ(${signed(risk.intercept)} ${signed(risk.age)}·(age − 54) ${signed(risk.male)}·[male] ${signed(risk.asymptomatic)}·[no chest pain] ${signed(risk.cholesterol)}·(chol − 240) ${signed(risk.bloodPressure)}·(trestbps − 130) ${signed(risk.heartRate)}·(thalach − 150) ${signed(risk.exerciseAngina)}·[angina on effort] ${signed(risk.oldpeak)}·oldpeak).`,
  device: 'This is a lesson and no medical device.',
  spoken: 'y hat equals f of X and W; the answer is yes where y hat is at least the threshold t',
  inputs: (count: number, columns: number) =>
    `${formatNumber(columns)} columns became ${formatNumber(count)} inputs x.`,
  weights: (count: number) => `W: the network has ${formatNumber(count)} weights to learn.`,
  chance: (value: number) => `The patient in view gets ŷ = ${figure(value)}.`,
  decision: (isYes: boolean, threshold: number) =>
    `The threshold is ${figure(threshold)}: the answer is ${isYes ? 'yes' : 'no'}.`,
  source: {
    synthetic:
      '300 synthetic patients, invented by a risk model that is written down (“More to turn”).',
    file: (name: string) => `Your table: ${name}. It stays on this device.`,
  },
  example: 'Synthetic example',
  choose: 'Open a CSV',
  drop: 'You can also drop one on the page. The “processed.cleveland.data” file of the UCI repository works as it comes.',
  reading: 'Reading the table …',
  unreadable: (detail: string) =>
    `This file could not be read as a table. ${UNREADABLE[detail] ?? ''}`,
  useless: (detail: string) => `This table cannot be used like that. ${USELESS[detail] ?? ''}`,
  kept: 'What was there before is still here.',
  rows: (complete: number, incomplete: number) =>
    incomplete === 0
      ? `${formatNumber(complete)} rows, all complete.`
      : `${formatNumber(complete)} complete rows; ${formatNumber(incomplete)} left out for missing values.`,
  sampled: (kept: number, total: number) =>
    `The file has ${formatNumber(total)} rows; ${formatNumber(kept)} of them were drawn evenly.`,
  damaged: (count: number) =>
    `${formatNumber(count)} rows did not fit the others and were left out.`,
  misplaced: (name: string, count: number) =>
    `In “${name}”, ${formatNumber(count)} ${count === 1 ? 'cell holds a word' : 'cells hold words'} where all else are numbers: counted as missing.`,
  columns: 'What the columns are',
  column: 'Column',
  kind: 'Taken as',
  missing: 'Missing',
  kindName: (kind: ColumnKind, values: number) =>
    kind === 'categorical' ? `${KINDS[kind]} (${formatNumber(values)})` : KINDS[kind],
  target: 'Foretell',
  no: 'No means',
  balance: (yes: number, all: number) =>
    `${formatNumber(yes)} of ${formatNumber(all)} are “yes” (${formatPercent(yes / Math.max(1, all))})`,
  split: (training: number, validation: number) =>
    `Learns from ${formatNumber(training)}, ${formatNumber(validation)} held back.`,
  heldBack: 'Learns from',
  percent: (value: number) => `${formatNumber(value)}%`,
  roc: (auc: number | undefined) =>
    auc === undefined ? 'ROC curve' : `ROC curve, area ${figure(auc)} on the patients held back`,
  rocTitle: 'ROC curve',
  auc: (auc: number | undefined) => (auc === undefined ? 'AUC –' : `AUC ${figure(auc)}`),
  rocAxes: ['false alarms', 'sick found'],
  calibration: 'Calibration',
  calibrationAxes: ['it says', 'it is so'],
  calibrationLabel: (error: number) =>
    `What it said against what was so; off by ${formatNumber(100 * error, 1)} points on average`,
  calibrationError: (error: number) => `off by ${formatNumber(100 * error, 1)} points`,
  threshold: 'Threshold',
  matrix: 'What was taken for what, on the patients held back',
  matrixRows: ['sick', 'healthy'],
  matrixColumns: ['said yes', 'said no'],
  cross: '5-fold cross-validation',
  crossing: (share: number) => `${formatPercent(share)} done`,
  crossed: (mean: number, spread: number) =>
    `Mean AUC ${figure(mean)} ± ${figure(spread, 2)} over 5 parts.`,
  crossHint: (steps: number) =>
    `Each fifth is held back once, with its share of both classes, while a fresh network takes ${formatNumber(steps)} steps on the rest. Means and spreads come from the rest alone.`,
  more: 'More to turn: units, rate, split',
  task: (found: number, inPeace: number) =>
    `Find ${formatPercent(found)} of the sick, leave at least ${formatPercent(inPeace)} of the healthy in peace.`,
  unjudged: 'Move the threshold under “Judge”.',
  untrained: 'It has not learnt yet: go on to “Learn”.',
} as const;
