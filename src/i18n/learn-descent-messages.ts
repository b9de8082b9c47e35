import { formatNumber, formatPercent } from './format.js';
import { figure, layerMark, subscript } from './learn-format.js';
import type { WeightName } from '../domain/learn/weights.js';

/** w⁽¹⁾₁₂ and the like. */
export function weightText({ layer, from, to }: WeightName, layers: number, units: number): string {
  const above = layers > 1 ? layerMark(layer) : '';
  return `w${above}${subscript(from)}${units > 1 ? `,${subscript(to)}` : ''}`;
}

/** Chapter 5. */
export const LOSS_TEXTS = {
  intro: [
    'The loss L says how much one wrong answer costs. The empirical loss J is the average over all n examples: it is the one number that learning makes smaller.',
    'Each point is as large as its own loss. Cross-entropy punishes being sure and wrong without limit; squared error never costs more than 1.',
  ],
  spoken: 'J of W equals one over n times the sum over all i of L of f of x i and W, and y i',
  answer: (yHat: number) => `f is the network: for the chosen example it says ŷ = ${figure(yHat)}.`,
  truth: (y: number) => `y is what should have been said: ${formatNumber(y)}.`,
  single: (loss: string, yHat: number, y: number, value: number) =>
    loss === 'cross-entropy'
      ? `Cross-entropy: L = −log ${y === 1 ? 'ŷ' : '(1 − ŷ)'} = −log ${figure(y === 1 ? yHat : 1 - yHat)} = ${figure(value)}.`
      : `Squared error: L = (ŷ − y)² = (${figure(yHat)} − ${formatNumber(y)})² = ${figure(value)}.`,
  sum: (sum: number, n: number) => `Added up over all ${formatNumber(n)} examples: ${figure(sum)}.`,
  mean: (j: number, n: number) => `Divided by n = ${formatNumber(n)}: J = ${figure(j)}.`,
  curve: (yHat: number, loss: number) =>
    `Loss over the answer, falling towards the truth; the chosen example is at ${figure(yHat)} with a loss of ${figure(loss)}`,
  curveYes: 'L where y = 1',
  curveNo: 'L where y = 0',
  costliest: 'What costs most',
  costRow: (index: number, share: number) =>
    `No. ${formatNumber(index + 1)}: ${formatPercent(share)} of the sum`,
  columns: { example: 'Example', y: 'y', yHat: 'ŷ', loss: 'L' },
  plot: (count: number, j: number) =>
    `${formatNumber(count)} points, each as large as its loss; the empirical loss is ${figure(j)}`,
  task: 'Which example costs most? Tap it. Then change the loss: is it still the same one?',
  progress: (index: number, loss: number, rank: number) =>
    `No. ${formatNumber(index + 1)} costs ${figure(loss)}${rank === 1 ? ': nothing costs more.' : `; ${formatNumber(rank - 1)} ${rank === 2 ? 'example costs' : 'examples cost'} more.`}`,
} as const;

/** Chapter 6. */
export const DESCENT_TEXTS = {
  intro: [
    'The empirical loss is a landscape over the weights. Gradient descent feels the slope where it stands and goes a step downhill; the learning rate η says how far.',
    'Too small, and it hardly moves. Too large, and each step leaps over the valley. Try all three.',
  ],
  spoken: 'W becomes W minus eta times the derivative of J of W with respect to W',
  next: 'The new weights. They take the place of the old ones.',
  old: (name: string, value: number) => `The weights as they are; ${name} is ${figure(value)}.`,
  rate: (rate: number) => `The learning rate η = ${figure(rate)}: how far a step goes.`,
  gradient: (name: string, slope: number) =>
    `The gradient: if ${name} grew by a little, J would ${slope > 0 ? 'grow' : 'fall'} by ${figure(Math.abs(slope))} times as much. The step goes the other way.`,
  algorithm: 'Gradient descent, line by line',
  lines: [
    'initialise W at random (seed)',
    'loop until convergence:',
    '  compute gradient ∂J(W)/∂W',
    '  update W ← W − η · ∂J(W)/∂W',
    'return W',
  ],
  rates: 'Learning rate',
  rateName: { small: 'Too small', right: 'Right', large: 'Too large' },
  more: 'More to turn: update, batch, weights, units, loss',
  surface: (across: string, up: string) => `Loss over ${across} (across) and ${up} (up)`,
  surfaceHint: (isSlice: boolean) =>
    isSlice
      ? 'Contours of J over the two weights, the others as they are now: so the landscape moves while they learn.'
      : 'Contours of J over the two weights: each line is one height.',
  sampling: 'Measuring the landscape …',
  across: 'Across',
  up: 'Up',
  converged: (step: number, loss: string, slope: string) =>
    `After ${formatNumber(step)} steps J = ${loss}, length of the gradient ${slope}.`,
  task: 'Find a learning rate that gets down into the valley within 40 steps: until the gradient is shorter than 0.05.',
} as const;

