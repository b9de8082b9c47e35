import { RateMeter } from '../domain/rate-meter.js';
import type { DetectionResult, Engine, EngineStats } from '../protocol/index.js';
import type { SessionStats } from './types.js';

/** Milliseconds between two questions to the engine. */
const ENGINE_STATS_INTERVAL = 250;

/** What a device can keep up shows over minutes: the first seconds are its best. */
const SUSTAINED_WINDOW = 120_000;

/**
 * Counts what the session does, and asks the engine for its own counters while
 * anyone looks: one question at a time, and only where the answer may be new.
 */
export class StatsKeeper {
  readonly #engine: Pick<Engine, 'stats'> & { readonly restarts: number };
  readonly #meter = new RateMeter();
  readonly #sustained = new RateMeter(SUSTAINED_WINDOW);
  #framesProcessed = 0;
  #framesDropped = 0;
  #last: DetectionResult | undefined;
  #engineStats: EngineStats | undefined;
  #askedAt = -Infinity;
  #isAsking = false;
  /** Whether the engine has done anything since it was asked. */
  #isOutdated = true;

  constructor(engine: Pick<Engine, 'stats'> & { readonly restarts: number }) {
    this.#engine = engine;
  }

  /** @param isActive Whether frames could be taken now; the rate is over active time only. */
  setActive(isActive: boolean): void {
    const now = performance.now();
    for (const meter of [this.#meter, this.#sustained]) {
      if (isActive) meter.resume(now);
      else meter.pause(now);
    }
  }

  /** @param skipped Frames that the source had shown in between. */
  count(result: DetectionResult, skipped: number): void {
    const now = performance.now();
    this.#meter.count(now);
    this.#sustained.count(now);
    this.#framesProcessed++;
    this.#framesDropped += skipped;
    this.#last = result;
    this.outdate();
  }

  /** The engine has done something else than the counted frames, so its counters have changed. */
  outdate(): void {
    this.#isOutdated = true;
  }

  /** @param isLoaded Whether the engine can be asked. */
  read(isLoaded: boolean): Omit<SessionStats, 'slowedBy'> {
    if (isLoaded) this.#ask();
    const now = performance.now();
    return {
      fps: this.#meter.perSecond(now),
      sustainedFps: this.#sustained.perSecond(now),
      framesProcessed: this.#framesProcessed,
      framesDropped: this.#framesDropped,
      engine: isLoaded ? this.#engineStats : undefined,
      last: this.#last,
      workerRestarts: this.#engine.restarts,
    };
  }

  #ask(): void {
    if (this.#isAsking || !this.#isOutdated || document.visibilityState === 'hidden') return;
    const now = performance.now();
    if (now - this.#askedAt < ENGINE_STATS_INTERVAL) return;
    this.#askedAt = now;
    this.#isAsking = true;
    // Before the answer: a frame that is processed meanwhile may not be in it.
    this.#isOutdated = false;
    void this.#engine
      .stats()
      .then(
        (stats) => {
          this.#engineStats = stats;
        },
        () => {
          // The engine has just gone; its successor is asked next time.
          this.#isOutdated = true;
        },
      )
      .finally(() => {
        this.#isAsking = false;
      });
  }
}
