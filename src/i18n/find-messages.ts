import { formatNumber, formatPercent } from './format.js';

/** Texts about finding things that the detector does not know. */
export const FIND_TEXTS = {
  title: 'Find it by itself',
  titleOf: (label: string) => `Find “${label}” by itself`,
  intro:
    'It is then boxed and named wherever it is, also if the detector knows nothing of the kind. ' +
    'Draw a box around it in about ten pictures: near and far, in different places.',
  boxes: (count: number) =>
    count === 1 ? 'One box so far.' : `${formatNumber(count)} boxes so far.`,
  begun: (label: string, missing: number) =>
    `Draw a box around “${label}” in ${missing === 1 ? 'one more picture' : `${formatNumber(missing)} more pictures`}: ` +
    'then it can learn to find it.',
  ready: 'It can learn to find this now, and boxes it then wherever it is.',
  meanwhile: 'It goes on looking while it learns, and more boxes can be drawn.',
  found:
    'It is looked for now. Where it is missed, draw a box; where something else is taken for it, tap that and say so.',
  few: 'A few more will make it surer.',
  learn: 'Learn to find it',
  again: 'Learn again',
  outdated: 'There are examples that it has not learnt from yet.',
  looking: 'Looking at the pictures …',
  learning: 'Learning …',
  other: (label: string) => `“${label}” is being learnt. This one can be next.`,
  progress: (fraction: number) => formatPercent(fraction),
  stop: 'Stop',
  interrupted: 'Learning was cut off. The pictures are all there; start it once more.',
  done: (milliseconds: number) =>
    `Learnt in ${formatNumber(Math.max(1, Math.round(milliseconds / 1000)))} s. It is looked for now.`,
  cancelled: 'Stopped early: what was learnt by then is in use.',
  contradictions: (count: number) =>
    count === 1
      ? 'One box was left out: the object has two labels.'
      : `${formatNumber(count)} boxes were left out: the objects have two labels.`,
  unusable: (count: number) =>
    count === 1
      ? 'One box was left out: it shows nothing, everything, or the same as another.'
      : `${formatNumber(count)} boxes were left out: they show nothing, everything, or the same as others.`,
  unused: (count: number) =>
    `It learnt from those pictures that differ most; ${formatNumber(count)} were more than there is room for.`,
  live: 'Look for it',
  strictness: 'How sure it must be',
  looser: 'misses fewer',
  stricter: 'fewer false alarms',
  standard: 'Back to what was learnt',
  forget: 'Forget it',
} as const;
