import { isAbort, SightlineError, toSightlineError } from '../domain/errors.js';
import { DEFAULT_MODEL } from '../domain/settings.js';
import { abortable, abortError } from '../platform/abort.js';
import type { EngineEvent, HealingEngine } from '../platform/supervised-engine.js';
import type { EngineInfo } from '../protocol/index.js';
import type { ProbeMemory } from './probe-memory.js';
import type { StateStore } from './state-store.js';
import type { EngineUrls, LoadSettings } from './types.js';

interface Load {
  readonly settings: LoadSettings;
  readonly info: Promise<EngineInfo>;
}

/** What is loaded when nobody says otherwise. */
const DEFAULT_LOAD: LoadSettings = { backend: 'auto', runtime: 'auto', model: DEFAULT_MODEL };

/** Loads the engine, follows its fate, and writes both into the session's state. */
export class EngineKeeper {
  readonly #engine: HealingEngine;
  readonly #urls: EngineUrls;
  readonly #memory: ProbeMemory;
  readonly #store: StateStore;
  readonly #unsubscribe: () => void;
  /** The last load, while it runs and, if it succeeded, after. */
  #load: Load | undefined;
  /** Cancels the newest load; also tells it from older ones. */
  #newest = new AbortController();
  #settings = DEFAULT_LOAD;
  #isDisposed = false;

  constructor(engine: HealingEngine, urls: EngineUrls, memory: ProbeMemory, store: StateStore) {
    this.#engine = engine;
    this.#urls = urls;
    this.#memory = memory;
    this.#store = store;
    this.#unsubscribe = engine.onEvent((event) => {
      this.#follow(event);
    });
  }

  /**
   * Loads backend and model. The newest call wins: an earlier one that is
   * still under way rejects with `aborted`. The same settings are not loaded
   * twice, not even where a lost device has left another backend running than
   * the one that was asked for: what works is only given up for a new choice.
   */
  load(settings: LoadSettings): Promise<EngineInfo> {
    if (this.#isDisposed) return Promise.reject(abortError());
    if (this.#load !== undefined && isSame(this.#load.settings, settings)) return this.#load.info;
    this.#newest.abort();
    const newest = new AbortController();
    this.#newest = newest;
    this.#settings = settings;
    const info = this.#run(settings, newest);
    if (this.#newest === newest) this.#load = { settings, info };
    info.catch(() => {
      if (this.#newest === newest) this.#load = undefined;
    });
    return info;
  }

  cancel(): void {
    if (this.#store.state.engine.phase === 'loading') this.#newest.abort();
  }

  /**
   * Loads what was asked for last (at first the default) unless that is done.
   * Where another load replaces the one that is waited for, that one is.
   *
   * @throws SightlineError `aborted` when the signal fires, which leaves the load alone.
   */
  async ensureLoaded(signal?: AbortSignal): Promise<EngineInfo> {
    for (;;) {
      const load = this.load(this.#settings);
      const newest = this.#newest;
      try {
        return await abortable(load, signal);
      } catch (thrown) {
        const isReplaced = this.#newest !== newest;
        if (signal?.aborted === true || !isReplaced) throw thrown;
      }
    }
  }

  /** Resolves when the engine can take frames; rejects with `aborted` when the signal fires. */
  whenReady(signal: AbortSignal): Promise<void> {
    const isReady = () => this.#store.state.engine.phase === 'ready';
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(abortError());
        return;
      }
      if (isReady()) {
        resolve();
        return;
      }
      const stop = () => {
        unsubscribe();
        signal.removeEventListener('abort', abort);
      };
      const abort = () => {
        stop();
        reject(abortError());
      };
      const unsubscribe = this.#store.subscribe(() => {
        if (!isReady()) return;
        stop();
        resolve();
      });
      signal.addEventListener('abort', abort);
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#newest.abort();
    this.#load = undefined;
    this.#unsubscribe();
    this.#engine.terminate();
  }

  async #run(settings: LoadSettings, abort: AbortController): Promise<EngineInfo> {
    const isCurrent = () => this.#newest === abort;
    const { modelsUrl, wasmUrl, liteRtUrl } = this.#urls;
    const remembered = settings.backend === 'auto' ? this.#memory.recall() : undefined;
    try {
      this.#store.setEngine({ phase: 'loading', progress: { stage: 'engine', fraction: 0 } });
      const info = await this.#engine.load(
        { ...settings, modelsUrl, wasmUrl, liteRtUrl, remembered },
        {
          signal: abort.signal,
          onProgress: (progress) => {
            if (isCurrent()) this.#store.setEngine({ phase: 'loading', progress });
          },
        },
      );
      if (!isCurrent()) throw abortError();
      this.#ready(info);
      return info;
    } catch (thrown) {
      const error = toSightlineError(thrown);
      if (isCurrent()) {
        this.#store.setEngine(isAbort(error) ? { phase: 'idle' } : { phase: 'failed', error });
      }
      throw error;
    }
  }

  #follow(event: EngineEvent): void {
    // A load under way tells its own story.
    if (this.#store.state.engine.phase === 'loading') return;
    switch (event.kind) {
      case 'died':
        this.#store.setEngine({ phase: 'recovering', cause: event.cause });
        break;
      case 'device-lost': {
        const cause = new SightlineError('device-lost', event.detail);
        this.#store.setEngine({ phase: 'recovering', cause });
        break;
      }
      case 'recovered':
      case 'restarted':
        // Whoever asks for the same again is told what runs now.
        if (this.#load !== undefined) {
          this.#load = { settings: this.#load.settings, info: Promise.resolve(event.info) };
        }
        this.#ready(event.info);
        break;
      case 'gave-up':
        this.#load = undefined;
        this.#store.setEngine({ phase: 'failed', error: event.error });
        break;
    }
  }

  #ready(info: EngineInfo): void {
    this.#memory.keep(info.probe);
    this.#store.setEngine({ phase: 'ready', info });
  }
}

function isSame(one: LoadSettings, other: LoadSettings): boolean {
  return (
    one.backend === other.backend && one.runtime === other.runtime && one.model === other.model
  );
}
