import { stallLimit } from '../domain/stall-limit.js';

export interface StallOptions {
  /** Milliseconds between two looks at the clock. */
  readonly tick: number;
  /** Milliseconds of patience, from the latencies (in milliseconds) of recent answers. */
  readonly limit: (latencies: readonly number[]) => number;
}

const DEFAULT_STALL_OPTIONS: StallOptions = { tick: 1000, limit: stallLimit };

/** Patience that does not depend on how fast answers are, looked at often enough to keep it. */
export function fixedPatience(milliseconds: number): StallOptions {
  return { tick: Math.min(1000, milliseconds / 5), limit: () => milliseconds };
}

/** How many answers the patience is derived from. */
const REMEMBERED_LATENCIES = 20;

/**
 * Notices that an engine has stopped answering.
 *
 * Waiting is measured in ticks, none of which counts for more than two: after
 * a laptop slept or a tab was frozen, the answer is still in the queue and must
 * not be mistaken for a missing one.
 */
export class StallWatch {
  readonly #options: StallOptions;
  readonly #onStall: (waited: number) => void;
  readonly #latencies: number[] = [];
  /** Waited milliseconds by call. */
  readonly #waiting = new Map<number, number>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #lastTick = 0;
  #holds = 0;

  /** @param onStall Told once, with the milliseconds waited; the watch has ended by then. */
  constructor(onStall: (waited: number) => void, options: StallOptions = DEFAULT_STALL_OPTIONS) {
    this.#onStall = onStall;
    this.#options = options;
  }

  /** An answer to this call is expected from now on. */
  begin(id: number): void {
    this.#waiting.set(id, 0);
    if (this.#timer !== undefined) return;
    this.#lastTick = performance.now();
    this.#timer = setInterval(() => {
      this.#tick();
    }, this.#options.tick);
  }

  /** The call was answered after `latency` milliseconds, or is no longer waited for (`undefined`). */
  end(id: number, latency: number | undefined): void {
    if (!this.#waiting.delete(id)) return;
    if (latency !== undefined) {
      this.#latencies.push(latency);
      if (this.#latencies.length > REMEMBERED_LATENCIES) this.#latencies.shift();
    }
    if (this.#waiting.size === 0) this.stop();
  }

  /** There is a sign of life from this call: patience with it starts afresh. */
  renew(id: number): void {
    if (this.#waiting.has(id)) this.#waiting.set(id, 0);
  }

  /** Something slow but legitimate goes on: all patience starts afresh. */
  reset(): void {
    for (const id of this.#waiting.keys()) this.#waiting.set(id, 0);
  }

  /** Until as many calls of `release`, waiting does not count. */
  hold(): void {
    this.#holds++;
  }

  release(): void {
    this.#holds--;
    this.reset();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
  }

  #tick(): void {
    const now = performance.now();
    const elapsed = Math.min(now - this.#lastTick, 2 * this.#options.tick);
    this.#lastTick = now;
    if (this.#holds > 0) return;
    const limit = this.#options.limit(this.#latencies);
    for (const [id, before] of this.#waiting) {
      const waited = before + elapsed;
      this.#waiting.set(id, waited);
      if (waited <= limit) continue;
      this.stop();
      this.#onStall(waited);
      return;
    }
  }
}
