import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Experiment } from '../../domain/learn/experiment.js';

/** What one animation frame may spend on training; the rest is for drawing. */
const SLICE_MS = 8;

/**
 * Lets an experiment run in slices between frames, so that the page stays as quick as
 * ever: one step a frame while somebody watches, as many as fit while it seeks the step
 * that an address asks for.
 */
export class TrainingRun implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #rested: () => void;
  #experiment: Experiment | undefined;
  #frame = 0;
  #isPlaying = false;
  /** The step that is being sought. */
  #wanted: number | undefined;

  /** @param rested Called when it stands still at another step. */
  constructor(host: ReactiveControllerHost, rested: () => void) {
    this.#host = host;
    this.#rested = rested;
    host.addController(this);
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  get isSeeking(): boolean {
    return this.#wanted !== undefined;
  }

  get step(): number {
    return this.#experiment?.now.step ?? 0;
  }

  hostDisconnected(): void {
    this.#halt();
  }

  /** Another experiment, at a step of its own. */
  use(experiment: Experiment, step: number): void {
    this.#halt();
    this.#experiment = experiment;
    this.seek(step);
  }

  /** Goes to a step, at once when it is near or has been computed. */
  seek(step: number): void {
    if (step === this.step) return;
    this.#halt();
    this.#wanted = step;
    this.#loop();
  }

  toggle(): void {
    if (this.#isPlaying) this.pause();
    else this.#play();
  }

  pause(): void {
    this.#halt();
    this.#rested();
    this.#host.requestUpdate();
  }

  /** One step on, or with a negative number back. */
  move(by: 1 | -1): void {
    this.#halt();
    if (by > 0) this.#experiment?.advance();
    else this.#experiment?.back();
    this.#rested();
    this.#host.requestUpdate();
  }

  /** Back to the beginning. */
  reset(): void {
    this.#halt();
    this.#experiment?.goTo(0);
    this.#rested();
    this.#host.requestUpdate();
  }

  #play(): void {
    this.#wanted = undefined;
    this.#isPlaying = true;
    this.#loop();
  }

  #halt(): void {
    cancelAnimationFrame(this.#frame);
    this.#isPlaying = false;
    this.#wanted = undefined;
  }

  #loop(): void {
    this.#frame = requestAnimationFrame(() => {
      const isOver = this.#slice();
      this.#host.requestUpdate();
      if (!isOver) {
        this.#loop();
        return;
      }
      this.#halt();
      this.#rested();
    });
  }

  /** @returns Whether there is nothing more to do. */
  #slice(): boolean {
    const experiment = this.#experiment;
    if (experiment === undefined) return true;
    if (this.#wanted === undefined) return !experiment.advance();
    const end = performance.now() + SLICE_MS;
    if (this.#wanted < experiment.now.step) experiment.goTo(this.#wanted);
    while (experiment.now.step < this.#wanted) {
      if (!experiment.advance()) return true;
      if (performance.now() > end) return false;
    }
    return true;
  }
}
