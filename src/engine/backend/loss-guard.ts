import { SightlineError } from '../../domain/errors.js';

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

  /** What `work` gives, or `device-lost` if the device goes first. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#loss) return Promise.reject(this.#loss);
    return new Promise<Result>((resolve, reject) => {
      this.#pending.add(reject);
      work()
        .then(resolve, reject)
        .finally(() => this.#pending.delete(reject));
    });
  }
}
