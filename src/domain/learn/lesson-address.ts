/** Lessons as addresses: what a query string asks for, and the query string of a state. */
import { ACTIVATION_NAMES } from '../network/activation.js';
import { OPTIMISER_NAMES, type OptimiserName } from '../network/optimiser.js';
import {
  beginningOf,
  CHAPTERS,
  LESSON_LOSSES,
  LESSON_VIEWS,
  MOST_LAYERS,
  MOST_STEPS,
  MOST_UNITS,
  PROBLEMS,
  type Chapter,
  type LessonKey,
  type LessonState,
} from './lesson.js';
import { DATA_SETS } from './points.js';

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

/** A number as an address holds it: whole ones as they are; six digits are more than a slider has. */
export function addressed(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}

function rounded(value: number): string {
  return String(addressed(value));
}
