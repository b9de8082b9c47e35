import { SightlineError } from '../../src/domain/errors.js';

/** The code that a promise is rejected with; fails where it is not. */
export async function rejection(promise: Promise<unknown>): Promise<string> {
  return (await rejected(promise)).code;
}

/** The error that a promise is rejected with; fails where it is not one of ours. */
export async function rejected(promise: Promise<unknown>): Promise<SightlineError> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof SightlineError) return thrown;
    throw thrown;
  }
  throw new Error('resolved instead of being rejected');
}

export function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** Waits until something is true; fails after `most` milliseconds. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  what: string,
  most = 5000,
): Promise<void> {
  const end = performance.now() + most;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await delay(10);
  }
}

/** A signal that never fires. */
export function never(): AbortSignal {
  return new AbortController().signal;
}
