import { eventId } from '../../domain/watch/event-pictures.js';
import { logFilter, type LogFilter } from '../../domain/watch/event-log.js';
import { EventTally, type EventNumbers } from '../../domain/watch/event-tally.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import type { EventStore } from '../../platform/event-store.js';

/** An event in the log. */
export interface KeptEvent {
  /** Counts up; what it is deleted by. */
  readonly key: number;
  readonly event: WatchEvent;
}

/** What of the log was asked for. */
export interface LogExtract {
  /** The newest of them, newest first. */
  readonly listed: readonly KeptEvent[];
  /** About all of them. */
  readonly numbers: EventNumbers;
}

/** So many are looked at in one go: the page draws in between. */
const SLICE = 5000;

/**
 * Reads a log again and again while somebody looks at it. The disk gives about a hundred
 * thousand events in a second, so they are read once, and after that only those that are new.
 */
export class LogReader {
  /** Oldest first; `undefined` before all were read, and when they are no longer those on the disk. */
  #known: KeptEvent[] | undefined;

  /**
   * All that are asked for: the newest of them, and numbers about all.
   *
   * @param most Listed are no more than these.
   * @param onListed Told of the list as soon as it is full, which may be long before the end.
   */
  async look(
    store: EventStore<WatchEvent>,
    filter: LogFilter,
    most: number,
    onListed?: (listed: readonly KeptEvent[]) => void,
  ): Promise<LogExtract> {
    const isWanted = logFilter(filter);
    const listed: KeptEvent[] = [];
    const tally = new EventTally();
    const take = (kept: KeptEvent): void => {
      if (!isWanted(kept.event)) return;
      tally.add(kept.event);
      if (listed.length >= most) return;
      listed.push(kept);
      if (listed.length === most) onListed?.([...listed]);
    };
    const known = this.#known;
    if (known === undefined || !(await this.#catchUp(store, known))) {
      const found: KeptEvent[] = [];
      await store.visit((event, key) => {
        const kept = { key, event };
        found.push(kept);
        take(kept);
        return true;
      });
      this.#known = found.reverse();
    } else {
      for (let index = known.length - 1; index >= 0; index--) {
        const kept = known[index];
        if (kept !== undefined) take(kept);
        if (index % SLICE === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    }
    return { listed, numbers: tally.numbers };
  }

  /** All that are asked for, newest first. */
  async find(store: EventStore<WatchEvent>, filter: LogFilter): Promise<KeptEvent[]> {
    const isWanted = logFilter(filter);
    const found: KeptEvent[] = [];
    await store.visit((event, key) => {
      if (isWanted(event)) found.push({ key, event });
      return true;
    });
    return found;
  }

  /** Deletes these, and their pictures. */
  async remove(store: EventStore<WatchEvent>, events: readonly KeptEvent[]): Promise<void> {
    const keys = new Set(events.map(({ key }) => key));
    await store.remove([...keys], new Set(events.map(({ event }) => eventId(event))));
    this.#known = this.#known?.filter(({ key }) => !keys.has(key));
  }

  /** Nobody looks any more. */
  forget(): void {
    this.#known = undefined;
  }

  /** Reads what is new. @returns Whether what is known is now what is on the disk. */
  async #catchUp(store: EventStore<WatchEvent>, known: KeptEvent[]): Promise<boolean> {
    const newest = known.at(-1)?.key ?? -Infinity;
    const fresh: KeptEvent[] = [];
    await store.visit((event, key) => {
      if (key > newest) fresh.push({ key, event });
      return key > newest;
    });
    known.push(...fresh.reverse());
    // Another page may have deleted some, or the oldest were let go.
    return known.length === (await store.count());
  }
}
