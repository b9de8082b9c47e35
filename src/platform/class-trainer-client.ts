import type { AnchorView } from '../domain/detector-head/anchor-view.js';
import type { LearntClass, TeachClassInput } from '../domain/detector-head/teach-class.js';
import { SightlineError, toSightlineError } from '../domain/errors.js';
import { decodeError, type ClassTrainer, type ClassTrainerCalls } from '../protocol/index.js';
import { abortable, throwIfAborted } from './abort.js';
import { deferred } from './deferred.js';
import { fixedPatience, StallWatch } from './stall-watch.js';
import { WorkerLink, webLocks } from './worker-link.js';

export interface ClassTrainerOptions {
  /** Milliseconds until the worker must have said hello. */
  readonly helloTimeout?: number;
  /** Milliseconds without progress after which a training counts as stuck. */
  readonly patience?: number;
  /** Milliseconds until a cancelled training must have ended. */
  readonly cancelPatience?: number;
}

const HELLO_TIMEOUT = 30_000;
const PATIENCE = 60_000;
const CANCEL_PATIENCE = 5000;

type TeachCall = NonNullable<Parameters<ClassTrainer['teachClass']>[1]>;

/**
 * Teaches classes in a worker that is started for it and let go after it: what it
 * works on is hundreds of megabytes at the worst, and is gone with it.
 */
export class ClassTrainerClient implements ClassTrainer {
  readonly #workerUrl: string;
  readonly #options: ClassTrainerOptions;

  /** @param workerUrl The trainer's classic script. Nothing is started yet. */
  constructor(workerUrl: string, options: ClassTrainerOptions = {}) {
    this.#workerUrl = workerUrl;
    this.#options = options;
  }

  async teachClass(
    request: TeachClassInput,
    { signal, onProgress }: TeachCall = {},
  ): Promise<LearntClass> {
    throwIfAborted(signal);
    const { helloTimeout = HELLO_TIMEOUT, patience = PATIENCE } = this.#options;
    const { cancelPatience = CANCEL_PATIENCE } = this.#options;
    const answer = deferred<LearntClass>();
    // Whoever waits hears of it.
    answer.promise.catch(() => undefined);
    const link: WorkerLink<ClassTrainerCalls> = new WorkerLink<ClassTrainerCalls>(
      this.#workerUrl,
      {
        message: (message) => {
          if (message.type === 'progress') {
            stalls.renew(CALL);
            onProgress?.(message.progress);
          } else if (message.type === 'result') answer.resolve(message.result);
          else if (message.type === 'error') answer.reject(decodeError(message.error));
        },
        death: answer.reject,
      },
      { name: 'sightline-class-trainer', helloTimeout, locks: webLocks() },
    );
    const stalls = new StallWatch((waited) => {
      const detail = `training made no progress for ${String(Math.round(waited))} ms`;
      link.kill(new SightlineError('engine-stalled', detail));
    }, fixedPatience(patience));
    let cancelTimer: ReturnType<typeof setTimeout> | undefined;
    const cancel = (): void => {
      link.post({ type: 'abort', id: CALL });
      // The worker answers with the best so far, unless it is stuck in a step.
      cancelTimer = setTimeout(() => {
        answer.reject(new SightlineError('aborted', 'a cancelled training did not end'));
      }, cancelPatience);
    };
    try {
      await abortable(link.ready, signal);
      if (link.ended !== undefined) throw link.ended;
      signal?.addEventListener('abort', cancel, { once: true });
      stalls.begin(CALL);
      link.post(
        { type: 'call', id: CALL, name: 'teachClass', params: request },
        buffersOf(request),
      );
      return await answer.promise;
    } catch (thrown) {
      throw toSightlineError(thrown, 'training-failed');
    } finally {
      clearTimeout(cancelTimer);
      signal?.removeEventListener('abort', cancel);
      stalls.stop();
      link.close();
    }
  }
}

/** Each worker is asked once. */
const CALL = 1;

function buffersOf({ examples, negatives }: TeachClassInput): Transferable[] {
  const ofView = ({ features, logits, boxes }: AnchorView): Transferable[] =>
    [features.starts, features.channels, features.values, logits, boxes].map(
      ({ buffer }) => buffer,
    );
  return [...new Set([...examples, ...negatives].flatMap(ofView))];
}
