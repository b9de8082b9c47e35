import { SightlineError, toSightlineError } from '../../domain/errors.js';
import type { Trainer, TrainingRequest, TrainingResult } from '../../protocol/training.js';
import type { OpenBackend } from '../backend/backend.js';
import { SerialQueue } from '../serial-queue.js';
import { batchSizeOf } from './descent.js';
import { stepKindFor, type StepKind } from './open-descent.js';
import { trainBy } from './train.js';

type TrainCall = NonNullable<Parameters<Trainer['train']>[1]>;

/**
 * The trainer in its own worker, apart from the detector's, so that neither waits
 * for the other, and it dies alone. TensorFlow.js is loaded only where our own
 * loops are not the faster ones; then it has one to itself.
 *
 * One training at a time; the backend stays open for the next.
 */
export class LocalTrainer implements Trainer {
  readonly #queue = new SerialQueue();
  readonly #kind: StepKind | undefined;
  #open: OpenBackend | undefined;

  /** @param kind What computes, whatever would be faster. */
  constructor(kind?: StepKind) {
    this.#kind = kind;
  }

  train(
    request: TrainingRequest,
    { signal = new AbortController().signal, onProgress = () => undefined }: TrainCall = {},
  ): Promise<TrainingResult> {
    return this.#queue.run(async () => {
      throwIfAborted(signal);
      const kind = this.#kind ?? fasterKind(request);
      if (kind === 'tensors') await this.#openBackend(request);
      throwIfAborted(signal);
      try {
        return await trainBy(kind, request, { signal, onProgress });
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
    const { openBackend } = await import('../backend/open-backend.js');
    // Training takes more operations than detecting does: the whole set of kernels.
    const environment = { wasmUrl, liteRtUrl: '', allowSoftware: true };
    const open = await openBackend(backend, environment, true);
    this.#open = open;
    void open.lost.then(() => {
      if (this.#open === open) this.dispose();
    });
  }
}

function fasterKind({ backend, network, options, examples }: TrainingRequest): StepKind {
  return stepKindFor(backend, { network, rows: batchSizeOf(options, examples) });
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new SightlineError('aborted');
}
