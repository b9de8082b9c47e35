import { SightlineError, isAbort, toSightlineError } from '../../domain/errors.js';

/**
 * Makes work on a device fail as soon as the device is lost.
 *
 * Not `Promise.race` against the loss itself: that would hang one more
 * reaction on a promise that lives as long as the device, for every frame of
 * a kiosk's months.
 */
export class LossGuard {
  readonly #pending = new Set<(error: SightlineError) => void>();
  #loss: SightlineError | undefined;

  /** @param lost Resolves with the reason when the device is lost. */
  constructor(lost: Promise<string>) {
    void lost.then((reason) => {
      this.#loss = new SightlineError('device-lost', reason);
      for (const reject of this.#pending) reject(this.#loss);
      this.#pending.clear();
    });
  }

  /**
   * What `work` gives, or `device-lost` if the device goes first.
   *
   * @param work Takes no abort signal, so that an abort in it can only come
   *   from the device: a dying one aborts its pending reads a moment before
   *   it says that it is lost.
   */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#loss) return Promise.reject(this.#loss);
    return new Promise<Result>((resolve, reject) => {
      this.#pending.add(reject);
      work()
        .then(resolve, (thrown: unknown) => {
          const error = toSightlineError(thrown, 'backend-failed');
          reject(isAbort(error) ? new SightlineError('device-lost', String(thrown)) : error);
        })
        .finally(() => this.#pending.delete(reject));
    });
  }
}