/** Chapter 7. */
export const BACKPROPAGATION_TEXTS = {
  intro: [
    'How much does J change when one weight deep inside does? The chain rule answers: multiply the slopes of everything on the way from that weight to the loss.',
    'First the values flow forwards, then the slopes flow back. Nothing else is backpropagation.',
  ],
  spoken: (name: string) =>
    `the derivative of J by ${name} equals the product of the derivatives on the way from the loss to it`,
  forward: 'Forwards',
  backward: 'Backwards',
  direction: 'Direction',
  input: (x1: number, x2: number) => `The example: x₁ = ${figure(x1)}, x₂ = ${figure(x2)}.`,
  hidden: (unit: number, z: number, a: number) =>
    `Hidden unit ${formatNumber(unit)}: z = ${figure(z)}, and after the activation a = ${figure(a)}.`,
  output: (z: number, y: number) => `The output: z⁽²⁾ = ${figure(z)}, so ŷ = ${figure(y)}.`,
  loss: (yHat: number, y: number, j: number) =>
    `The loss: J = (${figure(yHat)} − ${formatNumber(y)})² = ${figure(j)}.`,
  spokenForward: 'x leads to z one, a one, z two, y hat and J',
  factors: {
    'loss-by-output': (value: number) =>
      `∂J/∂ŷ = 2(ŷ − y) = ${figure(value)}: how much the loss changes with the answer.`,
    'output-by-z': (value: number, layer: number) =>
      layer === 2
        ? `∂ŷ/∂z⁽²⁾ = g′(z⁽²⁾) = ${figure(value)}: the slope of the output's activation.`
        : `∂a/∂z⁽¹⁾ = g′(z⁽¹⁾) = ${figure(value)}: the slope of the hidden unit's activation.`,
    'z-by-input': (value: number) =>
      `∂z⁽²⁾/∂a is the weight that leads from the hidden unit to the output: ${figure(value)}.`,
    'z-by-weight': (value: number, layer: number) =>
      layer === 2
        ? `∂z⁽²⁾/∂w is what came in along this weight: ${figure(value)}.`
        : `∂z⁽¹⁾/∂w is the input at its beginning: ${figure(value)}.`,
  },
  product: (product: string) => `The product of all factors: ${product}.`,
  hidden1: 'The product is yours to work out: see the task.',
  check: 'Chain rule and finite difference, live (shows the answer)',
  analytic: 'Chain rule',
  numeric: 'Finite difference',
  difference: 'Apart by',
  checkHint: 'The weight is moved by 0.00001 up and down, and J is looked at.',
  graph:
    'Network with two inputs, two hidden units and one output; the way from the loss to the chosen weight is lit',
  task: 'Multiply the factors yourself: what is ∂J/∂w for the chosen weight? Take one of the first layer.',
  answer: 'Your product',
  answerHint: 'three digits are enough',
  empty: 'A pocket calculator is allowed.',
  chooseFirst: 'That is right for this weight. Now one of the first layer, w⁽¹⁾.',
  wrong: 'Not yet. All factors have to be in it, with their signs.',
  right: (value: string) => `∂J/∂w = ${value}.`,
  bias: '1, for the bias has no input',
} as const;
