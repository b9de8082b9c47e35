import { formatNumber, formatPercent } from './format.js';
import { figure } from './learn-format.js';

/** Chapter 8. */
export const HEAD_TEXTS = {
  lead: 'What you taught is such a network. Here is your own picture on its way through.',
  intro: [
    'The detector turns what lies under a box into some hundred numbers, the features x: edges, curves, textures. They go into the network that you have taught, and a name comes out.',
    'Where: the parts of the picture that spoke for the name, and against it. Features: which of the numbers were loudest. Weights: how the last layer adds up to the logit z, the number that becomes the probability.',
  ],
  pages: { usual: 'Where', features: 'Features', weights: 'Weights' },
  legend: 'Blue speaks for the name, orange against it.',
  locating: 'Looking where it is … (this loads the detector)',
  notLocated: 'Where it is could not be measured: the picture or the detector is not at hand.',
  where: (label: string, place: string) => `Most of what speaks for “${label}” lies ${place}`,
  place: (row: 0 | 1 | 2, column: 0 | 1 | 2) =>
    row === 1 && column === 1
      ? 'in the middle'
      : `${(['at the top', 'in the middle', 'at the bottom'] as const)[row]}, ${(['on the left', 'in the middle', 'on the right'] as const)[column]}`,
  loudest: (label: string) => `What spoke most for “${label}”; tick to silence`,
  strongest: (label: string, isHidden: boolean) =>
    `z of “${label}” = sum of ${isHidden ? 'hidden units a' : 'features x'} times weights w`,
  unit: 'Unit',
  number: (index: number) => formatNumber(index),
  others: (count: number) => `${formatNumber(count)} others`,
  biasTerm: 'Bias w₀',
  sumTerm: 'All together: z',
  opening: 'Opening what you have taught …',
  none: 'You have not taught it anything yet. Teach it two things with the camera, then come back: this chapter opens your own network.',
  noExample: 'The features of your pictures are not at hand. Teach it again, then come back.',
  teach: 'Go and teach it',
  spoken: 'the probability p of a label equals softmax of z, where z equals f of X and W',
  softmax: (label: string, probability: number) =>
    `Softmax makes probabilities of the logits: “${label}” gets ${formatPercent(probability)}.`,
  logit: (label: string, logit: number) =>
    `The logit of “${label}” is ${figure(logit)}: what all features together say for it.`,
  features: (count: number, maps: number) =>
    `${formatNumber(count)} features out of ${maps === 1 ? 'one map' : `${formatNumber(maps)} maps`} of the detector, averaged under the box or its middle.`,
  weights: (shape: readonly number[]) =>
    `Layers of ${shape.map((units) => formatNumber(units)).join(' → ')} numbers.`,
  sample: 'Picture',
  sampleNumber: (index: number, label: string) => `${formatNumber(index + 1)}: ${label}`,
  picture: (label: string) => `The example in view, recorded as “${label}”`,
  unknown: 'unknown',
  answers: 'What it says',
  feature: 'Feature',
  value: 'x',
  slope: '∂z/∂x',
  part: 'x · ∂z/∂x',
  muteLoudest: (count: number) => `Silence the ${formatNumber(count)} loudest`,
  mute: (name: string) => `Silence ${name}`,
  name: (map: string, channel: number) => `${map} ${formatNumber(channel)}`,
  hint: 'The slope is found by backpropagation, from the logit to each feature. Silenced features are 0.',
  maps: 'How much each map said for it',
  clear: 'Hear all again',
  task: 'Silence the loudest features until it gives another name.',
  progress: (count: number, label: string) =>
    count === 0
      ? `It says “${label}”.`
      : `${formatNumber(count)} ${count === 1 ? 'feature' : 'features'} silenced: it says “${label}”.`,
} as const;

/** What comes out of the last layer. */
export const OUTPUTS = ['boxes', 'picture', 'probability'] as const;
export type OutputKind = (typeof OUTPUTS)[number];

/** Chapter 9. */
export const USES_TEXTS = {
  lead: 'Weights, an activation, a loss, its gradient: that is all. What is it good for?',
  intro: [
    'What a network is good for is decided by what goes in, what comes out, and which mistakes cost.',
    'Object detection: a picture goes in. For each of some 2000 places, dense layers say how likely each of 91 labels is and where the box lies. The detector of this app is one.',
    'Image alteration: pixels go in, pixels come out, one sum of weighted neighbours after the other. It begins with knowing what is where: the boxes tell which pixels are meant.',
    'Clinical diagnosis: measurements go in, one probability comes out, and a person sets the threshold, for to miss somebody costs something else than a false alarm.',
  ],
  spoken: 'y hat equals f of X and W; the loss L compares y hat with the truth y',
  input: 'X goes in: pixels for the first two, measurements of a patient for the third.',
  weights: 'W: learnt from examples, downhill in the landscape of the loss, as you have seen.',
  output: 'ŷ comes out of the last layer. What it is differs: that is your task.',
  loss: 'L says which mistakes cost. To miss somebody and to raise a false alarm are not the same.',
  uses: {
    detection: { title: 'Object detection', action: 'See it at work' },
    alteration: { title: 'Image alteration', action: 'Hide a face' },
    diagnosis: { title: 'Clinical diagnosis', action: 'To the patients' },
  },
  outputs: {
    boxes: 'Boxes, labels',
    picture: 'A picture',
    probability: 'A probability',
  } satisfies Record<OutputKind, string>,
  choose: 'Choose …',
  question: (use: string) => `${use}: what comes out?`,
  task: 'What comes out of the last layer for each of them?',
  progress: (right: number, all: number) => `${formatNumber(right)} of ${formatNumber(all)} right.`,
  again: 'You have walked the whole path.',
} as const;
