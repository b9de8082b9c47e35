import { formatNumber, formatPercent } from './format.js';
import { decimals, figure } from './learn-format.js';

/** Chapter 1. */
export const PERCEPTRON_TEXTS = {
  lead: 'A perceptron weighs its inputs, adds them up and answers yes or no.',
  intro: [
    'Each point has two numbers: how far right it lies, x₁, and how far up, x₂. They are the inputs. A perceptron multiplies each with a weight w, which says how much that input counts, and adds them up, together with the bias w₀.',
    'The sum is called z. The activation g makes the answer ŷ of it, a number from 0 to 1; the hat says that it is a guess. Above one half means yes, the blue side; below, no.',
    'In between lies a line. The weights say how it leans, the bias moves it. Step through the formula to see where its numbers come from; tap a point to see another one.',
  ],
  spoken: 'y hat equals g of w zero plus x one times w one plus x two times w two',
  bias: (w0: number) => `The bias w₀ = ${figure(w0)} is there whatever the inputs are.`,
  product: (i: number, x: number, w: number) =>
    `Input ${formatNumber(i)} is ${figure(x)}, its weight ${figure(w)}: together ${figure(x * w)}.`,
  sum: (z: number) => `All added up, the linear combination w₀ + XᵀW: z = ${figure(z)}.`,
  activate: (name: string, output: number) =>
    `The activation g (${name}) makes ŷ = ${figure(output)} of it.`,
  answer: (y: number, isRight: boolean) =>
    `ŷ is the answer. The truth is y = ${formatNumber(y)}: the ${isRight ? 'right' : 'wrong'} side of the line.`,
  weightName: (i: number) => (i === 0 ? 'Bias w zero' : `Weight w ${formatNumber(i)}`),
  task: (share: number) =>
    `Move the sliders until the line parts the clouds: ${formatPercent(share)} right.`,
} as const;

/** Chapter 2. */
export const ACTIVATION_TEXTS = {
  lead: 'An activation bends. Without one, a network can only draw straight lines.',
  intro: [
    'Here are three activations that people use: ReLU, sigmoid and tanh. The full line is g, what comes out for each z. The dashed line is its slope g′: how much the output moves when z moves a little.',
    'Layers are perceptrons on top of each other. Without an activation between them they can be multiplied out into one: the border stays a straight line, however many layers there are. Train the network and see.',
  ],
  pages: { usual: 'Three bends', network: 'In a network' },
  first: 'Move z and watch the slopes. Then go on to “In a network”.',
  spokenReading: 'a equals g of z, and g prime of z is its slope',
  readZ: (z: number) => `z = ${figure(z)}, the sum of a perceptron. Move the slider.`,
  readValue: (name: string, a: number) => `The activation ${name} makes a = ${figure(a)} of it.`,
  readSlope: (slope: number) =>
    `The slope there: when z grows by a little, a grows by ${figure(slope)} times as much.`,
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
  inner: 'Each hidden unit adds up the inputs with weights of its own: z⁽¹⁾ = w₀⁽¹⁾ + XᵀW⁽¹⁾.',
  bend: (name: string, isLinear: boolean) =>
    isLinear
      ? 'There is no activation: g(z) = z lets everything through as it is.'
      : `The activation ${name} bends each of them. A sum of bent things can be anything.`,
  outer: 'The last layer weighs the hidden units and adds them up.',
  collapsed: (b: number, w1: number, w2: number) =>
    `Multiplied out it is one perceptron: z = ${figure(b)} + ${figure(w1)}·x₁ + ${figure(w2)}·x₂. A line.`,
  bent: 'With the bend between them, the two layers cannot be multiplied out into one.',
  sigma: 'In the end σ, the sigmoid, makes a probability of it.',
  task: (share: number) =>
    `Get ${formatPercent(share)} of the points right. Training alone cannot: what has to change?`,
  stuck: (share: number) => `${formatPercent(share)} right: the border is straight.`,
  so: (share: number) => `${formatPercent(share)} right.`,
} as const;

/** Chapter 3. */
export const LAYERS_TEXTS = {
  lead: 'Several perceptrons on the same inputs are a dense layer. Each adds a line.',
  intro: [
    'Dense means: every input leads to every unit. What the units say goes into the next layer; a layer between the inputs and the answer is called hidden, and its units’ outputs are called a.',
    'Here lie points of one kind in opposite corners. One line cannot part them. Each hidden unit draws a line of its own, and the output puts them together.',
    'The same numbers are shown three times: as points with the border, as a graph of units and weights, and as matrices.',
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
  view: { usual: 'Points', graph: 'As a graph', matrix: 'As matrices' },
  graph: (units: number) =>
    `Network with 2 inputs, ${formatNumber(units)} hidden ${units === 1 ? 'unit' : 'units'} and one output. Thick lines are large weights, dashed ones negative.`,
  same: 'Both show the same numbers: column i of W⁽¹⁾ holds the lines that lead to unit i.',
  task: (units: number, share: number) =>
    `With at most ${formatNumber(units)} hidden units, get ${formatPercent(share)} right.`,
  progress: (units: number, share: number) =>
    `${formatNumber(units)} hidden ${units === 1 ? 'unit' : 'units'}, ${formatPercent(share)} right.`,
} as const;
