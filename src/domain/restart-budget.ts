/** When a thing that dies is started again, and when that is given up. */
export interface RestartPolicy {
  /** The last of this many deaths within `period` is one too many. */
  readonly maxDeaths: number;
  /** Milliseconds. */
  readonly period: number;
  /** Milliseconds before the second restart within a period; doubles from there. The first is immediate. */
  readonly firstDelay: number;
}

export const DEFAULT_RESTART_POLICY: RestartPolicy = {
  maxDeaths: 3,
  period: 60_000,
  firstDelay: 1000,
};

/** Counts deaths and says how long to wait before the next start. */
export class RestartBudget {
  readonly #policy: RestartPolicy;
  #deaths: number[] = [];

  constructor(policy: RestartPolicy = DEFAULT_RESTART_POLICY) {
    this.#policy = policy;
  }

  /**
   * Notes a death.
   *
   * @param now Milliseconds on any clock that never falls.
   * @returns Milliseconds to wait before starting again, or `undefined` to give up.
   */
  afterDeath(now: number): number | undefined {
    const { maxDeaths, period, firstDelay } = this.#policy;
    this.#deaths = [...this.#deaths.filter((time) => now - time < period), now];
    const deaths = this.#deaths.length;
    if (deaths >= maxDeaths) return undefined;
    return deaths === 1 ? 0 : firstDelay * 2 ** (deaths - 2);
  }

  /** Forgets all deaths: somebody asked for a fresh start. */
  reset(): void {
    this.#deaths = [];
  }
}
