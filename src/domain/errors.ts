/**
 * Every fault that a person can meet. The code is what travels and what the
 * message catalogue is keyed by; `detail` is for the details panel and logs,
 * never the only thing that is shown.
 */
export const ERROR_CODES = [
  // sources
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
  // engine
  'unsupported-browser',
  'engine-start-failed',
  'engine-died',
  'engine-stalled',
  'backend-unavailable',
  'backend-failed',
  'device-lost',
  'model-unknown',
  'model-download-failed',
  'model-corrupt',
  'model-incompatible',
  'training-failed',
  'negatives-unavailable',
  'protocol-mismatch',
  'not-loaded',
  // teaching
  'label-missing',
  'nothing-to-see',
  'object-lost',
  'nothing-to-follow',
  'too-few-labels',
  'too-few-examples',
  'examples-identical',
  'training-diverged',
  'training-cut-off',
  'head-incompatible',
  'nothing-to-export',
  'too-many-finds',
  // lessons
  'table-unreadable',
  'table-useless',
  // what is kept
  'storage-full',
  'storage-unavailable',
  'project-unrecognised',
  'project-corrupt',
  'project-newer',
  'project-too-large',
  'dataset-corrupt',
  // watching
  'watch-corrupt',
  'watch-newer',
  'aborted',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** The one error class of the project: a code, parameters for the message, and the cause. */
export class SightlineError extends Error {
  override readonly name = 'SightlineError';
  readonly code: ErrorCode;
  /** Technical detail, untranslated; may be empty. */
  readonly detail: string;

  constructor(code: ErrorCode, detail = '', options?: ErrorOptions) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }
}

/** Any thrown value as a `SightlineError`; an abort stays recognisable as one. */
export function toSightlineError(
  thrown: unknown,
  fallback: ErrorCode = 'internal',
): SightlineError {
  if (thrown instanceof SightlineError) return thrown;
  if (isAbort(thrown)) return new SightlineError('aborted', '', { cause: thrown });
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new SightlineError(fallback, detail, { cause: thrown });
}

/** Whether a thrown value means "the caller cancelled", which is no fault. */
export function isAbort(thrown: unknown): boolean {
  if (thrown instanceof SightlineError) return thrown.code === 'aborted';
  return thrown instanceof DOMException && thrown.name === 'AbortError';
}
