import type { BackendName, RuntimeName } from '../domain/backend.js';
import type { PaceReason } from '../domain/governor.js';
import type { SettingProblem } from '../domain/settings.js';
import { formatBytes, formatNumber, formatPercent } from './format.js';
import { OFFLINE_MESSAGES } from './offline-messages.js';

/** How backends are called where people read them. */
const BACKEND_NAMES: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};

const RUNTIME_NAMES: Readonly<Record<RuntimeName, string>> = {
  litert: 'LiteRT.js',
  tfjs: 'TensorFlow.js',
};

/** Why the pace is lower than it could be. */
const PACE_REASON_TEXTS: Readonly<Record<PaceReason, string>> = {
  still: 'nothing moves',
  warm: 'the device has slowed down, perhaps from warmth',
  battery: 'the battery is low',
};

/** What was expected of a parameter, as the end of a sentence. */
function expectation({ expected }: SettingProblem): string {
  switch (expected.kind) {
    case 'choice':
      return `one of ${expected.choices.join(', ')}`;
    case 'number':
      return `a ${expected.whole ? 'whole ' : ''}number from ${formatNumber(expected.min)} to ${formatNumber(expected.max)}`;
    case 'name':
      return 'a name without spaces';
  }
}

/**
 * Every text of the page in English. A key is `where.what`; a text that needs
 * something to be filled in is a function of it.
 */
