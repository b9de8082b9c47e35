import { isAbort, SightlineError } from '../domain/errors.js';
import type { ErrorCode } from '../domain/errors.js';

/** What `getUserMedia` throws, as one of our codes. */
export function toCameraError(thrown: unknown): SightlineError {
  return translate(thrown, (name) => {
    switch (name) {
      case 'NotAllowedError':
      case 'PermissionDeniedError':
        return 'permission-denied';
      case 'NotFoundError':
      case 'DevicesNotFoundError':
      case 'OverconstrainedError':
        return 'no-camera';
      // The camera exists but would not start: another program holds it.
      case 'NotReadableError':
      case 'TrackStartError':
      case 'AbortError':
        return 'camera-busy';
      case 'SecurityError':
        return 'insecure-context';
      default:
        return 'camera-failed';
    }
  });
}

/** What `getDisplayMedia` throws, as one of our codes. */
export function toScreenError(thrown: unknown): SightlineError {
  return translate(thrown, (name) =>
    name === 'NotSupportedError' ? 'screen-share-unsupported' : 'screen-share-refused',
  );
}

function translate(thrown: unknown, codeOf: (name: string) => ErrorCode): SightlineError {
  if (thrown instanceof SightlineError) return thrown;
  // An `OverconstrainedError` is no `Error` in every browser.
  const { name, message } = named(thrown);
  return new SightlineError(codeOf(name), message === '' ? name : `${name}: ${message}`, {
    cause: thrown,
  });
}

function named(thrown: unknown): { readonly name: string; readonly message: string } {
  if (typeof thrown !== 'object' || thrown === null) return { name: '', message: String(thrown) };
  const name = 'name' in thrown && typeof thrown.name === 'string' ? thrown.name : '';
  const message = 'message' in thrown && typeof thrown.message === 'string' ? thrown.message : '';
  return { name, message };
}

/** Whether trying again may help without anyone doing anything. */
export function isWorthRetrying(error: SightlineError): boolean {
  return !isAbort(error) && error.code !== 'permission-denied' && error.code !== 'insecure-context';
}

/** Switches off every camera, screen or microphone of a stream. */
export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
