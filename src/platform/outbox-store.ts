import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { closeForOthers, guarded } from './database.js';

/** A message that waits to be sent. */
export interface WaitingMessage {
  readonly url: string;
  /** JSON. */
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

interface Schema extends DBSchema {
  /** In the order in which they came; the key counts up. */
  messages: { key: number; value: WaitingMessage };
}

const NAME = 'sightline-outbox';
const VERSION = 1;

/**
 * Messages that wait to be sent, over a reload and a crash, oldest first.
 *
 * All methods reject with a `SightlineError`: `storage-full` or `storage-unavailable`.
 */
export class OutboxStore {
  readonly #database: IDBPDatabase<Schema>;
  readonly #isGone: () => boolean;

  private constructor(database: IDBPDatabase<Schema>, isGone: () => boolean) {
    this.#database = database;
    this.#isGone = isGone;
  }

  static async open(name = NAME): Promise<OutboxStore> {
    let isGone = false;
    return guarded(async () => {
      const database = await openDB<Schema>(name, VERSION, {
        upgrade: (fresh) => {
          fresh.createObjectStore('messages', { autoIncrement: true });
        },
        ...closeForOthers(() => {
          isGone = true;
        }),
      });
      return new OutboxStore(database, () => isGone);
    });
  }

  /** Deletes the database and all that is in it. */
  static async destroy(name = NAME): Promise<void> {
    await guarded(() => deleteDB(name));
  }

  /**
   * Adds one; once it resolves it is on the disk.
   *
   * @param most The oldest go where there would be more than these.
   * @returns How many went.
   */
  add(message: WaitingMessage, most: number): Promise<number> {
    return this.#run(async (database) => {
      const change = database.transaction('messages', 'readwrite', { durability: 'strict' });
      await change.store.add(message);
      const keys = await change.store.getAllKeys();
      const surplus = keys.slice(0, Math.max(0, keys.length - most));
      const last = surplus.at(-1);
      if (last !== undefined) await change.store.delete(IDBKeyRange.upperBound(last));
      await change.done;
      return surplus.length;
    });
  }

  count(): Promise<number> {
    return this.#run((database) => database.count('messages'));
  }

  /** The oldest one to an address that takes messages now. */
  first(
    isOpen: (url: string) => boolean,
  ): Promise<{ readonly key: number; readonly message: WaitingMessage } | undefined> {
    return this.#run(async (database) => {
      let cursor = await database.transaction('messages').store.openCursor();
      while (cursor !== null && !isOpen(cursor.value.url)) cursor = await cursor.continue();
      return cursor === null ? undefined : { key: cursor.key, message: cursor.value };
    });
  }

  async remove(key: number): Promise<void> {
    await this.#run((database) => database.delete('messages', key));
  }

  async clear(): Promise<void> {
    await this.#run((database) => database.clear('messages'));
  }

  close(): void {
    this.#database.close();
  }

  #run<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    return guarded(() => work(this.#database), this.#isGone);
  }
}
