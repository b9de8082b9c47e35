import { EMPTY_WATCH, type WatchConfig } from '../../domain/watch/config.js';
import type { TrackedDetection } from '../../domain/tracking/track.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import { Watcher, type WatchCounts } from '../../domain/watch/watcher.js';
import { Listeners } from '../../platform/listeners.js';
import { DEFAULT_LIVE_TRACKING_OPTIONS } from '../track-keeper.js';
import type { LiveResult, LiveTrackingOptions } from '../types.js';
import type { WatchSession } from './types.js';

/** Watches the results of a session as they come. */
export class LiveWatching implements WatchSession {
  readonly #watcher = new Watcher(EMPTY_WATCH, DEFAULT_LIVE_TRACKING_OPTIONS.lostTrackBuffer);
  readonly #events = new Listeners<readonly WatchEvent[]>();

  get config(): WatchConfig {
    return this.#watcher.config;
  }

  set config(config: WatchConfig) {
    this.#watcher.config = config;
  }

  get counts(): WatchCounts {
    return this.#watcher.counts;
  }

  resetCounts(): void {
    this.#watcher.resetCounts();
  }

  onEvents(listener: (events: readonly WatchEvent[]) => void): () => void {
    return this.#events.add(listener);
  }

  /**
   * Takes one frame.
   *
   * @param isStill It is a photo.
   * @param faint What is followed as well, but not shown.
   */
  see(
    { frame, detections }: Pick<LiveResult, 'frame' | 'detections'>,
    { lostTrackBuffer }: Pick<LiveTrackingOptions, 'lostTrackBuffer'>,
    isStill: boolean,
    faint: readonly TrackedDetection[] = [],
  ): void {
    this.#watcher.lostTrackBuffer = lostTrackBuffer;
    this.#tell(
      this.#watcher.update({
        timestamp: frame.timestamp,
        time: Date.now(),
        clock: performance.now(),
        frame: { width: frame.width, height: frame.height },
        objects: detections,
        faint,
        isStill,
      }),
    );
  }

  /** Another source: nobody is in sight any more. */
  end(): void {
    this.#tell(this.#watcher.end(Date.now()));
  }

  dispose(): void {
    this.end();
    this.#events.clear();
  }

  #tell(events: readonly WatchEvent[]): void {
    if (events.length > 0) this.#events.emit(events);
  }
}
