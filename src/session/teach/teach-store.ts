import { isAbort, toSightlineError } from '../../domain/errors.js';
import type { SightlineError } from '../../domain/errors.js';
import { Listeners } from '../../platform/listeners.js';
import type { TeachState } from './types.js';

/** Holds what views show of teaching; every change makes a new object and tells everyone. */
export class TeachStore {
  readonly #listeners = new Listeners<TeachState>();
  #state: TeachState;

  constructor(state: TeachState) {
    this.#state = state;
  }

  get state(): TeachState {
    return this.#state;
  }

  /** @returns unsubscribe. */
  subscribe(listener: (state: TeachState) => void): () => void {
    return this.#listeners.add(listener);
  }

  set(change: Partial<TeachState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listeners.emit(this.#state);
  }

  report(thrown: unknown): SightlineError {
    const problem = toSightlineError(thrown);
    if (!isAbort(problem)) this.set({ problem });
    return problem;
  }

  /** Runs something that a person asked for: what goes wrong is shown, and told to the caller. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      throw this.report(thrown);
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
