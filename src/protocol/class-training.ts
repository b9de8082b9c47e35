import type {
  LearntClass,
  TeachClassInput,
  TeachProgress,
} from '../domain/detector-head/teach-class.js';
import type { CallOptions } from './engine.js';

/** The trainer of classes that the network does not have, as both sides know it. */
export interface ClassTrainer {
  /**
   * Teaches the network a class. A training that is cancelled when it is under way
   * resolves with what it has learnt so far; before that it rejects with `aborted`.
   *
   * @param request What is in it is moved, not copied, and can be used only once.
   * @throws SightlineError `training-failed`, `aborted`, and what can happen to a
   *   worker: `engine-start-failed`, `engine-died`, `engine-stalled`.
   */
  teachClass(
    request: TeachClassInput,
    call?: CallOptions & {
      /** Told a few times a second. */
      readonly onProgress?: ((progress: TeachProgress) => void) | undefined;
    },
  ): Promise<LearntClass>;
}

/** What the trainer's worker can be asked for in this. */
export interface ClassTrainerCalls {
  teachClass: { params: TeachClassInput; result: LearntClass; progress: TeachProgress };
}
