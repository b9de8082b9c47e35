import { backoff } from '../domain/backoff.js';
import { isAbort, toSightlineError } from '../domain/errors.js';
import type { SightlineError } from '../domain/errors.js';
import { wait } from '../platform/abort.js';
import type { FrameSource, SourceFrame } from '../platform/frame-source.js';
import { copyFrame } from '../platform/video-capture.js';
import type { DetectionResult, Engine, FrameData, FrameOptions } from '../protocol/index.js';

/** What the loop needs of its surroundings. */
export interface LoopPort {
  readonly engine: Pick<Engine, 'detect'>;
  /** Resolves when the engine can take frames; rejects with `aborted`. */
  readonly whenReady: (signal: AbortSignal) => Promise<void>;
  /** The options for the next frame. */
  readonly options: () => FrameOptions;
  /** Least milliseconds from the start of one look to the start of the next. */
  readonly interval: () => number;
  /** Whether `onResult` is to be given the frame as well. */
  readonly wantsPicture: () => boolean;
  /**
   * Told of every result before the next frame is taken.
   *
   * @param picture The very frame, where it was wanted; closed afterwards.
   */
  readonly onResult: (
    result: DetectionResult,
    skipped: number,
    picture: FrameData | undefined,
  ) => void;
  /** A frame could not be processed; the loop goes on. */
  readonly onFrameProblem: (problem: SightlineError) => void;
  /** The source will give no more frames; the loop has ended. */
  readonly onSourceOver: (source: FrameSource, reason: SightlineError) => void;
}

/** Milliseconds to wait after a failure: the first time, and at most. */
const FIRST_DELAY = 100;
const LONGEST_DELAY = 5000;

/** Timers are not exact: a shorter wait would only cost frames, in milliseconds. */
const SHORTEST_REST = 6;

/** Faults that the engine mends by itself, and which its state tells of already. */
const SELF_HEALING: readonly string[] = ['engine-died', 'engine-stalled', 'device-lost'];

/**
 * Takes the newest frame, has it looked at, tells the result, and so on: one
 * frame at a time, so the engine is never behind and nothing queues up.
 */
export class FrameLoop {
  readonly #port: LoopPort;
  #running: { readonly source: FrameSource; readonly abort: AbortController } | undefined;

  constructor(port: LoopPort) {
    this.#port = port;
  }

  /** Takes frames of this source from now on, and of no other. */
  run(source: FrameSource): void {
    if (this.#running?.source === source) return;
    this.stop();
    const abort = new AbortController();
    this.#running = { source, abort };
    void this.#loop(source, abort.signal);
  }

  /** No frame is taken and no result told after this. */
  stop(): void {
    this.#running?.abort.abort();
    this.#running = undefined;
  }

  async #loop(source: FrameSource, signal: AbortSignal): Promise<void> {
    let failures = 0;
    // What was shown before the start was not missed by anyone.
    let isFirst = true;
    for (;;) {
      const frame = await this.#nextFrame(source, signal);
      if (frame === undefined) return;
      const { data, timestamp, skipped } = frame;
      const began = performance.now();
      let copy: FrameData | undefined;
      try {
        // Before the frame goes over to the engine.
        if (this.#port.wantsPicture()) copy = await copyFrame(data);
        const result = await this.#port.engine.detect(data, timestamp, this.#port.options(), {
          signal,
        });
        if (signal.aborted) return;
        failures = 0;
        this.#port.onResult(result, isFirst ? 0 : skipped, copy);
        // Cameras lend out few frames at a time.
        copy?.close();
        isFirst = false;
        const rest = this.#port.interval() - (performance.now() - began);
        if (rest > SHORTEST_REST) await wait(rest, signal).catch(() => undefined);
      } catch (thrown) {
        if (signal.aborted) return;
        failures++;
        this.#report(toSightlineError(thrown));
        // A still picture has given its only frame, and nobody looked at it.
        source.refresh();
        await wait(backoff(failures, FIRST_DELAY, LONGEST_DELAY), signal).catch(() => undefined);
      } finally {
        copy?.close();
      }
    }
  }

  /** @returns `undefined` when the loop has to end. */
  async #nextFrame(source: FrameSource, signal: AbortSignal): Promise<SourceFrame | undefined> {
    try {
      await this.#port.whenReady(signal);
      const frame = await source.nextFrame(signal);
      if (!signal.aborted) return frame;
      frame.data.close();
    } catch (thrown) {
      if (signal.aborted) return undefined;
      this.stop();
      this.#port.onSourceOver(source, toSightlineError(thrown));
    }
    return undefined;
  }

  #report(error: SightlineError): void {
    // A reload cancels the frame under way, which is no fault of the frame.
    const isQuiet = isAbort(error) || SELF_HEALING.includes(error.code);
    if (!isQuiet) this.#port.onFrameProblem(error);
  }
}
