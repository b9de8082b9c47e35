import { createNetwork } from '../network/network.js';
import { auroc, type Scored } from '../quality/roc.js';
import { randomNumbers, shuffled } from '../random.js';
import { encodingOf, type CompleteRow, type Encoding, type Study } from './design.js';
import { answer, Experiment, objectiveOf } from './experiment.js';
import type { LessonState } from './lesson.js';

/** Updates of each part of a cross-validation: chosen on the synthetic patients. */
export const CROSS_STEPS = 120;

/** What of a lesson's state says how to learn from a table. */
export type DiagnosisSettings = Pick<
  LessonState,
  | 'seed'
  | 'activation'
  | 'networkShape'
  | 'learningRate'
  | 'regularizationRate'
  | 'batchSize'
  | 'optimizer'
  | 'percTrainData'
>;

/** A table on its way into a network. */
export interface DiagnosisRun {
  readonly encoding: Encoding;
  readonly training: readonly CompleteRow[];
  readonly validation: readonly CompleteRow[];
  readonly experiment: Experiment;
}

/** Rows in two parts, each with its share of the sick. */
export function splitRows(
  rows: readonly CompleteRow[],
  fraction: number,
  seed: number,
): readonly [training: readonly CompleteRow[], validation: readonly CompleteRow[]] {
  const random = randomNumbers(seed);
  const training: CompleteRow[] = [];
  const validation: CompleteRow[] = [];
  for (const isPositive of [false, true]) {
    const group = shuffled(
      rows.filter((row) => row.isPositive === isPositive),
      random,
    );
    // Each part needs one of each class: without, no curve can be drawn.
    const count = Math.min(group.length - 1, Math.max(1, Math.round(group.length * fraction)));
    training.push(...group.slice(0, count));
    validation.push(...group.slice(count));
  }
  return [shuffled(training, random), shuffled(validation, random)];
}

/** The network and its first moment for a table. */
export function diagnose(study: Study, settings: DiagnosisSettings): DiagnosisRun {
  const [training, validation] = splitRows(study.rows, settings.percTrainData / 100, settings.seed);
  return begin(study, settings, training, validation);
}

function begin(
  study: Study,
  settings: DiagnosisSettings,
  training: readonly CompleteRow[],
  validation: readonly CompleteRow[],
): DiagnosisRun {
  const encoding = encodingOf(study, training);
  const { objective, outputActivation } = objectiveOf(
    'cross-entropy',
    'classification',
    settings.regularizationRate,
  );
  const network = createNetwork(
    {
      inputs: encoding.features.length,
      hidden: settings.networkShape,
      outputs: 1,
      activation: settings.activation,
      outputActivation,
    },
    settings.seed,
  );
  const experiment = new Experiment({
    network,
    training: training.map(encoding.encode),
    validation: validation.map(encoding.encode),
    objective,
    optimizer: settings.optimizer,
    learningRate: settings.learningRate,
    batchSize: settings.batchSize,
    seed: settings.seed,
  });
  return { encoding, training, validation, experiment };
}

/** What the network says to the rows that it has not learnt from. */
export function scoresOf({ experiment }: DiagnosisRun): readonly Scored[] {
  const { network, setup } = experiment;
  return setup.validation.map(({ inputs, target }) => ({
    score: answer(network, inputs, setup.objective),
    isPositive: (target[0] ?? 0) > 0.5,
  }));
}

/** Four counts at a threshold. */
export interface ThresholdCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  /** Part of the sick that is found; `undefined` without any. */
  readonly sensitivity: number | undefined;
  /** Part of the healthy that is left in peace. */
  readonly specificity: number | undefined;
}

export function countsAt(scores: readonly Scored[], threshold: number): ThresholdCounts {
  const count = (isPositive: boolean, isAbove: boolean): number =>
    scores.filter((item) => item.isPositive === isPositive && item.score >= threshold === isAbove)
      .length;
  const [truePositives, falseNegatives] = [count(true, true), count(true, false)];
  const [falsePositives, trueNegatives] = [count(false, true), count(false, false)];
  const share = (part: number, rest: number): number | undefined =>
    part + rest === 0 ? undefined : part / (part + rest);
  return {
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
    sensitivity: share(truePositives, falseNegatives),
    specificity: share(trueNegatives, falsePositives),
  };
}

/** Mean and spread of the area under the curve over the parts of a cross-validation. */
export interface CrossValidation {
  readonly aucs: readonly number[];
  readonly mean: number;
  /** Standard deviation over the parts. */
  readonly spread: number;
}

/**
 * Stratified k-fold cross-validation: each part is once held back while a fresh network
 * learns from the others for a fixed number of steps, chosen beforehand. Nothing of the
 * part that is held back, not even its mean, takes part in the learning.
 *
 * @param steps Updates per part.
 * @returns One part's area per turn, so that whoever asks can breathe in between.
 */
export function* crossValidate(
  study: Study,
  settings: DiagnosisSettings,
  steps: number,
  folds = 5,
): Generator<number, CrossValidation> {
  const random = randomNumbers(settings.seed);
  const parts: CompleteRow[][] = Array.from({ length: folds }, () => []);
  for (const isPositive of [false, true]) {
    const group = shuffled(
      study.rows.filter((row) => row.isPositive === isPositive),
      random,
    );
    group.forEach((row, index) => parts[index % folds]?.push(row));
  }
  const aucs: number[] = [];
  for (const [index, validation] of parts.entries()) {
    const training = parts.filter((_, other) => other !== index).flat();
    const run = begin(study, settings, training, validation);
    for (let step = 0; step < steps && run.experiment.advance(); step++) {
      if (step % 10 === 9) yield (index + (step + 1) / steps) / folds;
    }
    const area = auroc(scoresOf(run));
    if (area !== undefined) aucs.push(area);
    yield (index + 1) / folds;
  }
  const mean = aucs.reduce((sum, value) => sum + value, 0) / Math.max(1, aucs.length);
  const variance =
    aucs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, aucs.length);
  return { aucs, mean, spread: Math.sqrt(variance) };
}
