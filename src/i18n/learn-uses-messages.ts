import { formatNumber, formatPercent } from './format.js';
import { figure } from './learn-format.js';

/** Chapter 8. */
export const HEAD_TEXTS = {
  intro: [
    'What you taught is a network of the same kind: the features x that the detector sees under a box go in, a name comes out. Here is one of your own pictures on its way through.',
  ],
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
    `${formatNumber(count)} features out of ${maps === 1 ? 'one map' : `${formatNumber(maps)} maps`} of the detector, averaged under the box.`,
  weights: (shape: readonly number[]) =>
    `Layers of ${shape.map((units) => formatNumber(units)).join(' → ')} numbers.`,
  sample: 'Picture',
  sampleNumber: (index: number, label: string) => `${formatNumber(index + 1)}: ${label}`,
  picture: (label: string) => `The example in view, recorded as “${label}”`,
  unknown: 'unknown',
  answers: 'What it says',
  features10: (label: string) => `What spoke most for “${label}”`,
  feature: 'Feature',
  value: 'x',
  slope: '∂z/∂x',
  part: 'x · ∂z/∂x',
  mute: (name: string) => `Silence ${name}`,
  name: (map: string, channel: number) => `${map} ${formatNumber(channel)}`,
  hint: 'The slope is found by backpropagation, from the logit to each feature. Silenced features are 0.',
  maps: 'How much each map said for it',
  clear: 'Hear all again',
  task: 'Silence features, the loudest first, until it no longer gives this name.',
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
  intro: [
    'Weights, an activation, a loss, its gradient: that is all. What a network is good for is decided by what goes in, what comes out, and which mistakes cost.',
  ],
  uses: {
    detection: {
      title: 'Object detection',
      text: 'A picture goes in. For each of some 2000 places, dense layers say how likely each of 91 labels is and where the box lies. The detector of this app is one.',
      action: 'Watch it at work',
    },
    alteration: {
      title: 'Image alteration',
      text: 'Pixels go in, pixels come out, one sum of weighted neighbours after the other. It begins with knowing what is where: the boxes tell which pixels are meant.',
      action: 'Take a picture with its boxes',
    },
    diagnosis: {
      title: 'Clinical diagnosis',
      text: 'Measurements go in, one probability comes out, and a person sets the threshold, for to miss somebody costs something else than a false alarm.',
      action: 'To the patients of chapter 4',
    },
  },
  outputs: {
    boxes: 'Boxes and labels',
    picture: 'A picture',
    probability: 'A probability',
  } satisfies Record<OutputKind, string>,
  choose: 'Choose …',
  task: 'What comes out of the last layer for each of them?',
  progress: (right: number, all: number) => `${formatNumber(right)} of ${formatNumber(all)} right.`,
  again: 'You have walked the whole path. The link above brings anybody to any state of it.',
} as const;
