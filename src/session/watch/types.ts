import type { WatchConfig } from '../../domain/watch/config.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import type { WatchCounts } from '../../domain/watch/watcher.js';

/** Watches what a live source shows: zones, lines and rules. */
export interface WatchSession {
  /** Holds from the next frame on; what keeps its id keeps its counts. */
  config: WatchConfig;
  /** Of every zone and line, as of the last frame. */
  readonly counts: WatchCounts;
  /** Entries and crossings count from 0 again. */
  resetCounts(): void;
  /** Called after each frame that has brought something. @returns unsubscribe. */
  onEvents(listener: (events: readonly WatchEvent[]) => void): () => void;
}
