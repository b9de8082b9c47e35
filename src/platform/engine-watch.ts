import { SightlineError } from '../domain/errors.js';
import type { CallName, EngineNotice } from '../protocol/index.js';
import { fixedPatience, StallWatch } from './stall-watch.js';
import type { StallOptions } from './stall-watch.js';

/** How long an engine may be silent. What is left out has the default. */
export interface EnginePatience {
  /** With a frame. */
  readonly stall?: StallOptions | undefined;
  /** Milliseconds without progress or answer in a load. */
  readonly load?: number | undefined;
  /** Milliseconds until a cancelled load has ended in the worker too. */
  readonly cancel?: number | undefined;
  /** Milliseconds until a lost device is replaced. */
  readonly recovery?: number | undefined;
}

/** Compiling shaders on a software adapter takes a minute without any progress. */
const LOAD_PATIENCE = 120_000;
const CANCEL_PATIENCE = 5000;
const RECOVERY_PATIENCE = 60_000;

/** There is one recovery at a time. */
const RECOVERY = 0;

/** Follows the calls to an engine and its notices, and says when it is stuck in one of them. */
export class EngineWatch {
  readonly #frames: StallWatch;
  readonly #loads: StallWatch;
  readonly #cancelled: StallWatch;
  readonly #recovery: StallWatch;
  #pendingLoads = 0;
  #isRecovering = false;

  /**
   * @param onStuck Told once, why the engine has to be ended, and whether that
   *   is for a load that nobody waits for any more.
   */
  constructor(
    onStuck: (cause: SightlineError, isCancelledLoad: boolean) => void,
    patience: EnginePatience = {},
  ) {
    const {
      load = LOAD_PATIENCE,
      cancel = CANCEL_PATIENCE,
      recovery = RECOVERY_PATIENCE,
    } = patience;
    const stuck = (error: SightlineError, isCancelledLoad = false) => {
      this.stop();
      onStuck(error, isCancelledLoad);
    };
    this.#frames = new StallWatch((waited) => {
      stuck(stalled(`no answer for ${milliseconds(waited)}`));
    }, patience.stall);
    this.#loads = new StallWatch((waited) => {
      stuck(stalled(`no progress of a load for ${milliseconds(waited)}`));
    }, fixedPatience(load));
    this.#cancelled = new StallWatch((waited) => {
      stuck(stalled(`a cancelled load went on for ${milliseconds(waited)}`), true);
    }, fixedPatience(cancel));
    this.#recovery = new StallWatch((waited) => {
      stuck(new SightlineError('device-lost', `not replaced for ${milliseconds(waited)}`));
    }, fixedPatience(recovery));
  }

  /** The call is sent now. */
  begin(id: number, name: CallName): void {
    if (name === 'detect') this.#frames.begin(id);
    if (name !== 'load') return;
    this.#pendingLoads++;
    this.#loads.begin(id);
    // A load may take minutes, and frames queue up behind it.
    this.#frames.hold();
    // It replaces what was lost, and has a watch of its own.
    this.#endRecovery();
  }

  progress(id: number): void {
    this.#loads.renew(id);
  }

  /** The call was answered after `latency` milliseconds, or is no longer waited for (`undefined`). */
  end(id: number, name: CallName, latency: number | undefined): void {
    if (name === 'detect') this.#frames.end(id, latency);
    if (name !== 'load') return;
    this.#pendingLoads--;
    this.#loads.end(id, latency);
    this.#frames.release();
  }

  /** The worker was told to give the load up, and has to answer that it has. */
  cancel(id: number): void {
    this.#cancelled.begin(id);
  }

  /** Any answer has come from the worker, also to a cancelled call. */
  answered(id: number): void {
    this.#cancelled.end(id, undefined);
  }

  notice(notice: EngineNotice): void {
    if (notice.kind !== 'device-lost') {
      this.#endRecovery();
    } else if (this.#pendingLoads === 0 && !this.#isRecovering) {
      this.#isRecovering = true;
      this.#recovery.begin(RECOVERY);
      // Frames rightly wait for the new device.
      this.#frames.hold();
    }
  }

  stop(): void {
    for (const watch of [this.#frames, this.#loads, this.#cancelled, this.#recovery]) watch.stop();
  }

  #endRecovery(): void {
    if (!this.#isRecovering) return;
    this.#isRecovering = false;
    this.#recovery.end(RECOVERY, undefined);
    this.#frames.release();
  }
}

function stalled(detail: string): SightlineError {
  return new SightlineError('engine-stalled', detail);
}

function milliseconds(waited: number): string {
  return `${String(Math.round(waited))} ms`;
}