const MESSAGES = {
  ...OFFLINE_MESSAGES,

  'app.name': 'Sightline',
  'app.drop': 'Drop a photo or a video to look at it',
  'app.privacy': 'No picture leaves this device.',

  'backend.auto': 'Automatic',
  'backend.name': (name: BackendName) => BACKEND_NAMES[name],
  'backend.with': (name: BackendName, runtime: RuntimeName) =>
    `${BACKEND_NAMES[name]}, ${RUNTIME_NAMES[runtime]}`,

  'action.close': 'Close',
  'action.dismiss': 'Dismiss',
  'action.cancel': 'Cancel',
  'action.demo': 'Try the demo',
  'action.open-file': 'Open a photo or video',
  'action.choose-source': 'Choose another source',
  'action.load': 'Load the detector',

  'detector.label': 'Object detector',
  'overlay.unknown': (name: string) => `unknown ${name}`,
  'detector.nothing': 'Nothing recognised',

  'welcome.title': 'See what your camera sees',
  'welcome.text':
    'Point it at things around you. People, cups, cats, cars: 80 kinds of everyday objects get a box and a name, live.',
  'welcome.camera': 'Use camera',
  'welcome.screen': 'Share a screen',
  'welcome.learn': 'How does it work?',
  'welcome.privacy': 'No picture ever leaves this device.',
  'welcome.opening-camera': 'Waiting for the camera. Your browser may ask you to allow it.',
  'welcome.opening-screen': 'Choose a screen, a window or a tab to share.',
  'welcome.opening': 'Opening …',

  'toolbar.label': 'Controls',
  'toolbar.pause': 'Pause',
  'toolbar.resume': 'Go on',
  'toolbar.source': 'Source',
  'toolbar.labels': 'Labels',
  'toolbar.labels-chosen': (count: number) => `Labels · ${formatNumber(count)}`,
  'toolbar.teach': 'Teach',
  'toolbar.learn': 'Learn',
  'toolbar.watch': 'Watch',
  'toolbar.snapshot': 'Snapshot',
  'toolbar.mirror': 'Mirror',
  'toolbar.fullscreen': 'Full screen',
  'toolbar.details': 'Details',
  'toolbar.help': 'Help',
  'toolbar.more': 'More',
  'toolbar.next-camera': 'Next camera',

  'score.label': 'Show from',
  'score.value': (score: number) => `${formatPercent(score)} sure`,

  'seen.label': 'Seen now',
  'seen.more': (count: number) => `and ${formatNumber(count)} more`,
  'seen.nothing': 'Nothing recognised so far. Come closer, or show from a lower percentage.',
  'seen.nothing-chosen': (count: number) =>
    count === 1 ? 'The chosen label is not in sight.' : 'None of the chosen labels is in sight.',

  'status.open-details': 'Show details',
  'status.open-privacy': 'Opens the Watch mode, where that is chosen',
  'status.fps': (fps: number) => `${formatNumber(fps, fps < 10 ? 1 : 0)} fps`,
  'status.recovering': 'Restarting the detector …',
  'status.paused': 'Paused',
  'status.loading': 'Loading',
  'status.not-loaded': 'Not loaded',
  'status.failed': 'Stopped',
  'status.starting': 'Starting',

  'source.title': 'What to look at',
  'source.camera': 'Camera',
  'source.back-camera': 'Back camera',
  'source.front-camera': 'Front camera',
  'source.nth-camera': (index: number) => `Camera ${formatNumber(index)}`,
  'source.file': 'Photo or video',
  'source.file-hint': 'From this device. You can also drop or paste one.',
  'source.screen': 'Screen',
  'source.screen-hint': 'A screen, a window or a tab',
  'source.demo': 'Demo',
  'source.demo-hint': 'A short built-in clip',
  'source.off': 'Turn off',
  'source.off-hint': 'Stops the picture and frees the camera',
  'source.current': 'in use',

  'labels.title': 'Labels to look for',
  'labels.search': 'Search labels',
  'labels.all': 'All labels',
  'labels.summary-all': (count: number) => `Looking for all ${formatNumber(count)}`,
  'labels.summary-some': (chosen: number, count: number) =>
    `Looking for ${formatNumber(chosen)} of ${formatNumber(count)}`,
  'labels.none-found': (query: string) => `The model knows nothing called “${query}”.`,
  'labels.not-loaded': 'The list appears as soon as the model is loaded.',
  'labels.count': (count: number) => `${formatNumber(count)} in sight`,

  'loading.engine': 'Starting the detector',
  'loading.model': 'Fetching the model',
  'loading.compile': (backend: string) => `Preparing ${backend}`,
  'loading.probe': 'Finding out what runs fastest here',
  'loading.megabytes': (loaded: number, total: number) =>
    `${formatBytes(loaded)} of ${formatBytes(total)}`,
  'loading.cancelled-title': 'Loading was cancelled',
  'loading.cancelled-text': 'The picture is shown, but nothing looks for objects in it.',

  'problem.detail': 'Technical detail',
  'problem.kept': 'The previous picture keeps going.',

  'details.title': 'Details',
  'details.engine': 'Engine',
  'details.backend': 'Runs on',
  'details.adapter': 'Adapter',
  'details.reason': 'Chosen because',
  'details.reason.requested': 'you asked for it',
  'details.reason.remembered': 'it was the fastest last time',
  'details.reason.probed': 'it was the fastest just now',
  'details.reason.fallback': 'it is the only one left',
  'details.failures': 'Could not be used',
  'details.choose-backend': 'Backend',
  'details.model': 'Model',
  'details.model-value': (name: string, precision: string) => `${name}, ${precision}`,
  'details.input': 'Network input',
  'details.input-value': (width: number, height: number) =>
    `${formatNumber(width)} × ${formatNumber(height)} pixels`,
  'details.picture': 'Picture',
  'details.fps-unit': 'frames per second, sustained',
  'details.fps-now': 'In the last seconds',
  'details.fps-value': (fps: number) => `${formatNumber(fps, 1)} per second`,
  'details.slowed': (reasons: readonly PaceReason[]) =>
    `Fewer looks: ${reasons.map((reason) => PACE_REASON_TEXTS[reason]).join('; ')}.`,
  'details.detail': 'Small and far things',
  'details.detail.auto': 'Automatic',
  'details.detail.on': 'Look closer',
  'details.detail.off': 'Whole picture only',
  'details.detail-hint':
    'Looking closer also shows parts of the picture to the network. It finds more, and takes longer.',
  'details.regions': 'Parts looked at',
  'details.preprocess': 'Prepare',
  'details.inference': 'Network',
  'details.postprocess': 'Boxes',
  'details.total': 'Whole frame',
  'details.processed': 'Frames looked at',
  'details.dropped': 'Frames skipped',
  'details.bench': 'How fast is this device?',
  'details.memory': 'Memory',
  'details.tensors': 'Tensors',
  'details.tensor-bytes': 'In tensors',
  'details.gpu-bytes': 'On the GPU',
  'details.readback': 'Read back per frame',
  'details.health': 'Health',
  'details.recoveries': 'Lost devices replaced',
  'details.restarts': 'Workers restarted',
  'details.isolated': 'Cross-origin isolated',
  'details.yes': 'yes',
  'details.no': 'no',
  'details.none-yet': 'Numbers appear as soon as the engine runs.',

  'help.title': 'Help',
  'help.what':
    'Sightline draws a labelled box around what it recognises. The percentage says how sure it is. Everything is computed in this browser tab.',
  'help.tips': 'If it misses things',
  'help.tip-light': 'Come closer, and give it light.',
  'help.tip-detail': 'Small or far away? Choose “Look closer” in the details.',
  'help.tip-score': 'Move “Show from” down to see what it is less sure of.',
  'help.tip-labels': 'Look for fewer labels: what is not chosen is not mistaken for it.',
  'help.tip-speed': 'Slow? “Details” shows what it runs on, and lets you change it.',
  'help.teach': 'Teach it your own things',
  'help.teach-text':
    'Press “Teach”, tap a thing in the picture, give it a name and hold to record while you turn it. Do the same with a second thing, then press “Teach it”. From then on they go by your names.',
  'help.watch': 'Count and watch',
  'help.watch-text':
    'Press “Watch”, and draw a zone or a line on the picture. It counts who is in the zone, who has come in, and who crosses the line which way, and tells you when you ask for it. It goes on when you leave the mode, and is kept for each source.',
  'help.keys': 'Keys',
  'help.key.pause': 'Pause and go on',
  'help.key.fullscreen': 'Full screen',
  'help.key.mirror': 'Mirror the picture',
  'help.key.camera': 'Next camera',
  'help.key.snapshot': 'Snapshot',
  'help.key.details': 'Details',
  'help.key.teach': 'Teach',
  'help.key.watch': 'Watch',
  'help.key.help': 'This help',
  'help.key.close': 'Close what is open',
  'help.key.space': 'Space',
  'help.key.escape': 'Esc',
  'help.shortcuts': 'Use single keys as shortcuts',

  'snapshot.title': 'Snapshot',
  'snapshot.preview': 'The picture with its boxes',
  'snapshot.save': 'Save PNG',
  'snapshot.share': 'Share',
  'snapshot.failed': 'The picture could not be kept. Try again.',

  'toast.label': 'Messages',
  'toast.no-other-camera': 'There is no other camera.',
  'toast.no-picture': 'Open a picture first.',
  'toast.unsupported-drop': 'Only photos and videos can be opened.',
  'toast.setting': (problem: SettingProblem) =>
    `“${problem.name}=${problem.value}” in the address is not ${expectation(problem)}; the default is used.`,
  'toast.unknown-classes': (labels: readonly string[]) =>
    `This model does not know ${labels.map((label) => `“${label}”`).join(', ')}; ${labels.length === 1 ? 'it is' : 'they are'} left out.`,
  'toast.teach-failed': 'Teaching could not be loaded. Check the connection, then try again.',
  'toast.learn-failed': 'The lessons could not be loaded. Check the connection, then try again.',
  'toast.watch-failed': 'Watching could not be loaded. Check the connection, then try again.',
  'toast.no-fullscreen': 'This browser has no full screen for pages.',

  'kiosk.leave': 'Esc brings the controls back, and so does a long press.',
} as const;

type Messages = typeof MESSAGES;
export type MessageKey = keyof Messages;

type MessageParameters<Key extends MessageKey> = Messages[Key] extends (
  ...parameters: infer P
) => string
  ? P
  : [];

/** The text for a key, with whatever it needs filled in. */
export function t<Key extends MessageKey>(key: Key, ...parameters: MessageParameters<Key>): string {
  const message: string | ((...parameters: never[]) => string) = MESSAGES[key];
  return typeof message === 'string' ? message : message(...(parameters as never[]));
}
