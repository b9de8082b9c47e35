import { ACTIVATION_NAMES, type ActivationName } from '../network/activation.js';
import { OPTIMISER_NAMES, type OptimiserName } from '../network/optimiser.js';
import { DATA_SETS, type DataSetName } from './points.js';

/** The path, in the order in which it is walked. */
export const CHAPTERS = [
  'perceptron',
  'activation',
  'layers',
  'diagnosis',
  'loss',
  'descent',
  'backpropagation',
  'head',
  'uses',
] as const;
export type Chapter = (typeof CHAPTERS)[number];

export const PROBLEMS = ['classification', 'regression'] as const;
/** `classification`: ŷ is a probability. `regression`: ŷ is any number. As in the playground. */
export type Problem = (typeof PROBLEMS)[number];

export const LESSON_VIEWS = [
  'usual',
  'network',
  'graph',
  'matrix',
  'train',
  'judge',
  'check',
  'lines',
  'forward',
  'features',
  'weights',
] as const;
/** Which page of a chapter is open: each has some of them, and `usual` is its first. */
export type LessonView = (typeof LESSON_VIEWS)[number];

export const LESSON_LOSSES = ['cross-entropy', 'squared-error'] as const;
export type LessonLoss = (typeof LESSON_LOSSES)[number];

/**
 * Everything that a lesson shows follows from this: the same state gives the same
 * numbers on every machine, so that an address can bring somebody to the very step.
 * The keys of the address are the TensorFlow playground's where it has them.
 */
export interface LessonState {
  readonly chapter: Chapter;
  readonly dataset: DataSetName;
  readonly problem: Problem;
  /** 0 to 50. */
  readonly noise: number;
  /** Part of the examples to learn from, 10 to 90. */
  readonly percTrainData: number;
  readonly seed: number;
  readonly activation: ActivationName;
  /** Units of each hidden layer. */
  readonly networkShape: readonly number[];
  readonly learningRate: number;
  /** λ of the L2 penalty; 0 for none. */
  readonly regularizationRate: number;
  /** Examples per step; 0 for all. */
  readonly batchSize: number;
  readonly optimizer: OptimiserName;
  readonly loss: LessonLoss;
  /** Steps of training taken. */
  readonly step: number;
  /** Weights set by hand, layer by layer, biases last; empty for those of the seed. */
  readonly weights: readonly number[];
  /** The example that is looked at, from 0. */
  readonly example: number;
  /** Which of the weights is looked at, and the second one of a surface; from 0. */
  readonly weight: readonly number[];
  /** From this probability on the answer is yes; 0 to 1. */
  readonly threshold: number;
  /** The term of the formula that is lit; empty for the first. */
  readonly term: string;
  /** Which of its views a chapter shows. */
  readonly show: LessonView;
  /** Where the activation functions are read, -4 to 4. */
  readonly z: number;
  /** Name of the column that is foretold, and its value that means no; empty for the likeliest. */
  readonly target: string;
  readonly no: string;
  /** What was typed or chosen as the answer to a task. */
  readonly answer: string;
  /** Features of a taught head that are silenced, from 0. */
  readonly muted: readonly number[];
}

export type LessonKey = keyof LessonState;

const BASE: LessonState = {
  chapter: 'perceptron',
  dataset: 'gauss',
  problem: 'classification',
  noise: 10,
  percTrainData: 80,
  seed: 1,
  activation: 'sigmoid',
  networkShape: [],
  learningRate: 0.1,
  regularizationRate: 0,
  batchSize: 0,
  optimizer: 'gradient-descent',
  loss: 'cross-entropy',
  step: 0,
  weights: [],
  example: 0,
  weight: [0, 1],
  threshold: 0.5,
  term: '',
  show: 'usual',
  z: 1,
  target: '',
  no: '',
  answer: '',
  muted: [],
};

/** What a chapter begins with; the rest is as in `BASE`. */
const BEGINNINGS: Readonly<Record<Chapter, Partial<LessonState>>> = {
  perceptron: { weights: [-0.6, 0.8, 0.5], dataset: 'gauss' },
  activation: {
    dataset: 'circle',
    activation: 'linear',
    networkShape: [4],
    optimizer: 'adam',
    learningRate: 0.1,
  },
  layers: {
    dataset: 'xor',
    activation: 'tanh',
    networkShape: [1],
    optimizer: 'adam',
    learningRate: 0.1,
    noise: 0,
  },
  diagnosis: {
    activation: 'tanh',
    networkShape: [4],
    optimizer: 'adam',
    learningRate: 0.02,
    regularizationRate: 0.03,
    percTrainData: 70,
  },
  loss: { noise: 30, weights: [0.6, 0.4, 0.3] },
  descent: {
    problem: 'regression',
    loss: 'squared-error',
    noise: 20,
    learningRate: 0.001,
    weights: [-0.9, 0.9, 0],
  },
  backpropagation: {
    dataset: 'xor',
    activation: 'sigmoid',
    networkShape: [2],
    loss: 'squared-error',
    weight: [0, 1],
  },
  head: {},
  uses: {},
};

/** A chapter as it is before anybody has touched it. */
export function beginningOf(chapter: Chapter): LessonState {
  return { ...BASE, ...BEGINNINGS[chapter], chapter };
}

