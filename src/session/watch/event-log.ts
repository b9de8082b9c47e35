import { SightlineError, toSightlineError } from '../../domain/errors.js';
import {
  isEmptyFilter,
  logFilter,
  oldestKept,
  surplus,
  type LogFilter,
} from '../../domain/watch/event-log.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import { EventStore } from '../../platform/event-store.js';
import { Listeners } from '../../platform/listeners.js';
import { LogReader, type KeptEvent, type LogExtract } from './log-reader.js';

/** Events are gathered for so long before they are written, all at once. */
const GATHER_MS = 200;
/** When the disk is full this part of the log makes room. */
const ROOM = 0.1;
/** More than these are not held in memory when the disk takes nothing. */
const MOST_WAITING = 20_000;

export interface LogState {
  /** Events on the disk. */
  readonly kept: number;
  /** Events that wait to be written. */
  readonly waiting: number;
  /** Old ones that were let go since the page was opened. */
  readonly pruned: number;
  readonly problem: SightlineError | undefined;
}

/**
 * The log of what happened. What comes is written in batches, one transaction each, so that
 * ten thousand events in a second are some of them; what is counted as kept is on the disk.
 */
export class EventLog {
  readonly #name: string | undefined;
  readonly #changes = new Listeners<LogState>();
  readonly #reader = new LogReader();
  #opening: Promise<EventStore<WatchEvent>> | undefined;
  #waiting: WatchEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #state: LogState = { kept: 0, waiting: 0, pruned: 0, problem: undefined };

  /** @param name Of the database; the app's own where it is left out. */
  constructor(name?: string) {
    this.#name = name;
  }

  get state(): LogState {
    return { ...this.#state, waiting: this.#waiting.length };
  }

  /** @returns unsubscribe. */
  onChange(listener: (state: LogState) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Counts what is there from before. */
  async open(): Promise<void> {
    await this.#guard(async (store) => {
      await this.#prune(store);
    });
  }

  add(events: readonly WatchEvent[]): void {
    this.#waiting.push(...events);
    this.#timer ??= setTimeout(() => {
      void this.flush();
    }, GATHER_MS);
  }

  /** Writes what waits. @returns When it is on the disk, or could not be written. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** The newest that are asked for, newest first; what waits is written before. */
  async newest(filter: LogFilter, most: number): Promise<readonly WatchEvent[]> {
    await this.flush();
    return (await this.#guard((store) => store.newest(logFilter(filter), most))) ?? [];
  }

  /** See `LogReader`; what waits is written before. */
  async look(
    filter: LogFilter,
    most: number,
    onListed?: (listed: readonly KeptEvent[]) => void,
  ): Promise<LogExtract | undefined> {
    await this.flush();
    return this.#guard((store) => this.#reader.look(store, filter, most, onListed));
  }

  /** Nobody looks any more: what was read is let go. */
  forget(): void {
    this.#reader.forget();
  }

  /** Deletes these, and their pictures. */
  async remove(events: readonly KeptEvent[]): Promise<void> {
    await this.flush();
    await this.#guard(async (store) => {
      await this.#reader.remove(store, events);
      this.#tell({ kept: await store.count() });
    });
  }

  /** Deletes all that are asked for, and their pictures. */
  async removeAll(filter: LogFilter): Promise<void> {
    if (isEmptyFilter(filter)) {
      await this.clear();
      return;
    }
    await this.flush();
    const found = await this.#guard((store) => this.#reader.find(store, filter));
    if (found !== undefined) await this.remove(found);
  }

  /** Deletes everything, pictures too. */
  async clear(): Promise<void> {
    await this.flush();
    await this.#guard(async (store) => {
      await store.clear();
      this.#tell({ kept: 0 });
    });
  }

  async close(): Promise<void> {
    await this.flush();
    (await this.#opening)?.close();
    this.#opening = undefined;
    this.#changes.clear();
  }

  async #write(): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    const isDone = await this.#guard(async (store) => {
      await this.#addOrMakeRoom(store, batch);
      return true;
    });
    // Those that could not be written wait for the next time, as far as memory may hold them.
    if (isDone === true) this.#waiting = this.#waiting.slice(batch.length);
    else this.#waiting = this.#waiting.slice(-MOST_WAITING);
    if (isDone === true) await this.#guard((store) => this.#prune(store));
  }

  async #addOrMakeRoom(store: EventStore<WatchEvent>, batch: readonly WatchEvent[]): Promise<void> {
    try {
      await store.add(batch);
    } catch (thrown) {
      if (!(thrown instanceof SightlineError) || thrown.code !== 'storage-full') throw thrown;
      const room = Math.ceil((await store.count()) * ROOM);
      await store.removeOldest(room);
      this.#tell({ pruned: this.#state.pruned + room });
      await store.add(batch);
    }
  }

  async #prune(store: EventStore<WatchEvent>): Promise<void> {
    const outdated = await store.removeBefore(oldestKept(Date.now()));
    const total = await store.count();
    const excess = surplus(total);
    await store.removeOldest(excess);
    this.#tell({
      kept: total - excess,
      pruned: this.#state.pruned + outdated + excess,
      problem: undefined,
    });
  }

  /** @returns `undefined` where it could not be done; the state then says why. */
  async #guard<T>(work: (store: EventStore<WatchEvent>) => Promise<T>): Promise<T | undefined> {
    try {
      this.#opening ??= EventStore.open<WatchEvent>(this.#name);
      return await work(await this.#opening);
    } catch (thrown) {
      // A database that was taken away is opened again the next time.
      this.#opening = undefined;
      this.#tell({ problem: toSightlineError(thrown, 'storage-unavailable') });
      return undefined;
    }
  }

  #tell(change: Partial<LogState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changes.emit(this.state);
  }
}
