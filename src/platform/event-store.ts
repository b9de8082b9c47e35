import { guarded } from './database.js';
import {
  destroyEventDatabase,
  EVENT_DATABASE,
  openEventDatabase,
  type EventDatabase,
} from './event-database.js';

/** So many are read at once: fewer make more turns, more make long tasks. */
const CHUNK = 2500;

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

  /**
   * Goes through all events, newest first.
   *
   * @param visit Told each event and its key; `false` ends it.
   */
  async visit(visit: (event: Event, key: number) => boolean): Promise<void> {
    const [first, last] = await Promise.all([this.#endKey('next'), this.#endKey('prev')]);
    if (first === undefined || last === undefined) return;
    for (let high = last; high >= first; high -= CHUNK) {
      const range = IDBKeyRange.bound(high - CHUNK + 1, high);
      const [events, keys] = await this.#run(async (database) => {
        const { store } = database.transaction('events');
        return Promise.all([store.getAll(range), store.getAllKeys(range)]);
      });
      for (let index = events.length - 1; index >= 0; index--) {
        const [event, key] = [events[index], keys[index]];
        if (event !== undefined && key !== undefined && !visit(event, key)) return;
      }
    }
  }

  /**
   * The newest events that are asked for, newest first.
   *
   * @param isWanted Tells which.
   * @param most No more than these.
   */
  async newest(isWanted: (event: Event) => boolean, most: number): Promise<Event[]> {
    const found: Event[] = [];
    await this.visit((event) => {
      if (isWanted(event)) found.push(event);
      return found.length < most;
    });
    return found;
  }

  /**
   * Deletes events, and the pictures of those.
   *
   * @param keys In any order; those that are gone already do no harm.
   * @param ids `eventId` of each.
   */
  async remove(keys: readonly number[], ids: ReadonlySet<string>): Promise<void> {
    await this.#run(async (database) => {
      const change = database.transaction(['events', 'pictures'], 'readwrite');
      const events = change.objectStore('events');
      const pictures = change.objectStore('pictures');
      const gone = keyRuns(keys).map(([low, high]) => events.delete(IDBKeyRange.bound(low, high)));
      let cursor = await pictures.index('eventId').openKeyCursor();
      while (cursor !== null) {
        if (ids.has(cursor.key)) gone.push(pictures.delete(cursor.primaryKey));
        cursor = await cursor.continue();
      }
      await Promise.all([...gone, change.done]);
    });
  }

  /**
   * Deletes what is older than a moment by its own time, wherever it stands: a clock that was
   * wrong for a while has put old times among new ones.
   *
   * @returns How many events those were.
   */
  async removeBefore(time: number): Promise<number> {
    const range = IDBKeyRange.upperBound(time, true);
    return this.#run(async (database) => {
      const change = database.transaction(['events', 'pictures'], 'readwrite');
      const events = change.objectStore('events');
      const pictures = change.objectStore('pictures');
      const keys = await events.index('time').getAllKeys(range);
      const outdated = await pictures.index('time').getAllKeys(range);
      await Promise.all([
        ...keyRuns(keys).map(([low, high]) => events.delete(IDBKeyRange.bound(low, high))),
        ...outdated.map((key) => pictures.delete(key)),
        change.done,
      ]);
      return keys.length;
    });
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

/** Keys as spans of those that follow each other, so that a hundred thousand go in one stroke. */
function keyRuns(keys: readonly number[]): (readonly [low: number, high: number])[] {
  const runs: [number, number][] = [];
  for (const key of [...keys].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && key <= run[1] + 1) run[1] = key;
    else runs.push([key, key]);
  }
  return runs;
}
