import type { SightlineError } from '../domain/errors.js';
import { Listeners } from '../platform/listeners.js';
import type { EngineState, SessionState, SourceState } from './types.js';

/** Where a problem came from decides what mends it: a later success of the same kind. */
export type ProblemOrigin = 'opening' | 'source' | 'frame';

/** Holds the session's state; every change makes a new object and tells everyone. */
export class StateStore {
  readonly #listeners = new Listeners<undefined>();
  #state: SessionState = {
    engine: { phase: 'idle' },
    source: { phase: 'none' },
    running: false,
    problem: undefined,
  };
  #origin: ProblemOrigin | undefined;

  get state(): SessionState {
    return this.#state;
  }

  /**
   * @param listener Told of the state as it is by then: an earlier one may have changed it.
   * @returns unsubscribe.
   */
  subscribe(listener: (state: SessionState) => void): () => void {
    return this.#listeners.add(() => {
      listener(this.#state);
    });
  }

  setEngine(engine: EngineState): void {
    this.#replace({ ...this.#state, engine });
  }

  setSource(source: SourceState): void {
    this.#replace({ ...this.#state, source });
  }

  setRunning(running: boolean): void {
    if (running !== this.#state.running) this.#replace({ ...this.#state, running });
  }

  /** One change for those that belong together: nobody sees the one without the other. */
  setSourceAndProblem(
    source: SourceState,
    problem: SightlineError | undefined,
    origin: ProblemOrigin,
  ): void {
    this.#origin = problem === undefined ? undefined : origin;
    this.#replace({ ...this.#state, source, problem });
  }

  report(problem: SightlineError, origin: ProblemOrigin): void {
    this.#origin = origin;
    const { problem: known } = this.#state;
    if (known?.code === problem.code && known.detail === problem.detail) return;
    this.#replace({ ...this.#state, problem });
  }

  /** What was wrong there is right again; problems of another origin stay. */
  mend(origin: ProblemOrigin): void {
    if (this.#origin === origin) this.dismiss();
  }

  dismiss(): void {
    this.#origin = undefined;
    if (this.#state.problem !== undefined) this.#replace({ ...this.#state, problem: undefined });
  }

  clear(): void {
    this.#listeners.clear();
  }

  #replace(state: SessionState): void {
    this.#state = state;
    this.#listeners.emit(undefined);
  }
}
