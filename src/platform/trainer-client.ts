import { SightlineError, toSightlineError } from '../domain/errors.js';
import { decodeError } from '../protocol/index.js';
import type {
  AnswerOf,
  Trainer,
  TrainerCalls,
  TrainingProgress,
  TrainingRequest,
  TrainingResult,
} from '../protocol/index.js';
import { abortable, throwIfAborted } from './abort.js';
import { fixedPatience, StallWatch } from './stall-watch.js';
import { WorkerLink, webLocks } from './worker-link.js';

export interface TrainerClientOptions {
  /** Milliseconds until the worker must have said hello. */
  readonly helloTimeout?: number;
  /** Milliseconds without progress after which a training counts as stuck. */
  readonly patience?: number;
  /** Milliseconds until a cancelled training must have ended. */
  readonly cancelPatience?: number;
  /** Milliseconds after the last training until the worker is let go. */
  readonly idle?: number;
  /** `undefined` where the browser has no Web Locks. */
  readonly locks?: LockManager | undefined;
}

type TrainCall = NonNullable<Parameters<Trainer['train']>[1]>;

interface PendingTraining {
  readonly start: number;
  readonly request: TrainingRequest;
  readonly onProgress: TrainCall['onProgress'];
  readonly resolve: (result: TrainingResult) => void;
  readonly reject: (error: SightlineError) => void;
  progress: TrainingProgress | undefined;
}

const HELLO_TIMEOUT = 30_000;
/** A phone may have to fetch and compile the backend first. */
const PATIENCE = 60_000;
const CANCEL_PATIENCE = 5000;
const IDLE = 30_000;

/**
 * The trainer as the page sees it: a worker of its own that is started when
 * something is to be trained and let go a while after, so that whoever only
 * detects pays nothing for it.
 */
export class TrainerClient implements Trainer {
  readonly #workerUrl: string;
  readonly #options: TrainerClientOptions;
  readonly #pending = new Map<number, PendingTraining>();
  #link: WorkerLink<TrainerCalls> | undefined;
  #stalls: StallWatch | undefined;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0;
  #users = 0;

  /** @param workerUrl The trainer's classic script. Nothing is started yet. */
  constructor(workerUrl: string, options: TrainerClientOptions = {}) {
    this.#workerUrl = workerUrl;
    this.#options = options;
  }

  /** Whether the worker is there. */
  get isRunning(): boolean {
    return this.#link !== undefined;
  }

  /** Starts the worker. Whether it could be is told to the training. */
  prepare(): void {
    clearTimeout(this.#idleTimer);
    this.#link ??= this.#start();
    if (this.#users === 0) this.#rest();
  }

  async train(request: TrainingRequest, call: TrainCall = {}): Promise<TrainingResult> {
    throwIfAborted(call.signal);
    clearTimeout(this.#idleTimer);
    this.#users++;
    const link = (this.#link ??= this.#start());
    try {
      await abortable(link.ready, call.signal);
      if (link.ended !== undefined) throw link.ended;
      return await this.#send(link, request, call);
    } catch (thrown) {
      throw toSightlineError(thrown, 'training-failed');
    } finally {
      this.#users--;
      if (this.#users === 0) this.#rest();
    }
  }

  /** Ends the worker; trainings that are under way reject with `aborted`. It can be used again. */
  dispose(): void {
    this.#link?.close();
    this.#forget(new SightlineError('aborted', 'the trainer was closed'));
  }

  #start(): WorkerLink<TrainerCalls> {
    const { helloTimeout = HELLO_TIMEOUT, patience = PATIENCE } = this.#options;
    const link: WorkerLink<TrainerCalls> = new WorkerLink<TrainerCalls>(
      this.#workerUrl,
      {
        message: (message) => {
          this.#receive(message);
        },
        death: (cause) => {
          if (this.#link === link) this.#forget(cause);
        },
      },
      {
        name: 'sightline-trainer',
        helloTimeout,
        locks: 'locks' in this.#options ? this.#options.locks : webLocks(),
      },
    );
    this.#stalls = new StallWatch((waited) => {
      const detail = `training made no progress for ${String(Math.round(waited))} ms`;
      link.kill(new SightlineError('engine-stalled', detail));
    }, fixedPatience(patience));
    return link;
  }

  async #send(
    link: WorkerLink<TrainerCalls>,
    request: TrainingRequest,
    { signal, onProgress }: TrainCall,
  ): Promise<TrainingResult> {
    const id = ++this.#lastId;
    const answer = new Promise<TrainingResult>((resolve, reject) => {
      const start = performance.now();
      const progress = undefined;
      this.#pending.set(id, { start, request, onProgress, resolve, reject, progress });
    });
    let cancelTimer: ReturnType<typeof setTimeout> | undefined;
    const cancel = () => {
      link.post({ type: 'abort', id });
      // The worker answers with the best so far, unless it is stuck in a step.
      cancelTimer = setTimeout(() => {
        this.#giveUp(id, link);
      }, this.#options.cancelPatience ?? CANCEL_PATIENCE);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      this.#stalls?.begin(id);
      link.post({ type: 'call', id, name: 'train', params: request });
      return await answer;
    } finally {
      clearTimeout(cancelTimer);
      signal?.removeEventListener('abort', cancel);
      this.#settle(id);
    }
  }

  #receive(message: AnswerOf<TrainerCalls, never>): void {
    switch (message.type) {
      case 'progress': {
        this.#stalls?.renew(message.id);
        const pending = this.#pending.get(message.id);
        if (pending === undefined) return;
        pending.progress = message.progress;
        pending.onProgress?.(message.progress);
        break;
      }
      case 'result':
        this.#settle(message.id)?.resolve(message.result);
        break;
      case 'error':
        this.#settle(message.id)?.reject(decodeError(message.error));
        break;
      // It says nothing without being asked.
      case 'notice':
        break;
    }
  }

  /** A cancelled training does not end: the worker goes, its last weights stay. */
  #giveUp(id: number, link: WorkerLink<TrainerCalls>): void {
    const pending = this.#settle(id);
    if (pending?.progress === undefined) {
      pending?.reject(new SightlineError('aborted'));
    } else {
      const { best, step, watchedLoss } = pending.progress;
      pending.resolve({
        end: 'cancelled',
        network: best,
        last: best,
        loss: watchedLoss,
        steps: step,
        milliseconds: performance.now() - pending.start,
        by: undefined,
      });
    }
    link.kill(new SightlineError('engine-stalled', 'a cancelled training did not end'));
  }

  #settle(id: number): PendingTraining | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#stalls?.end(id, undefined);
    return pending;
  }

  #rest(): void {
    if (this.#link === undefined) return;
    this.#idleTimer = setTimeout(() => {
      this.dispose();
    }, this.#options.idle ?? IDLE);
  }

  /** The worker is gone: whoever waits hears why, and the next training starts another. */
  #forget(cause: SightlineError): void {
    this.#link = undefined;
    this.#stalls?.stop();
    clearTimeout(this.#idleTimer);
    const trainings = [...this.#pending.values()];
    this.#pending.clear();
    for (const training of trainings) training.reject(cause);
  }
}
