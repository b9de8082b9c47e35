import { formatNumber, formatPercent } from './format.js';
import { decimals, figure } from './learn-format.js';

/** Chapter 1. */
export const PERCEPTRON_TEXTS = {
  intro: [
    'A perceptron weighs what it is given: each input xᵢ is multiplied with a weight wᵢ, all is added up together with the bias w₀, and the sum goes through an activation g.',
    'Its answer turns over along a line: there the sum z is 0. The weights say how the line leans, the bias moves it.',
  ],
  spoken: 'y hat equals g of w zero plus x one times w one plus x two times w two',
  bias: (w0: number) =>
    `The bias w₀ = ${figure(w0)} is there whatever the inputs are. It shifts the line.`,
  product: (i: number, x: number, w: number) =>
    `Input ${formatNumber(i)} is ${figure(x)}, its weight ${figure(w)}: together ${figure(x * w)}.`,
  sum: (z: number) => `All added up, the linear combination z = w₀ + XᵀW is ${figure(z)}.`,
  activate: (name: string, output: number) =>
    `The activation g (${name}) makes ŷ = ${figure(output)} of it.`,
  answer: (y: number, isRight: boolean) =>
    `ŷ is the answer. This example is of class ${formatNumber(y)}, so it lies on the ${isRight ? 'right' : 'wrong'} side.`,
  weightName: (i: number) => (i === 0 ? 'Bias w zero' : `Weight w ${formatNumber(i)}`),
  task: 'Move the weights until the line parts the two clouds: at least 95% of the points on their side.',
} as const;

/** Chapter 2. */
export const ACTIVATION_TEXTS = {
  intro: [
    'The activation bends. Here are three that people use, each with its slope g′ (dashed): how much the output moves when z does.',
    'Without one, layers on top of each other stay a line, however many there are. Train the network below and see.',
  ],
  curve: (name: string, z: number, value: number, slope: number) =>
    `${name}: at z = ${figure(z)} it is ${figure(value)}, its slope ${figure(slope)}`,
  reading: (value: number, slope: number) => `g ${decimals(value)}  g′ ${decimals(slope)}`,
  z: 'z',
  value: 'g(z)',
  slope: 'slope g′(z)',
  spoken:
    'y hat equals sigma of w zero two plus g of w zero one plus x transposed W one, times W two',
  spokenLinear:
    'with g of z equal to z, y hat equals sigma of one bias plus x one times one weight plus x two times one weight',
  inner: 'Each hidden unit makes its own linear combination of the inputs: z⁽¹⁾ = w₀⁽¹⁾ + XᵀW⁽¹⁾.',
  bend: (name: string, isLinear: boolean) =>
    isLinear
      ? 'There is no activation: g(z) = z lets everything through as it is.'
      : `The activation ${name} bends each of them. A sum of bent things can be anything.`,
  outer: 'The last layer weighs the hidden units and adds them up.',
  collapsed: (b: number, w1: number, w2: number) =>
    `Multiplied out, both layers are one perceptron: z = ${figure(b)} + ${figure(w1)}·x₁ + ${figure(w2)}·x₂. A line.`,
  bent: 'With the bend between them, the two layers cannot be multiplied out into one.',
  sigma: 'In the end σ, the sigmoid, makes a probability of it.',
  task: 'Train until at least 95% of the points are right. As it stands that is impossible: what has to change?',
  stuck: (share: number) => `${formatPercent(share)} right, and the border is a straight line.`,
  so: (share: number) => `${formatPercent(share)} right.`,
} as const;

/** Chapter 3. */
export const LAYERS_TEXTS = {
  intro: [
    'Several perceptrons on the same inputs are a dense layer. Their outputs are the inputs of the next layer, and what is in between is called hidden.',
    'One line cannot part opposite corners. Each hidden unit adds a line of its own.',
  ],
  spoken: (unit: number, inputs: number) =>
    `z one, unit ${formatNumber(unit)}, equals w zero plus the sum over ${formatNumber(inputs)} inputs of x j times w j ${formatNumber(unit)}; a equals g of z; y hat equals sigma of w zero plus the sum of a i times w i`,
  bias: (unit: number, w0: number) =>
    `Unit ${formatNumber(unit)} starts from its bias, ${figure(w0)}.`,
  product: (j: number, x: number, w: number) =>
    `Input x${formatNumber(j)} = ${figure(x)} times its weight ${figure(w)} is ${figure(x * w)}.`,
  sum: (unit: number, z: number, a: number) =>
    `So z⁽¹⁾ of unit ${formatNumber(unit)} is ${figure(z)}; after the activation it is a = ${figure(a)}.`,
  output: (units: number, y: number) =>
    `The output weighs ${units === 1 ? 'the one hidden unit' : `all ${formatNumber(units)} hidden units`} and says ŷ = ${figure(y)}.`,
  unit: 'Unit',
  unitNumber: (unit: number) => formatNumber(unit),
  views: 'View',
  view: { graph: 'As a graph', matrix: 'As matrices' },
  graph: (units: number) =>
    `Network with 2 inputs, ${formatNumber(units)} hidden ${units === 1 ? 'unit' : 'units'} and one output. Thick lines are large weights, dashed ones negative.`,
  same: 'Both show the same numbers: column i of W⁽¹⁾ holds the lines that lead to unit i.',
  task: 'Give it as few hidden units as it needs, at most 4, and train until at least 95% of the points are right.',
  progress: (units: number, share: number) =>
    `${formatNumber(units)} hidden ${units === 1 ? 'unit' : 'units'}, ${formatPercent(share)} right.`,
} as const;
