import { SightlineError, toSightlineError } from '../../domain/errors.js';
import type { Trainer, TrainingRequest, TrainingResult } from '../../protocol/training.js';
import type { OpenBackend } from '../backend/backend.js';
import { openBackend } from '../backend/open-backend.js';
import { SerialQueue } from '../serial-queue.js';
import { trainOnBackend } from './train.js';

/**
 * The trainer in its own worker, apart from the detector's: it has a
 * TensorFlow.js to itself, so that neither waits for the other, and dies alone.
 *
 * One training at a time; the backend stays open for the next.
 */
export class TensorTrainer implements Trainer {
  readonly #queue = new SerialQueue();
  #open: OpenBackend | undefined;

  train(
    request: TrainingRequest,
    {
      signal = new AbortController().signal,
      onProgress = () => undefined,
    }: Parameters<Trainer['train']>[1] = {},
  ): Promise<TrainingResult> {
    return this.#queue.run(async () => {
      throwIfAborted(signal);
      await this.#openBackend(request);
      throwIfAborted(signal);
      try {
        return await trainOnBackend(request, { signal, onProgress });
      } catch (thrown) {
        // A device may be lost; the next training gets a new one.
        this.dispose();
        throw toSightlineError(thrown, 'training-failed');
      }
    });
  }

  /** Closes the backend; another training opens one again. */
  dispose(): void {
    this.#open?.dispose();
    this.#open = undefined;
  }

  async #openBackend({ backend, wasmUrl }: TrainingRequest): Promise<void> {
    if (this.#open?.name === backend) return;
    this.dispose();
    // Training takes more operations than detecting does: the whole set of kernels.
    const environment = { wasmUrl, liteRtUrl: '', allowSoftware: true };
    const open = await openBackend(backend, environment, true);
    this.#open = open;
    void open.lost.then(() => {
      if (this.#open === open) this.dispose();
    });
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new SightlineError('aborted');
}
