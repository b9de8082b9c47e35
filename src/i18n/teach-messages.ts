import type { ActivationName } from '../domain/network/activation.js';
import type { LossName } from '../domain/network/loss.js';
import type { OptimiserName } from '../domain/network/optimiser.js';
import type { Hint } from '../domain/quality/hints.js';
import { counted, formatNumber, formatPercent } from './format.js';

function hint(hint: Hint): string {
  switch (hint.kind) {
    case 'one-label':
      return 'Teach a second thing: it learns by telling them apart.';
    case 'too-few':
      return `${counted(hint.missing, 'more example', 'more examples')} of “${hint.label}” would help.`;
    case 'one-recording':
      return `Record “${hint.label}” once more, at another time or place: then it can be checked.`;
    case 'one-view':
      return `“${hint.label}” needs more examples, from another side.`;
    case 'unbalanced':
      return `“${hint.label}” has far fewer examples than the others: ${counted(hint.missing, 'more', 'more')} would balance it.`;
    case 'confused':
      return hint.other === ''
        ? `“${hint.label}” is often not recognised: record more of it.`
        : `“${hint.label}” is often taken for “${hint.other}”: record both side by side.`;
  }
}

const ACTIVATIONS: Readonly<Record<ActivationName, string>> = {
  relu: 'ReLU',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  linear: 'Linear',
};

const OPTIMISERS: Readonly<Record<OptimiserName, string>> = {
  'gradient-descent': 'Gradient descent',
  momentum: 'Momentum',
  adam: 'Adam',
  adamw: 'AdamW',
};

const LOSSES: Readonly<Record<LossName, string>> = {
  'softmax-cross-entropy': 'Softmax cross-entropy',
  'sigmoid-cross-entropy': 'Sigmoid cross-entropy',
  'squared-error': 'Squared error',
};

const ENDS = {
  completed: 'went to the end',
  converged: 'stopped when it no longer got better',
  diverged: 'ran away; the last good weights are kept',
  cancelled: 'was stopped; the best so far is kept',
} as const;

