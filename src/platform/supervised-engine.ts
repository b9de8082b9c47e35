import { isAbort, SightlineError, toSightlineError } from '../domain/errors.js';
import type { BBox } from '../domain/geometry.js';
import { RestartBudget } from '../domain/restart-budget.js';
import type {
  AnchorPass,
  CallOptions,
  DetectionResult,
  Engine,
  EngineInfo,
  EngineNotice,
  EngineStats,
  FrameData,
  FrameOptions,
  LoadOptions,
  LoadProgress,
} from '../protocol/index.js';
import { abortable, throwIfAborted, wait } from './abort.js';
import type { MortalEngine } from './engine-client.js';
import { Listeners } from './listeners.js';

/** What happens to a supervised engine without being asked for. */
export type EngineEvent =
  | Exclude<EngineNotice, { readonly kind: 'failed' }>
  /** The worker died and is being replaced. */
  | { readonly kind: 'died'; readonly cause: SightlineError }
  /** A new worker has loaded what the dead one had. */
  | { readonly kind: 'restarted'; readonly info: EngineInfo }
  /** It died too often; only another `load` brings it back. */
  | { readonly kind: 'gave-up'; readonly error: SightlineError };

/** An engine that heals itself. */
export interface HealingEngine extends Engine {
  /** Dead workers replaced so far. */
  readonly restarts: number;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  terminate(): void;
}

type LoadCall = CallOptions & {
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
};

/**
 * Replaces an engine that died and loads again what it had loaded. A call that
 * was pending at the death is rejected (its frame is gone; the next one is
 * newer anyway), a call made during the replacement waits for its end.
 */
export class SupervisedEngine implements HealingEngine {
  readonly #start: () => MortalEngine;
  readonly #budget: RestartBudget;
  readonly #events = new Listeners<EngineEvent>();
  #engine: MortalEngine | undefined;
  /** What to repeat after a death: the last load that succeeded, if none is under way. */
  #loaded: LoadOptions | undefined;
  #replacement: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  /** Tells a load that another one has replaced it. */
  #loads = 0;
  #restarts = 0;

  /** @param start Makes a new engine; called at the first load and after each death. */
  constructor(start: () => MortalEngine, budget: RestartBudget = new RestartBudget()) {
    this.#start = start;
    this.#budget = budget;
  }

  get restarts(): number {
    return this.#restarts;
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    return this.#events.add(listener);
  }

  async load(options: LoadOptions, call: LoadCall = {}): Promise<EngineInfo> {
    // No worker is started for what nobody waits for.
    throwIfAborted(call.signal);
    this.#stopReplacing();
    this.#budget.reset();
    this.#loaded = undefined;
    const number = ++this.#loads;
    const info = await this.#loadIn((this.#engine ??= this.#watch(this.#start())), options, call);
    if (number === this.#loads) {
      this.#loaded = { ...options, remembered: info.probe ?? options.remembered };
    }
    return info;
  }

  async detect(
    frame: FrameData,
    timestamp: number,
    options: FrameOptions,
    call: CallOptions = {},
  ): Promise<DetectionResult> {
    const engine = await this.#livingFor(frame, call.signal);
    return engine.detect(frame, timestamp, options, call);
  }

  async embed(
    frame: FrameData,
    boxes: readonly BBox[],
    maps: readonly string[],
    call: CallOptions = {},
  ): Promise<readonly Float32Array[]> {
    const engine = await this.#livingFor(frame, call.signal);
    return engine.embed(frame, boxes, maps, call);
  }

  async anchors(frame: FrameData, call: CallOptions = {}): Promise<AnchorPass> {
    const engine = await this.#livingFor(frame, call.signal);
    return engine.anchors(frame, call);
  }

  async stats(): Promise<EngineStats> {
    return (await this.#living()).stats();
  }

  async dispose(): Promise<void> {
    this.#stopReplacing();
    this.#loaded = undefined;
    this.#loads++;
    await this.#engine?.dispose();
  }

  /** Ends the worker; the engine can be loaded again, with a new one. */
  terminate(): void {
    this.#stopReplacing();
    this.#loaded = undefined;
    this.#loads++;
    this.#engine?.terminate();
    this.#engine = undefined;
  }

  /** Loads, if need be in a second worker: where the first was stuck in a load cancelled before. */
  async #loadIn(engine: MortalEngine, options: LoadOptions, call: LoadCall): Promise<EngineInfo> {
    const number = this.#loads;
    try {
      return await engine.load(options, call);
    } catch (thrown) {
      const isWanted = number === this.#loads && call.signal?.aborted !== true;
      if (!isWanted || !engine.isStuckInCancelledLoad) throw thrown;
      return (this.#engine ??= this.#watch(this.#start())).load(options, call);
    }
  }

  /** The same, for a frame that is closed when there is none. */
  async #livingFor(frame: FrameData, signal: AbortSignal | undefined): Promise<MortalEngine> {
    try {
      return await this.#living(signal);
    } catch (thrown) {
      frame.close();
      throw thrown;
    }
  }

  async #living(signal?: AbortSignal): Promise<MortalEngine> {
    if (this.#replacement !== undefined) await abortable(this.#replacement.done, signal);
    if (this.#engine === undefined) throw new SightlineError('not-loaded');
    return this.#engine;
  }

  #watch(engine: MortalEngine): MortalEngine {
    engine.onDeath((cause) => {
      if (engine === this.#engine) this.#replace(cause);
    });
    engine.onNotice((notice) => {
      if (engine !== this.#engine) return;
      if (notice.kind !== 'failed') {
        this.#events.emit(notice);
        return;
      }
      // The worker lives but has no device to go on with; a new process may get one.
      engine.kill(new SightlineError('device-lost', notice.detail));
    });
    return engine;
  }

  /** A death in the middle of a load is that load's failure, and nothing is there to be restored. */
  #replace(cause: SightlineError): void {
    this.#engine = undefined;
    if (this.#loaded === undefined) return;
    const abort = new AbortController();
    const done = this.#restore(this.#loaded, cause, abort.signal).finally(() => {
      if (this.#replacement?.abort === abort) this.#replacement = undefined;
    });
    done.catch(() => undefined);
    this.#replacement = { abort, done };
  }

  async #restore(load: LoadOptions, cause: SightlineError, signal: AbortSignal): Promise<void> {
    let reason = cause;
    for (;;) {
      const delay = this.#budget.afterDeath(performance.now());
      if (delay === undefined) {
        this.#loaded = undefined;
        this.#events.emit({ kind: 'gave-up', error: reason });
        throw reason;
      }
      this.#events.emit({ kind: 'died', cause: reason });
      await wait(delay, signal);
      const engine = this.#watch(this.#start());
      try {
        const info = await engine.load(load, { signal });
        throwIfAborted(signal);
        this.#engine = engine;
        this.#restarts++;
        this.#events.emit({ kind: 'restarted', info });
        return;
      } catch (thrown) {
        engine.terminate();
        if (isAbort(thrown)) throw thrown;
        reason = toSightlineError(thrown);
      }
    }
  }

  #stopReplacing(): void {
    this.#replacement?.abort.abort();
    this.#replacement = undefined;
  }
}
