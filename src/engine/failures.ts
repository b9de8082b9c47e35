import type { BackendFailure, Executor } from '../domain/backend.js';
import { SightlineError, toSightlineError } from '../domain/errors.js';

/** What was tried and did not work, in order. */
export class Failures {
  readonly #errors: SightlineError[] = [];
  readonly #list: BackendFailure[] = [];

  get list(): readonly BackendFailure[] {
    return this.#list;
  }

  add({ runtime, backend }: Executor, thrown: unknown): void {
    const error = toSightlineError(thrown);
    this.#errors.push(error);
    this.#list.push({ runtime, backend, reason: error.detail });
  }

  /**
   * What to say when nothing is left to try: that the model is out of reach or
   * damaged where that was the trouble, for it is something to act upon.
   */
  error(): SightlineError {
    const model = this.#errors.find(({ code }) => code.startsWith('model-'));
    if (model) return model;
    const reasons = this.#list.map(
      ({ runtime, backend, reason }) => `${backend} (${runtime}): ${reason}`,
    );
    return new SightlineError('backend-unavailable', reasons.join('; '));
  }
}
