import type { SessionState } from './types.js';

interface AttendanceParts {
  readonly state: () => SessionState;
  readonly hasSource: () => boolean;
  /** Keeps the screen on while something is being watched. */
  readonly wakeLock: { hold(): void; release(): void };
  /** Told whether time counts that passes. */
  readonly stats: { setActive(isActive: boolean): void };
}

/** Whether anything is being looked at: then the screen stays on and time counts. */
export class Attendance {
  readonly #parts: AttendanceParts;

  constructor(parts: AttendanceParts) {
    this.#parts = parts;
    document.addEventListener('visibilitychange', this.update);
  }

  readonly update = (): void => {
    const { state, hasSource, wakeLock, stats } = this.#parts;
    const { engine, running, source } = state();
    if (running && source.phase === 'open') wakeLock.hold();
    else wakeLock.release();
    const isLoaded = engine.phase === 'ready' || engine.phase === 'recovering';
    const isVisible = document.visibilityState === 'visible';
    stats.setActive(running && isLoaded && isVisible && hasSource());
  };

  end(): void {
    document.removeEventListener('visibilitychange', this.update);
  }
}
