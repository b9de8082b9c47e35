/**
 * Events per second over a sliding window of *active* time: while paused, the
 * clock of the window stands still, so that a pause neither lowers the rate
 * nor lets old events slip out of the window.
 *
 * All times are milliseconds on one clock, never falling.
 */
export class RateMeter {
  readonly #window: number;
  /** Active time of each event in the window, oldest first. */
  #events: number[] = [];
  /** Active milliseconds up to the last pause. */
  #active = 0;
  #runningSince: number | undefined;

  /** @param window Milliseconds to look back. */
  constructor(window = 5000) {
    this.#window = window;
  }

  /** The clock runs from here; without effect while it runs. */
  resume(now: number): void {
    this.#runningSince ??= now;
  }

  /** The clock stands still from here; without effect while it does. */
  pause(now: number): void {
    this.#active = this.#activeTime(now);
    this.#runningSince = undefined;
  }

  /** Counts one event. */
  count(now: number): void {
    this.#events.push(this.#activeTime(now));
    this.#forget(now);
  }

  /** Events per second; 0 before any active time has passed. */
  perSecond(now: number): number {
    this.#forget(now);
    const elapsed = Math.min(this.#window, this.#activeTime(now));
    return elapsed > 0 ? (this.#events.length * 1000) / elapsed : 0;
  }

  #activeTime(now: number): number {
    return this.#active + (this.#runningSince === undefined ? 0 : now - this.#runningSince);
  }

  #forget(now: number): void {
    const start = this.#activeTime(now) - this.#window;
    const firstKept = this.#events.findIndex((time) => time > start);
    if (firstKept > 0) this.#events.splice(0, firstKept);
    else if (firstKept < 0) this.#events = [];
  }
}
