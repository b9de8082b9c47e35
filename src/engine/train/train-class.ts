import {
  teachClass,
  type LearntClass,
  type TeachClassInput,
  type TeachProgress,
} from '../../domain/detector-head/teach-class.js';
import { SightlineError } from '../../domain/errors.js';
import { openClassLoops } from './simd/class-loops.js';

/** Milliseconds between two reports, and for which a cancel may have to wait. */
const PAUSE = 50;

export interface TrainClassCall {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TeachProgress) => void;
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
  let now: TeachProgress = { fraction: 0, loss: NaN, preview: undefined };
  try {
    return await teachClass(request, {
      signal,
      loops: await openClassLoops(request.network.layout),
      onProgress: (progress) => {
        now = progress;
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
