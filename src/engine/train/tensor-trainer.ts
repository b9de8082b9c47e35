import { toSightlineError } from '../../domain/errors.js';
import type { Trainer, TrainingRequest, TrainingResult } from '../../protocol/training.js';
import { openBackend } from '../backend/open-backend.js';
import { trainOnBackend } from './train.js';

/**
 * The trainer in its own worker, apart from the detector's: it has a
 * TensorFlow.js to itself, so that neither waits for the other, and dies alone.
 */
export class TensorTrainer implements Trainer {
  async train(
    request: TrainingRequest,
    {
      signal = new AbortController().signal,
      onProgress = () => undefined,
    }: Parameters<Trainer['train']>[1] = {},
  ): Promise<TrainingResult> {
    const { backend, wasmUrl } = request;
    // Training takes more operations than detecting does: the whole set of kernels.
    const open = await openBackend(backend, { wasmUrl, liteRtUrl: '', allowSoftware: true }, true);
    try {
      return await trainOnBackend(request, { signal, onProgress });
    } catch (thrown) {
      throw toSightlineError(thrown, 'training-failed');
    } finally {
      open.dispose();
    }
  }
}
