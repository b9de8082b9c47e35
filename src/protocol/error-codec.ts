import { ERROR_CODES, SightlineError, toSightlineError } from '../domain/errors.js';
import type { EncodedError } from './messages.js';

/** A thrown value as plain data that survives `postMessage` with its code. */
export function encodeError(thrown: unknown): EncodedError {
  const error = toSightlineError(thrown);
  const cause = error.cause instanceof Error ? error.cause : error;
  return { code: error.code, detail: error.detail, stack: cause.stack };
}

/** The error again, with the engine's stack for whoever debugs. Unknown codes become `internal`. */
export function decodeError(encoded: EncodedError): SightlineError {
  const code = ERROR_CODES.includes(encoded.code) ? encoded.code : 'internal';
  const error = new SightlineError(code, encoded.detail);
  if (encoded.stack !== undefined) error.stack = encoded.stack;
  return error;
}
