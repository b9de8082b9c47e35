import type { Chapter, LessonKey, LessonLoss, Problem } from '../domain/learn/lesson.js';
import type { DataSetName } from '../domain/learn/points.js';
import type { ActivationName } from '../domain/network/activation.js';
import type { OptimiserName } from '../domain/network/optimiser.js';
import { formatNumber, formatPercent } from './format.js';
import { figure } from './learn-format.js';

const ACTIVATIONS: Readonly<Record<ActivationName, string>> = {
  relu: 'ReLU',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  linear: 'None (linear)',
};

const OPTIMISERS: Readonly<Record<OptimiserName, string>> = {
  'gradient-descent': 'Plain',
  momentum: 'Momentum',
  adam: 'Adam',
  adamw: 'AdamW',
};

const DATA_SETS: Readonly<Record<DataSetName, string>> = {
  gauss: 'Two clouds',
  xor: 'Opposite corners (XOR)',
  circle: 'Disc in a ring',
  spiral: 'Two spirals',
};

const LOSSES: Readonly<Record<LessonLoss, string>> = {
  'cross-entropy': 'Cross-entropy',
  'squared-error': 'Squared error',
};

const PROBLEMS: Readonly<Record<Problem, string>> = {
  classification: 'Probability, ŷ = σ(z)',
  regression: 'Number, ŷ = z',
};

/** Texts of the lessons, in English. They are loaded with their views. */
export const LEARN_TEXTS = {
  title: 'Learn',
  leave: 'Leave the lessons',
  contents: 'All chapters',
  of: (number: number, count: number) => `${formatNumber(number)} of ${formatNumber(count)}`,
  previous: 'Back',
  next: 'Next',
  copyLink: 'Copy a link to this very state',
  copied: 'The link is copied: it opens the lesson exactly as it stands.',
  copiedWithoutTable:
    'The link is copied. Your table stays on this device: the link shows the synthetic example.',
  notCopied: 'Copy the address of this page: it opens the lesson exactly as it stands.',
  reset: 'Start this chapter afresh',
  isReset: 'The chapter is as it was at first.',
  isSolved: 'solved',
  problems: (keys: readonly LessonKey[]) =>
    `The link asks for something that does not exist (${keys.join(', ')}). The usual is shown instead.`,
  chapters: {
    perceptron: 'The perceptron',
    activation: 'Activation functions',
    layers: 'A hidden layer',
    diagnosis: 'Does the patient have heart disease?',
    loss: 'The loss',
    descent: 'Gradient descent',
    backpropagation: 'Backpropagation',
    head: 'Your own head',
    uses: 'What is it good for?',
  } satisfies Record<Chapter, string>,

  more: 'More to turn',
  pages: 'Page of this chapter',

  formula: {
    walk: 'Through the formula, term by term',
    back: 'Term before',
    next: 'Next term',
    play: 'Let the terms light up',
    pause: 'Stop',
    term: (index: number, count: number) => `${formatNumber(index)}/${formatNumber(count)}`,
  },
  task: {
    title: 'Try it yourself',
    short: 'Your turn:',
    solved: (progress: string) => `Solved. ${progress}`,
    isSolved: 'The task is solved.',
  },
  plot: {
    held: 'held back',
    wrong: 'on the wrong side',
    label: (count: number, right: number) =>
      `${formatNumber(count)} points of two classes; ${formatPercent(right)} on the right side`,
  },
  player: {
    label: 'Training',
    play: 'Train',
    pause: 'Pause',
    step: 'One step',
    back: 'One step back',
    reset: 'Back to the start',
    now: (step: number, loss: string) => `Step ${formatNumber(step)}\nJ = ${loss}`,
    seed: (seed: number) => `Seed ${String(seed)}`,
    reseed: (seed: number) => `Seed ${String(seed)}: begin with other random numbers`,
    diverged: (learningRate: number) =>
      `The loss has run away. Each step overshot the valley and landed higher than before, until the numbers ended. The learning rate of ${figure(learningRate)} is too large here: take a smaller one and go back to the start.`,
  },
  curves: {
    training: 'J, learnt from',
    held: 'J, held back',
    axes: ['step', 'J'],
    label: (step: number, first: number, last: number) =>
      `Loss over ${formatNumber(step)} steps, from ${figure(first)} to ${figure(last)}`,
  },
  matrix: {
    size: (inputs: number, units: number) =>
      `${formatNumber(inputs)} inputs and the bias × ${formatNumber(units)} ${units === 1 ? 'unit' : 'units'}`,
  },
  fields: {
    example: 'Example',
    exampleNumber: (index: number) => `No. ${formatNumber(index + 1)}`,
    noise: 'Noise',
    activation: 'Activation',
    activationName: (name: ActivationName) => ACTIVATIONS[name],
    dataset: 'Data',
    datasetName: (name: DataSetName) => DATA_SETS[name],
    learningRate: 'Learning rate η',
    optimizer: 'Update',
    optimizerName: (name: OptimiserName) => OPTIMISERS[name],
    batchSize: 'Examples per step',
    batch: (size: number) =>
      size === 0 ? 'All (batch)' : size === 1 ? '1 (stochastic)' : formatNumber(size),
    loss: 'Loss',
    lossName: (name: LessonLoss) => LOSSES[name],
    problem: 'Answer',
    problemName: (name: Problem) => PROBLEMS[name],
    units: 'Hidden units',
    layers: 'Layers',
    regularizationRate: 'L2 penalty λ',
    weight: 'Weight',
    newPoints: 'New points',
  },
  stuck: 'Stuck? Another seed may help.',
  right: (share: number) => `${formatPercent(share)} on the right side`,
} as const;
