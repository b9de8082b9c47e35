import { SightlineError } from '../errors.js';
import { UNKNOWN, type FeatureSource, type Likeness } from '../head.js';
import { createNetwork, type Network } from '../network/network.js';
import type { TrainingEnd, TrainingOptions } from '../network/training.js';
import { fitTemperature, type LabelledLogits } from '../quality/calibration.js';
import { splitByGroup } from '../quality/split.js';
import { condition, conditioningOf, foldIn, type Conditioning } from './conditioning.js';
import {
  answerTo,
  familiarity,
  logitsOf,
  probabilitiesOf,
  type Answering,
  type HeadAnswer,
} from './head-answer.js';
import {
  balancedWeights,
  labelsToLearn,
  scaledLessons,
  trainingSet,
  type Lesson,
  type TrainingSet,
} from './lesson.js';
import { likenessOf } from './likeness.js';
import type { TeachSettings } from './settings.js';
import { DEFAULT_THRESHOLD, fitThreshold } from './threshold.js';

/** What a trainer is asked to do: the part of a training request that does not depend on the device. */
export interface TrainingPlan {
  readonly network: Network;
  readonly examples: TrainingSet;
  /** Watched for the curves, and to stop at the best. */
  readonly validation: TrainingSet | undefined;
  readonly options: TrainingOptions;
  /** What was done to the inputs, and has to be folded into the trained network. */
  readonly conditioning: Conditioning;
}

/** The part of a training's result that matters here. */
export interface PlanResult {
  /** The weights with the lowest watched loss. */
  readonly network: Network;
  /** Those of the last step. */
  readonly last: Network;
  readonly end: TrainingEnd | 'cancelled';
}

