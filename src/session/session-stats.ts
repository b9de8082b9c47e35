import { RateMeter } from '../domain/rate-meter.js';
import type { DetectionResult, Engine, EngineStats } from '../protocol/index.js';
import type { SessionStats } from './types.js';

/** Milliseconds between two questions to the engine. */
const ENGINE_STATS_INTERVAL = 250;

/** Counts what the session does, and asks the engine for its own counters while anyone looks. */
export class StatsKeeper {
  readonly #engine: Pick<Engine, 'stats'> & { readonly restarts: number };
  readonly #meter = new RateMeter();
  #framesProcessed = 0;
  #framesDropped = 0;
  #last: DetectionResult | undefined;
  #engineStats: EngineStats | undefined;
  #askedAt = -Infinity;

  constructor(engine: Pick<Engine, 'stats'> & { readonly restarts: number }) {
    this.#engine = engine;
  }

  /** @param isActive Whether frames could be taken now; the rate is over active time only. */
  setActive(isActive: boolean): void {
    const now = performance.now();
    if (isActive) this.#meter.resume(now);
    else this.#meter.pause(now);
  }

  /** @param skipped Frames that the source had shown in between. */
  count(result: DetectionResult, skipped: number): void {
    this.#meter.count(performance.now());
    this.#framesProcessed++;
    this.#framesDropped += skipped;
    this.#last = result;
  }

  /** @param isLoaded Whether the engine can be asked. */
  read(isLoaded: boolean): SessionStats {
    if (isLoaded) this.#ask();
    return {
      sustainedFps: this.#meter.perSecond(performance.now()),
      framesProcessed: this.#framesProcessed,
      framesDropped: this.#framesDropped,
      engine: isLoaded ? this.#engineStats : undefined,
      last: this.#last,
      workerRestarts: this.#engine.restarts,
    };
  }

  #ask(): void {
    const now = performance.now();
    if (now - this.#askedAt < ENGINE_STATS_INTERVAL) return;
    this.#askedAt = now;
    this.#engine.stats().then(
      (stats) => {
        this.#engineStats = stats;
      },
      // The engine has just gone; its successor is asked next time.
      () => undefined,
    );
  }
}
