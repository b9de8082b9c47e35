import type { ErrorCode } from '../../domain/errors.js';
import type { Command } from '../commands.js';

const RETRY: Command = { kind: 'retry' };
const OTHER_FILE: Command = { kind: 'pick-file' };
const RELOAD: Command = { kind: 'reload' };
const STANDARD_MODEL: Command = { kind: 'use-standard-model' };

/** What the button on the card for a fault does; its text is in the message catalogue. */
const STEPS: Readonly<Record<ErrorCode, Command>> = {
  'no-camera': RETRY,
  'permission-denied': RETRY,
  'camera-busy': RETRY,
  'camera-failed': RETRY,
  'insecure-context': { kind: 'open', request: { kind: 'demo' } },
  'screen-share-refused': RETRY,
  'screen-share-unsupported': { kind: 'toggle-panel', panel: 'source' },
  'source-ended': RETRY,
  'unsupported-file': OTHER_FILE,
  'corrupt-image': OTHER_FILE,
  'corrupt-video': OTHER_FILE,
  'video-without-frames': OTHER_FILE,
  'picture-too-large': OTHER_FILE,
  'picture-empty': OTHER_FILE,
  'unsupported-browser': RELOAD,
  'engine-start-failed': RETRY,
  'engine-died': RETRY,
  'engine-stalled': RETRY,
  'backend-unavailable': { kind: 'set-backend', backend: 'auto' },
  'backend-failed': RETRY,
  'device-lost': RETRY,
  'model-unknown': STANDARD_MODEL,
  'model-download-failed': RETRY,
  'model-corrupt': RETRY,
  'model-incompatible': STANDARD_MODEL,
  'training-failed': RETRY,
  'label-missing': RETRY,
  'nothing-to-see': { kind: 'toggle-panel', panel: 'source' },
  'object-lost': RETRY,
  'nothing-to-follow': RETRY,
  'too-few-labels': RETRY,
  'too-few-examples': RETRY,
  'examples-identical': RETRY,
  'training-diverged': RETRY,
  'training-cut-off': RETRY,
  'head-incompatible': OTHER_FILE,
  'nothing-to-export': RETRY,
  'too-many-finds': RETRY,
  'negatives-unavailable': RETRY,
  'protocol-mismatch': RELOAD,
  'not-loaded': RETRY,
  'table-unreadable': OTHER_FILE,
  'table-useless': OTHER_FILE,
  'storage-full': RETRY,
  'storage-unavailable': RETRY,
  'project-unrecognised': OTHER_FILE,
  'project-corrupt': OTHER_FILE,
  'project-newer': RELOAD,
  'project-too-large': OTHER_FILE,
  'dataset-corrupt': OTHER_FILE,
  'watch-corrupt': OTHER_FILE,
  'watch-newer': RELOAD,
  aborted: RETRY,
  internal: RETRY,
};

/** The step that leads out of a fault. */
export function nextStep(code: ErrorCode): Command {
  return STEPS[code];
}

/** Faults of the picture, where another source helps as well. */
const SOURCE_FAULTS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'no-camera',
  'permission-denied',
  'camera-busy',
  'camera-failed',
  'insecure-context',
  'screen-share-refused',
  'screen-share-unsupported',
  'source-ended',
  'unsupported-file',
  'corrupt-image',
  'corrupt-video',
  'video-without-frames',
  'picture-too-large',
  'picture-empty',
]);

/** Whether looking at something else would get the person on. */
export function isSourceFault(code: ErrorCode): boolean {
  return SOURCE_FAULTS.has(code);
}