/** Which of several trainings is under way. */
export interface TrainingPart {
  /** `judge`: on a part, to judge by the rest. `learn`: on everything; this one is used. */
  readonly purpose: 'judge' | 'learn';
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

/** Carries out a plan. */
export type Train<Result extends PlanResult> = (
  plan: TrainingPlan,
  part: TrainingPart,
) => Promise<Result>;

/** A held-back example and what a head that had not learnt from it said. */
export interface Judged {
  readonly lesson: Lesson;
  readonly answer: HeadAnswer;
  /** See `familiarity`. */
  readonly familiarity: number;
}

/** What teaching gave. */
export interface Taught<Result extends PlanResult> extends Answering {
  /** Of the training whose weights are used. */
  readonly result: Result;
  readonly learnt: number;
  readonly judged: readonly Judged[];
  /** Labels of which nothing could be held back. */
  readonly unvalidated: readonly string[];
}

export interface TeachInput {
  readonly lessons: readonly Lesson[];
  readonly source: FeatureSource;
  readonly settings: TeachSettings;
  /** Pairs of lessons that look the same, by index; they stay on one side. */
  readonly duplicates?: readonly (readonly [number, number])[] | undefined;
  /** Weights of a training that was cut off, as the trainer told them, instead of random ones. */
  readonly start?: Network | undefined;
  /** Lets others have their turn: what is done between two calls takes a few hundredths of a second. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/**
 * From examples to a head. A part is held back, grouped so that near-duplicates
 * never straddle the split; a first training on the rest is judged by it, which
 * gives honest figures, the temperature and the threshold. Then a second one on
 * everything gives the weights: ten examples are too few to give two away.
 *
 * @param train Carries out one training; when it was cancelled or diverged, what it gave is used as it is.
 * @throws SightlineError `training-failed` without two labels (the background counts as one).
 */
export async function teachHead<Result extends PlanResult>(
  { lessons, source, settings, duplicates, start, pause = () => Promise.resolve() }: TeachInput,
  train: Train<Result>,
): Promise<Taught<Result>> {
  const labels = labelsToLearn(lessons);
  if (labels.length < 2) {
    throw new SightlineError('training-failed', `${String(labels.length)} label to tell apart`);
  }
  const split = splitLessons(lessons, settings, duplicates);
  await pause();
  const all = scaledLessons(lessons, source);
  const asTheyAre: FeatureSource = { ...source, normalisation: 'none' };
  const pick = (indices: readonly number[]): Lesson[] =>
    indices.flatMap((index) => all[index] ?? []);
  const [toLearn, toJudge] = [pick(split.training), pick(split.validation)];
  const plan = async (
    chosen: readonly Lesson[],
    held: readonly Lesson[],
  ): Promise<TrainingPlan> => {
    await pause();
    return planTraining(chosen, held, { labels, source: asTheyAre, settings, start });
  };
  const of = toJudge.length === 0 ? 1 : 2;
  const untried = {
    source,
    labels,
    output: settings.loss,
    temperature: 1,
    threshold: DEFAULT_THRESHOLD,
  };
  let judgement: Pick<Answering, 'temperature' | 'threshold'> & { judged: readonly Judged[] } = {
    ...untried,
    judged: [],
  };
  const likeness = async (learnt: readonly Lesson[]): Promise<Likeness> => {
    await pause();
    return likenessOf(learnt, labels, asTheyAre);
  };
  const head = async (
    result: Result,
    { conditioning }: TrainingPlan,
    learnt: readonly Lesson[],
  ): Promise<Taught<Result>> => ({
    ...untried,
    ...judgement,
    network: foldIn(result.network, conditioning),
    likeness: await likeness(learnt),
    result,
    learnt: learnt.length,
    unvalidated: split.unvalidated,
  });
  if (toJudge.length > 0) {
    const trial = await plan(toLearn, toJudge);
    const tried = await train(trial, { purpose: 'judge', index: 0, of });
    // Weights that were picked by what is held back would look better on it than they are.
    const network = foldIn(tried.last, trial.conditioning);
    const tested = { ...untried, source: asTheyAre, network, likeness: await likeness(toLearn) };
    await pause();
    const { judged, ...fitted } = judge(tested, toJudge);
    const original = new Map(all.map((lesson, index) => [lesson, lessons[index] ?? lesson]));
    judgement = {
      ...fitted,
      judged: judged.map((each) => ({ ...each, lesson: original.get(each.lesson) ?? each.lesson })),
    };
    if (tried.end === 'cancelled' || tried.end === 'diverged') return head(tried, trial, toLearn);
  }
  const whole = await plan(all, []);
  const result = await train(whole, { purpose: 'learn', index: of - 1, of });
  return head(result, whole, all);
}

/** Training on some examples, with every label's say the same. */
export function planTraining(
  lessons: readonly Lesson[],
  heldBack: readonly Lesson[],
  {
    labels,
    source,
    settings,
    start,
  }: Omit<TeachInput, 'lessons'> & { readonly labels: readonly string[] },
): TrainingPlan {
  const examples = trainingSet(lessons, labels, source, settings.flip);
  const conditioning = conditioningOf(examples);
  condition(examples, conditioning);
  const validation =
    heldBack.length === 0 ? undefined : trainingSet(heldBack, labels, source, false);
  if (validation !== undefined) condition(validation, conditioning);
  const isCrossEntropy = settings.loss !== 'squared-error';
  const shape = {
    inputs: source.channels.reduce((sum, count) => sum + count, 0),
    hidden: settings.denseUnits > 0 ? [settings.denseUnits] : [],
    outputs: labels.length,
    activation: settings.activation,
    outputActivation: isCrossEntropy ? ('linear' as const) : ('sigmoid' as const),
  };
  const isBalanced = settings.lossOptions.classWeights === undefined;
  return {
    network: start ?? createNetwork(shape, settings.seed),
    examples,
    validation,
    conditioning,
    options: {
      ...settings,
      lossOptions: isBalanced
        ? { ...settings.lossOptions, classWeights: balancedWeights(examples) }
        : settings.lossOptions,
    },
  };
}

function splitLessons(
  lessons: readonly Lesson[],
  { validationSplit: fraction, seed }: TeachSettings,
  duplicates: TeachInput['duplicates'],
): { training: readonly number[]; validation: readonly number[]; unvalidated: readonly string[] } {
  if (fraction > 0) return splitByGroup(lessons, { fraction, seed, duplicates });
  return { training: lessons.map((_, index) => index), validation: [], unvalidated: [] };
}

/** What is to be learnt from examples that the head has not seen. */
function judge(
  head: Answering,
  lessons: readonly Lesson[],
): Pick<Answering, 'temperature' | 'threshold'> & { readonly judged: readonly Judged[] } {
  const outputs = lessons.map(({ features }) => logitsOf(head, features));
  const labelled = lessons.map(({ label }, index): LabelledLogits => {
    return { logits: outputs[index] ?? new Float64Array(), label: head.labels.indexOf(label) };
  });
  // Temperature is defined on softmax; the background alone says nothing of what is to be told apart.
  const canFit =
    head.output === 'softmax-cross-entropy' && lessons.some(({ label }) => label !== UNKNOWN);
  const temperature = canFit ? fitTemperature(labelled) : 1;
  const probabilities = lessons.map(({ features }, index) =>
    probabilitiesOf({ ...head, temperature }, features, outputs[index]),
  );
  const scores = probabilities.map((each) => familiarity(head, each));
  const threshold = fitThreshold(
    lessons.map(({ label }, index) => ({
      score: scores[index] ?? 0,
      isPositive: label !== UNKNOWN,
    })),
  );
  const judged = lessons.map((lesson, index): Judged => {
    const own = probabilities[index] ?? new Float64Array();
    return {
      lesson,
      answer: answerTo({ ...head, threshold }, own),
      familiarity: scores[index] ?? 0,
    };
  });
  return { temperature, threshold, judged };
}
