import type { TrainingPart } from '../../domain/teach/teach-head.js';
import type { TrainingProgress, TrainingResult } from '../../protocol/training.js';
import type { CurvePoint, TrainingState } from './types.js';

/** Milliseconds between two changes on screen. */
const SHOW_INTERVAL = 250;

/** Follows the trainings that a head takes, as one with one curve. */
export class TrainingMeter {
  readonly #show: (training: TrainingState) => void;
  readonly #points: CurvePoint[] = [];
  #shownAt = -Infinity;
  #done = 0;
  #milliseconds = 0;
  #hasLearnt = false;

  /** @param show Called at most four times a second. */
  constructor(show: (training: TrainingState) => void) {
    this.#show = show;
  }

  /** Whether there is anything better than random weights. */
  get hasLearnt(): boolean {
    return this.#hasLearnt;
  }

  begin({ index, of }: TrainingPart): void {
    if (index === 0) this.#show({ phase: 'training', step: 0, steps: of, curve: [] });
  }

  progress(
    { step, steps, loss, watchedLoss, watchedAccuracy }: TrainingProgress,
    { purpose, index, of }: TrainingPart,
  ): void {
    this.#hasLearnt = true;
    // The second training learns from everything: its curve would show nothing that is held back.
    if (purpose === 'judge' || of === 1) {
      this.#points.push({ step, loss, watchedLoss, watchedAccuracy });
    }
    const now = performance.now();
    if (now - this.#shownAt < SHOW_INTERVAL) return;
    this.#shownAt = now;
    this.#show({
      phase: 'training',
      step: this.#done + step,
      steps: Math.max(this.#done + step, this.#done + steps * (of - index)),
      curve: [...this.#points],
    });
  }

  finish({ steps, milliseconds }: TrainingResult): void {
    this.#done += steps;
    this.#milliseconds += milliseconds;
  }

  ended(end: TrainingResult['end']): TrainingState {
    return {
      phase: 'done',
      end,
      steps: this.#done,
      milliseconds: this.#milliseconds,
      curve: [...this.#points],
    };
  }
}
