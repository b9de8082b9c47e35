import type { BackendName } from '../domain/backend.js';
import type { LoadProgress } from '../protocol/index.js';

/** Which part of the whole each stage takes, roughly as long as they last on a phone. */
const SPANS: Record<LoadProgress['stage'], readonly [start: number, end: number]> = {
  engine: [0, 0.05],
  model: [0.05, 0.7],
  compile: [0.7, 1],
  probe: [0.7, 1],
};

/** Turns the steps of a load into one fraction that never falls. */
export class ProgressMeter {
  readonly #report: ((progress: LoadProgress) => void) | undefined;
  #fraction = 0;
  #probed = 0;

  constructor(report: ((progress: LoadProgress) => void) | undefined) {
    this.#report = report;
  }

  /** @param part 0 to 1 within the stage. */
  stage(stage: LoadProgress['stage'], part: number): void {
    this.#send({ stage, fraction: this.#advance(stage, part) });
  }

  bytes(loadedBytes: number, totalBytes: number): void {
    const fraction = this.#advance('model', loadedBytes / totalBytes);
    this.#send({ stage: 'model', fraction, loadedBytes, totalBytes });
  }

  backend(backend: BackendName, probing: boolean): void {
    const stage = probing ? 'probe' : 'compile';
    // How many candidates a probe will try is not known beforehand; each takes half of what is left.
    const part = probing ? 1 - 0.5 ** this.#probed++ : 0.2;
    this.#send({ stage, fraction: this.#advance(stage, part), backend });
  }

  #advance(stage: LoadProgress['stage'], part: number): number {
    const [start, end] = SPANS[stage];
    const fraction = start + (end - start) * Math.min(1, Math.max(0, part));
    this.#fraction = Math.max(this.#fraction, fraction);
    return this.#fraction;
  }

  #send(progress: LoadProgress): void {
    this.#report?.(progress);
  }
}
