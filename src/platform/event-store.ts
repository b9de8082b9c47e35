import { guarded } from './database.js';
import {
  destroyEventDatabase,
  EVENT_DATABASE,
  openEventDatabase,
  type EventDatabase,
} from './event-database.js';

/** So many are read at once: fewer make more turns, more make long tasks. */
const CHUNK = 5000;

/**
 * A log of events in IndexedDB, oldest first by key.
 *
 * All methods reject with a `SightlineError`: `storage-full` or `storage-unavailable`.
 */
export class EventStore<Event extends { readonly time: number }> {
  readonly #database: EventDatabase<Event>;
  readonly #isGone: () => boolean;

  private constructor(database: EventDatabase<Event>, isGone: () => boolean) {
    this.#database = database;
    this.#isGone = isGone;
  }

  static async open<Event extends { readonly time: number }>(
    name = EVENT_DATABASE,
  ): Promise<EventStore<Event>> {
    const { database, isGone } = await openEventDatabase<Event>(name);
    return new EventStore(database, isGone);
  }

  /** Deletes the database and all that is in it, pictures too. */
  static async destroy(name = EVENT_DATABASE): Promise<void> {
    await destroyEventDatabase(name);
  }

  /** Adds all of them or none; once it resolves they are on the disk. */
  async add(events: readonly Event[]): Promise<void> {
    await this.#run(async (database) => {
      const change = database.transaction('events', 'readwrite', { durability: 'strict' });
      await Promise.all([...events.map((event) => change.store.add(event)), change.done]);
    });
  }

  count(): Promise<number> {
    return this.#run((database) => database.count('events'));
  }

  /** How many are older than a moment. */
  countBefore(time: number): Promise<number> {
    return this.#run((database) =>
      database.countFromIndex('events', 'time', IDBKeyRange.upperBound(time, true)),
    );
  }

  /**
   * The newest events that are asked for, newest first.
   *
   * @param isWanted Tells which.
   * @param most No more than these.
   */
  async newest(isWanted: (event: Event) => boolean, most: number): Promise<Event[]> {
    const found: Event[] = [];
    const [first, last] = await Promise.all([this.#endKey('next'), this.#endKey('prev')]);
    if (first === undefined || last === undefined) return found;
    for (let high = last; high >= first && found.length < most; high -= CHUNK) {
      const range = IDBKeyRange.bound(high - CHUNK + 1, high);
      const chunk = await this.#run((database) => database.getAll('events', range));
      for (const event of chunk.reverse()) {
        if (found.length < most && isWanted(event)) found.push(event);
      }
    }
    return found;
  }

  /** Deletes so many of the oldest, and the pictures that are older than what stays. */
  async removeOldest(count: number): Promise<void> {
    if (count <= 0) return;
    await this.#run(async (database) => {
      const change = database.transaction(['events', 'pictures'], 'readwrite');
      const events = change.objectStore('events');
      const keys = await events.getAllKeys(undefined, count);
      const last = keys.at(-1);
      if (last !== undefined) await events.delete(IDBKeyRange.upperBound(last));
      const first = await events.openCursor();
      const before = first === null ? undefined : IDBKeyRange.upperBound(first.value.time, true);
      const pictures = change.objectStore('pictures');
      const outdated = await pictures.index('time').getAllKeys(before);
      await Promise.all(outdated.map((key) => pictures.delete(key)));
      await change.done;
    });
  }

  /** Deletes everything, pictures too. */
  async clear(): Promise<void> {
    await this.#run(async (database) => {
      const change = database.transaction(['events', 'pictures'], 'readwrite');
      await Promise.all([
        change.objectStore('events').clear(),
        change.objectStore('pictures').clear(),
        change.done,
      ]);
    });
  }

  close(): void {
    this.#database.close();
  }

  /** The key of the oldest event, or of the newest. */
  async #endKey(direction: 'next' | 'prev'): Promise<number | undefined> {
    const cursor = await this.#run((database) =>
      database.transaction('events').store.openKeyCursor(undefined, direction),
    );
    return cursor?.key;
  }

  #run<T>(work: (database: EventDatabase<Event>) => Promise<T>): Promise<T> {
    return guarded(() => work(this.#database), this.#isGone);
  }
}