export const MOST_STEPS = 5000;
export const MOST_UNITS = 8;
export const MOST_LAYERS = 3;
const LARGEST_SEED = 2 ** 32 - 1;
const MOST_WEIGHTS = 300;
const MOST_FEATURES = 10_000;
const LONGEST_WORDS = 80;

/** Reads one value; `undefined` for what makes no sense. */
type Read<T> = (text: string) => T | undefined;

function among<T extends string>(choices: readonly T[]): Read<T> {
  return (text) => choices.find((choice) => choice === text.toLowerCase());
}

function within(min: number, max: number, isWhole = false): Read<number> {
  return (text) => {
    const number = text.trim() === '' ? NaN : Number(text);
    const fits = number >= min && number <= max && (!isWhole || Number.isInteger(number));
    return fits ? number : undefined;
  };
}

function several(read: Read<number>, most: number): Read<readonly number[]> {
  return (text) => {
    const values = text === '' ? [] : text.split(',').map(read);
    const found = values.flatMap((value) => value ?? []);
    return found.length === values.length && found.length <= most ? found : undefined;
  };
}

const words: Read<string> = (text) => (text.length <= LONGEST_WORDS ? text : undefined);

/** The playground calls it so; both names are understood. */
const OPTIMISERS: Read<OptimiserName> = (text) =>
  text.toLowerCase() === 'sgd' ? 'gradient-descent' : among(OPTIMISER_NAMES)(text);

const READERS: { readonly [Key in LessonKey]: Read<LessonState[Key]> } = {
  chapter: among(CHAPTERS),
  dataset: among(DATA_SETS),
  problem: among(PROBLEMS),
  noise: within(0, 50),
  percTrainData: within(10, 90),
  seed: within(0, LARGEST_SEED, true),
  activation: among(ACTIVATION_NAMES),
  networkShape: several(within(1, MOST_UNITS, true), MOST_LAYERS),
  learningRate: within(1e-6, 1000),
  regularizationRate: within(0, 10),
  batchSize: within(0, 1000, true),
  optimizer: OPTIMISERS,
  loss: among(LESSON_LOSSES),
  step: within(0, MOST_STEPS, true),
  weights: several(within(-1000, 1000), MOST_WEIGHTS),
  example: within(0, 999, true),
  weight: several(within(0, MOST_WEIGHTS, true), 2),
  threshold: within(0, 1),
  term: (text) => (/^[a-z0-9-]{0,40}$/.test(text) ? text : undefined),
  show: among(LESSON_VIEWS),
  z: within(-4, 4),
  target: words,
  no: words,
  answer: words,
  muted: several(within(0, MOST_FEATURES, true), MOST_WEIGHTS),
};

export const LESSON_KEYS = Object.keys(READERS) as readonly LessonKey[];

/** A lesson, and what of the address could not be used. */
export interface ParsedLesson {
  readonly state: LessonState;
  readonly problems: readonly LessonKey[];
}

/** The lesson that an address asks for. Unknown keys are none of ours. */
export function parseLesson(query: string): ParsedLesson {
  const parameters = new URLSearchParams(query);
  const problems: LessonKey[] = [];
  const read = <Key extends LessonKey>(key: Key): LessonState[Key] | undefined => {
    const text = parameters.get(key);
    if (text === null) return undefined;
    const value = READERS[key](text);
    if (value === undefined) problems.push(key);
    return value;
  };
  const beginning = beginningOf(read('chapter') ?? 'perceptron');
  const found: Partial<Record<LessonKey, unknown>> = {};
  for (const key of LESSON_KEYS) {
    if (key === 'chapter') continue;
    const value = read(key);
    if (value !== undefined) found[key] = value;
  }
  return { state: fitted({ ...beginning, ...found } as LessonState), problems };
}

/** Chapters whose views have room for one hidden layer, and how many units it may have. */
const ONE_LAYER: Partial<Record<Chapter, number>> = {
  activation: MOST_UNITS,
  layers: MOST_UNITS,
  backpropagation: 3,
};

/** A state that its chapter can show. */
function fitted(state: LessonState): LessonState {
  const { chapter, networkShape } = state;
  const most = ONE_LAYER[chapter];
  if (most === undefined) return state;
  const [units = beginningOf(chapter).networkShape[0] ?? 1] = networkShape;
  return { ...state, networkShape: [Math.min(most, units)] };
}

/**
 * The query string of a lesson: only what differs from the chapter's beginning;
 * parameters that are not of lessons stay as they are.
 *
 * @returns With its question mark, or empty.
 */
export function formatLesson(state: LessonState, query = ''): string {
  const parameters = new URLSearchParams(query);
  const beginning = beginningOf(state.chapter);
  for (const key of LESSON_KEYS) {
    const text = written(state[key]);
    const isPlain = key === 'chapter' ? false : text === written(beginning[key]);
    if (isPlain) parameters.delete(key);
    else parameters.set(key, text);
  }
  return joined(parameters);
}

/** An address without anything of a lesson. */
export function withoutLesson(query: string): string {
  const parameters = new URLSearchParams(query);
  for (const key of LESSON_KEYS) parameters.delete(key);
  return joined(parameters);
}

function joined(parameters: URLSearchParams): string {
  const text = parameters.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

function written(value: LessonState[LessonKey]): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return rounded(value);
  return value.map(rounded).join(',');
}

/** Whole numbers as they are; six digits are more than a slider has. */
function rounded(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(6)));
}
