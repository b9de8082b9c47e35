/** The part of `navigator.wakeLock` that is used. */
export type WakeLockPort = Pick<WakeLock, 'request'>;

/**
 * Keeps the screen on. The browser drops a wake lock whenever the page is
 * hidden, so it is asked for again when the page comes back. A refusal (low
 * battery, no such feature) is no fault: the screen then dims as usual.
 */
export class ScreenWakeLock {
  readonly #port: WakeLockPort | undefined;
  #wanted = false;
  #sentinel: WakeLockSentinel | undefined;
  #asking = false;

  /** @param port This browser's own by default, where it has wake locks. */
  constructor(port: WakeLockPort | undefined = screenWakeLocks()) {
    this.#port = port;
  }

  /** Whether the screen is being kept on right now. */
  get held(): boolean {
    return this.#sentinel?.released === false;
  }

  hold(): void {
    if (this.#wanted || this.#port === undefined) return;
    this.#wanted = true;
    document.addEventListener('visibilitychange', this.#acquire);
    this.#acquire();
  }

  release(): void {
    this.#wanted = false;
    document.removeEventListener('visibilitychange', this.#acquire);
    void this.#sentinel?.release();
    this.#sentinel = undefined;
  }

  readonly #acquire = (): void => {
    if (!this.#wanted || this.held || this.#asking) return;
    if (document.visibilityState !== 'visible') return;
    this.#asking = true;
    this.#port
      ?.request('screen')
      .then(
        (sentinel) => {
          if (this.#wanted) this.#sentinel = sentinel;
          else void sentinel.release();
        },
        () => undefined,
      )
      .finally(() => {
        this.#asking = false;
      });
  };
}

function screenWakeLocks(): WakeLockPort | undefined {
  return 'wakeLock' in navigator ? navigator.wakeLock : undefined;
}
