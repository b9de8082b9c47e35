import type { ActivationName } from '../network/activation.js';
import type { OptimiserName } from '../network/optimiser.js';
import type { DataSetName } from './points.js';

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
    // Large enough to get out of the dents in which 0.1 is stuck for some seeds.
    learningRate: 0.2,
    noise: 0,
  },
  diagnosis: {
    activation: 'tanh',
    networkShape: [4],
    optimizer: 'adam',
    learningRate: 0.02,
    regularizationRate: 0.03,
    percTrainData: 70,
    // Too careful a judge: where to draw the line is the person's task.
    threshold: 0.7,
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