/** Texts of teaching, in English. They are loaded with its views. */
export const TEACH_TEXTS = {
  title: 'Teach',
  leave: 'Leave teaching',
  opening: 'Opening what you have taught …',
  failed: 'What you have taught could not be opened.',
  tryAgain: 'Try again',

  start: 'Tap a thing in the picture and say what it is.',
  noPicture: 'Open a picture and show it something.',
  nothingInSight: 'Nothing found in the picture? Draw a box around it.',
  enough: 'That looks good. Teach it, and see what it says.',
  inSight: 'Things in the picture',
  thing: (name: string) => `${name}: what is this?`,
  chosenThing: 'The chosen thing',

  whatIsThis: 'What is this?',
  whatDoesBoxShow: 'What is in the box?',
  name: 'Name',
  namePlaceholder: 'Name it',
  labelsSoFar: 'Names so far',
  newName: (name: string) => `New: ${name}`,
  suggestion: (base: string, number: number) => `${base} ${formatNumber(number)}`,
  back: 'Back',

  hold: 'Hold to record',
  stop: 'Recording',
  holdHint: 'Hold while you turn it. A short tap goes on until the next.',
  nameFirst: 'Give it a name first.',
  takeBox: 'Take this picture',
  gone: 'It is out of sight. Tap it again when it is back.',
  taken: (count: number) => counted(count, 'example', 'examples'),
  recorded: (count: number, label: string) =>
    count === 0
      ? `No example of “${label}” was taken.`
      : `${counted(count, 'example', 'examples')} of “${label}” recorded.`,
  roomRecorded: (count: number) => `${counted(count, 'picture', 'pictures')} of the room recorded.`,
  refusals: {
    'too-soon': '',
    'too-small': 'Too small: come closer.',
    'cut-off': 'Cut off by the edge: bring it into the picture.',
    covered: 'Something covers it.',
    'known-view': 'Looks the same as before: turn it.',
    'out-of-sight': 'Out of sight.',
  },
  notThat: (name: string) => `Not ${name}`,
  notThatNamed: 'Not that',
  notThatHint: 'Remembers that this is something else.',
  rejected: 'Noted: not that.',

  drawBox: 'Draw a box',

  pictures: 'Add pictures',
  noPictures: 'There are no pictures in it.',
  pickPictures: 'Choose pictures',
  pickFolder: 'Choose a folder',
  pickFolderHint: 'Every folder in it becomes a label with the folder’s name.',
  picturesOf: 'What do the pictures show?',
  picturesHint: 'The thing in each is found by itself; if none is, the whole picture counts.',
  addPictures: (count: number) => `Add ${counted(count, 'picture', 'pictures')}`,
  addingPictures: 'Looking at the pictures …',
  room: 'The room without it',
  roomShort: 'Room',
  roomHint:
    'Take everything that you taught out of the picture and record: so it learns to say “unknown”.',
  roomCount: (count: number) => counted(count, 'picture', 'pictures'),

  labels: 'Labels',
  label: (name: string, examples: number) => `${name}, ${counted(examples, 'example', 'examples')}`,
  noLabels: 'Names that you give appear here.',
  negativesOf: (count: number) => `${formatNumber(count)} “not that”`,
  hint,

  samplesOf: (label: string) => `Examples of “${label}”`,
  negativesTitle: (label: string) => `Not “${label}”`,
  sample: (index: number, when: string) => `Example ${formatNumber(index)}, ${when}`,
  select: 'Tap examples to choose them.',
  selected: (count: number) => `${formatNumber(count)} chosen`,
  selectAll: 'Choose all',
  selectNone: 'Choose none',
  relabel: 'Give another name',
  relabelTo: 'Name instead',
  remove: 'Delete',
  removeLabel: 'Delete this label',
  removed: (count: number) => `${counted(count, 'example', 'examples')} deleted.`,
  relabelled: (count: number, label: string) =>
    count === 1
      ? `1 example is now “${label}”.`
      : `${formatNumber(count)} examples are now “${label}”.`,
  rename: 'Rename',
  renamed: (label: string) => `It is now “${label}”.`,
  undo: 'Undo',
  undone: 'Taken back.',
  pictureGone: 'The picture is gone',
  save: 'Save',
  cancel: 'Cancel',

  teach: 'Teach it',
  teachAgain: 'Teach it again',
  again: 'Again',
  upToDate: 'It knows all your examples.',
  obstacles: {
    recording: 'It is recording.',
    nothing: 'Teach it two things, or one and the room without it.',
    'one-label': 'Teach a second thing, or record the room without it.',
    'one-example': (label: string) => `“${label}” has only one example so far: record more.`,
  },
  looking: 'Looking at the examples',
  learning: 'Learning',
  step: (step: number, steps: number) =>
    `Step ${formatNumber(step)} of at most ${formatNumber(steps)}`,
  stopTraining: 'Stop',
  interrupted: 'Learning was cut off. It goes on from the best so far.',
  goOn: 'Go on',
  learnt: (steps: number, milliseconds: number) =>
    `Learnt in ${formatNumber(milliseconds / 1000, milliseconds < 10_000 ? 1 : 0)} s, ${counted(steps, 'step', 'steps')}`,
  learntIn: (milliseconds: number) =>
    `The names are live. Learnt in ${formatNumber(milliseconds / 1000, milliseconds < 10_000 ? 1 : 0)} s.`,
  trainingEnd: (end: keyof typeof ENDS) => `Learning ${ENDS[end]}.`,
  live: 'The names are live.',
  curves: 'How it learnt',
  lossCurve: 'Loss',
  watchedCurve: 'Loss on held-back examples',
  accuracyCurve: 'Right',
  curveText: (loss: number, watched: number, right: number) =>
    `The loss fell to ${formatNumber(loss, 3)}, on held-back examples to ${formatNumber(watched, 3)}; ${formatPercent(right)} right.`,

  heads: 'What it has learnt',
  head: (labels: readonly string[]) => labels.join(', '),
  headOn: (name: string) => `Use “${name}”`,
  removeHead: (name: string) => `Forget “${name}”`,
  noHeads: 'Nothing yet.',

  quality: 'How good is it?',
  qualityShort: 'Quality',
  verdict: (right: number, all: number) =>
    `Right on ${formatNumber(right)} of ${counted(all, 'held-back picture', 'held-back pictures')}`,
  verdictNone: 'Not checked yet',
  verdictNoneText: 'Record each thing in two goes: then one of them can be used as a test.',
  verdictText: (learnt: number) =>
    `It learnt from ${counted(learnt, 'other picture', 'other pictures')}, and had not seen these.`,
  unvalidated: (labels: readonly string[]) =>
    `Not checked, for there is one recording only: ${labels.map((label) => `“${label}”`).join(', ')}.`,
  outdated: 'Examples have changed since. Teach it again for true figures.',
  outdatedShort: 'Examples have changed since.',
  nextSteps: 'What would help',
  allGood: 'Nothing stands out. Try it on things it has not seen.',
  unknown: 'unknown',
  unknownThing: (base: string) => `unknown ${base}`,
  unknownFigure: (auroc: number) =>
    `Known is told from unknown in ${formatPercent(auroc)} of pairs.`,
  confusion: 'What was taken for what',
  confusionCorner: 'It is ↓ / it said →',
  confusionCell: (count: number, truth: string, answer: string) =>
    `${formatNumber(count)} of ${truth} called ${answer}`,
  figures: 'Label by label',
  precision: 'Precision',
  recall: 'Recall',
  figuresHint:
    'Precision: of what it called so, how much was right. Recall: of what is so, how much it found.',
  count: 'Pictures',
  none: '–',
  reliability: 'When it says how sure it is',
  reliabilityHint: 'On the diagonal its percentages are honest; below, it is too sure.',
  reliabilityText: (error: number) =>
    `On average its percentages are off by ${formatNumber(100 * error, 1)} points.`,
  reliabilityRow: (from: number, to: number) => `${formatPercent(from)} to ${formatPercent(to)}`,
  said: 'Said',
  wasRight: 'Was right',
  bench: 'Its mistakes',
  benchNone: 'None on the held-back pictures.',
  benchDone: 'You have looked at all of them.',
  mistake: (truth: string, answer: string, confidence: number) =>
    `${truth}, taken for ${answer} (${formatPercent(confidence)})`,
  itIs: (label: string) => `It is ${label}`,
  confirmed: (label: string) => `“${label}” it is. It counts for three when you teach it again.`,
  deleteSample: 'Useless picture: delete',

  hood: 'Under the hood',
  hoodHint: 'The defaults simply work. Changes hold from the next time you teach it.',
  epochs: 'Epochs',
  epochsHint: 'times through all examples, at most',
  batchSize: 'Batch size',
  batchSizeHint: '0: all examples at once',
  learningRate: 'Learning rate',
  learningRateHint: 'how far each step goes',
  denseUnits: 'Dense units',
  denseUnitsHint: 'in the hidden layer; 0: none',
  activation: 'Activation',
  activationName: (name: ActivationName) => ACTIVATIONS[name],
  optimiser: 'Optimiser',
  optimiserName: (name: OptimiserName) => OPTIMISERS[name],
  loss: 'Loss',
  lossName: (name: LossName) => LOSSES[name],
  schedule: 'Schedule',
  schedules: { constant: 'Constant', cosine: 'Cosine' },
  weightDecay: 'Weight decay',
  l2: 'L2 penalty',
  labelSmoothing: 'Label smoothing',
  validationSplit: 'Held back',
  validationSplitHint: 'part of the examples that it is tested on',
  seed: 'Seed',
  seedHint: 'the same seed gives the same head',
  flip: 'Show examples mirrored as well',
  maps: 'Looks at the maps',
  normalisation: 'Scale features to length 1',
  weights: 'Weights',
  layer: (index: number, inputs: number, units: number, activation: ActivationName) =>
    `Layer ${formatNumber(index)}: ${formatNumber(inputs)} → ${formatNumber(units)}, ${ACTIVATIONS[activation]}`,
  weightsText: (count: number, mean: number, spread: number) =>
    `${formatNumber(count)} weights, mean ${formatNumber(mean, 3)}, spread ${formatNumber(spread, 3)}`,
  firstWeights: 'The first weights',

  files: 'Save and open',
  importing: 'Reading the file …',
  added: (samples: number) => `${counted(samples, 'example', 'examples')} added.`,
  imported: (samples: number, labels: number, heads: number) =>
    samples === 0 && heads > 0
      ? `${counted(heads, 'head', 'heads')} opened.`
      : `${counted(samples, 'example', 'examples')} of ${counted(labels, 'label', 'labels')}${heads > 0 ? ` and ${counted(heads, 'head', 'heads')}` : ''} opened.`,
  cleared: 'Everything taught is deleted.',
} as const;
