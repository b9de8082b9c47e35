import {
  teachClass,
  type LearntClass,
  type TeachClassInput,
} from '../../domain/detector-head/teach-class.js';
import { SightlineError } from '../../domain/errors.js';
import type { ClassTrainingProgress } from '../../protocol/index.js';

/** Milliseconds between two reports, and for which a cancel may have to wait. */
const PAUSE = 50;

export interface TrainClassCall {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ClassTrainingProgress) => void;
}

/**
 * Teaches a class on this thread, listening for a cancel now and then. See `ClassTrainer`.
 *
 * @throws SightlineError `aborted` or `training-failed`.
 */
export async function trainClass(
  request: TeachClassInput,
  { signal, onProgress }: TrainClassCall,
): Promise<LearntClass> {
  let last = performance.now();
  let now: ClassTrainingProgress = { fraction: 0, loss: NaN };
  try {
    return await teachClass(request, {
      signal,
      onProgress: (fraction, loss) => {
        now = { fraction, loss };
      },
      pause: async () => {
        if (performance.now() - last < PAUSE) return;
        onProgress(now);
        await new Promise((resolve) => setTimeout(resolve));
        last = performance.now();
      },
    });
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SightlineError(signal.aborted ? 'aborted' : 'training-failed', detail, {
      cause: thrown,
    });
  }
}
