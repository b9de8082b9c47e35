import { SightlineError } from '../domain/errors.js';

/** What a cancelled call rejects with. */
export function abortError(): SightlineError {
  return new SightlineError('aborted');
}

/** @throws SightlineError `aborted` if the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortError();
}

/**
 * A promise that gives up as soon as the signal fires, for work that cannot be
 * interrupted itself (a permission prompt, a decoder).
 *
 * @param discard Gets the value when it arrives after all, so that it can be closed.
 * @returns The promise's own outcome, or a rejection with `aborted`.
 */
export function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  discard?: (value: T) => void,
): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    let abandoned = false;
    const abandon = () => {
      abandoned = true;
      reject(abortError());
    };
    if (signal.aborted) abandon();
    else signal.addEventListener('abort', abandon, { once: true });
    void promise
      .then((value) => {
        if (abandoned) discard?.(value);
        else resolve(value);
      }, reject)
      .finally(() => {
        signal.removeEventListener('abort', abandon);
      });
  });
}

/**
 * Resolves after a time.
 *
 * @throws SightlineError `aborted` as soon as the signal fires.
 */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortError());
      return;
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cancel);
      resolve();
    }, milliseconds);
    const cancel = () => {
      clearTimeout(timer);
      reject(abortError());
    };
    signal?.addEventListener('abort', cancel, { once: true });
  });
}

/**
 * Resolves with the next event of a type.
 *
 * @throws SightlineError `aborted` as soon as the signal fires.
 */
export function nextEvent(target: EventTarget, type: string, signal: AbortSignal): Promise<Event> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortError());
      return;
    }
    const cancel = () => {
      target.removeEventListener(type, happen);
      reject(abortError());
    };
    const happen = (event: Event) => {
      signal.removeEventListener('abort', cancel);
      resolve(event);
    };
    target.addEventListener(type, happen, { once: true });
    signal.addEventListener('abort', cancel, { once: true });
  });
}

/** A controller that is aborted with another signal as well. */
export function linkedController(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  const follow = () => {
    controller.abort();
  };
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { signal: controller.signal });
  return controller;
}
