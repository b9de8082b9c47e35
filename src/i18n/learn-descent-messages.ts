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
  lead: 'The loss says how much a wrong answer costs. Learning makes it smaller.',
  intro: [
    'L is what one answer costs: nothing when it is right and sure, much when it is sure and wrong. The empirical loss J is the average of L over all n examples (∑ means: added up). It is the one number that learning makes smaller.',
    'Each point is as large as its own loss; tap one. The curves show L for each answer ŷ, once where the truth is y = 1, once where it is y = 0. Cross-entropy punishes being sure and wrong without limit; squared error never costs more than 1.',
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
  curveYes: 'y = 1',
  curveNo: 'y = 0',
  costliest: 'What costs most',
  costRow: (index: number, share: number) =>
    `No. ${formatNumber(index + 1)}: ${formatPercent(share)} of the sum`,
  columns: { example: 'Example', y: 'y', yHat: 'ŷ', loss: 'L' },
  plot: (count: number, j: number) =>
    `${formatNumber(count)} points, each as large as its loss; the empirical loss is ${figure(j)}`,
  task: 'Which example costs most? Tap it.',
  progress: (index: number, loss: number, rank: number) =>
    `No. ${formatNumber(index + 1)} costs ${figure(loss)}${rank === 1 ? ': nothing costs more.' : `; ${formatNumber(rank - 1)} ${rank === 2 ? 'example costs' : 'examples cost'} more.`}`,
} as const;

/** Chapter 6. */
export const DESCENT_TEXTS = {
  lead: 'Learning is walking downhill, one step after the other, in the landscape of the loss.',
  intro: [
    'Every choice of weights has a loss J: that is a landscape, seen from above like a map with contour lines. The dot is where the weights are now. The gradient ∂J/∂W says how steep it is there, and which way is up; the step goes the other way.',
    'The learning rate η (eta) says how far each step goes. Too small, and it hardly moves. Too large, and each step leaps over the valley. Try all three.',
  ],
  pages: { usual: 'Landscape', lines: 'Line by line' },
  spoken: 'W becomes W minus eta times the derivative of J of W with respect to W',
  next: 'The new weights. They take the place of the old ones.',
  old: (name: string, value: number) =>
    `The weights W as they are. One of them: ${name} = ${figure(value)}.`,
  rate: (rate: number) => `The learning rate η = ${figure(rate)}: how far a step goes.`,
  gradient: (name: string, slope: number) =>
    `The slope: when ${name} grows a little, J ${slope > 0 ? 'grows' : 'falls'} by ${figure(Math.abs(slope))} times as much. So: the other way.`,
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
    `Step ${formatNumber(step)}: J = ${loss}, gradient ${slope}.`,
  task: (steps: number, gradient: number) =>
    `Get down within ${formatNumber(steps)} steps: until the gradient is shorter than ${figure(gradient)}.`,
} as const;

/** Chapter 7. */
export const BACKPROPAGATION_TEXTS = {
  lead: 'How much does each weight change the loss? Multiply the slopes on the way.',
  intro: [
    'First the values flow forwards: from the inputs x through the hidden units a to the answer ŷ and its loss J. Then the slopes flow back. Each fraction says how much its upper part changes when its lower part changes a little; ∂ is read “d”.',
    'The chain rule: the slope of the whole way is the product of the slopes along it. Nothing else is backpropagation. Step through the factors and watch where each of them sits in the graph.',
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
  task: 'Multiply the factors: what is ∂J/∂w for a weight of the first layer, w⁽¹⁾?',
  answer: '∂J/∂w: your product',
  answerShort: '∂J/∂w =',
  answerHint: '3 digits do',
  empty: 'A pocket calculator is allowed.',
  chooseFirst: 'Right for this weight. Now one of the first layer, w⁽¹⁾.',
  wrong: 'Not yet. All factors have to be in it, with their signs.',
  right: (value: string) => `∂J/∂w = ${value}.`,
  bias: '1, for the bias has no input',
} as const;
