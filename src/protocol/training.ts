import type { BackendName } from '../domain/backend.js';
import type { Network } from '../domain/network/network.js';
import type { TrainingEnd, TrainingOptions } from '../domain/network/training.js';
import type { TrainingSet } from '../domain/teach/lesson.js';
import type { CallOptions } from './engine.js';

export interface TrainingRequest {
  /** What to begin with: random weights, or those of a training that was cut off. */
  readonly network: Network;
  readonly examples: TrainingSet;
  /** Watched to know when to stop; without it the examples are. */
  readonly validation: TrainingSet | undefined;
  readonly options: TrainingOptions;
  /** What detects, and may compute where it is faster; `cpu` where nothing else is to be had. */
  readonly backend: Exclude<BackendName, 'webgl'>;
  /** Folder of TensorFlow.js's WASM files, absolute, with a trailing slash. */
  readonly wasmUrl: string;
}

/** How far training is, told a few times a second. */
export interface TrainingProgress {
  /** Steps taken, and at most to be taken. */
  readonly step: number;
  readonly steps: number;
  /** J over the examples. */
  readonly loss: number;
  /** Loss and share of right answers over what is watched. */
  readonly watchedLoss: number;
  readonly watchedAccuracy: number;
  /** The best weights so far, to go on with after a crash. */
  readonly best: Network;
}

export interface TrainingResult {
  readonly end: TrainingEnd | 'cancelled';
  /** The weights with the lowest watched loss. */
  readonly network: Network;
  /** Those of the last step, which nobody has picked by looking at what is watched. */
  readonly last: Network;
  /** The lowest watched loss. */
  readonly loss: number;
  readonly steps: number;
  /** Wall-clock milliseconds of the steps alone. */
  readonly milliseconds: number;
  /**
   * What computed them: our own loops on the processor, or TensorFlow.js on the
   * backend. `undefined` where the worker was stuck and could not say.
   */
  readonly by: 'simd' | 'tensors' | undefined;
}

/** The trainer as both sides know it. */
export interface Trainer {
  /** Has it ready for a training that is about to come, where starting it takes time. */
  prepare?(): void;
  /**
   * Trains dense layers by backpropagation. A training that is cancelled when it
   * is under way resolves with the best so far; before that it rejects with
   * `aborted`, for there is nothing to keep.
   *
   * All failures are `SightlineError`s: `training-failed`, `backend-unavailable`,
   * and what can happen to a worker: `engine-start-failed`, `engine-died`,
   * `engine-stalled`. After any of them the next training starts afresh.
   */
  train(
    request: TrainingRequest,
    call?: CallOptions & {
      readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
    },
  ): Promise<TrainingResult>;
}

/** What the trainer's worker can be asked for. */
export interface TrainerCalls {
  train: { params: TrainingRequest; result: TrainingResult; progress: TrainingProgress };
}
