import { surplusPictures } from '../domain/watch/event-pictures.js';
import { guarded } from './database.js';
import {
  EVENT_DATABASE,
  openEventDatabase,
  type EventDatabase,
  type EventPicture,
} from './event-database.js';

/**
 * Pictures and clips of events, beside the log in the same database.
 *
 * All methods reject with a `SightlineError`: `storage-full` or `storage-unavailable`.
 */
export class EventPictureStore {
  readonly #database: EventDatabase<unknown>;
  readonly #isGone: () => boolean;

  private constructor(database: EventDatabase<unknown>, isGone: () => boolean) {
    this.#database = database;
    this.#isGone = isGone;
  }

  static async open(name = EVENT_DATABASE): Promise<EventPictureStore> {
    const { database, isGone } = await openEventDatabase<unknown>(name);
    return new EventPictureStore(database, isGone);
  }

  /** Adds one, or puts it in the place of the one with its id; once it resolves it is on the disk. */
  async put(picture: EventPicture): Promise<void> {
    await this.#run(async (database) => {
      const change = database.transaction('pictures', 'readwrite', { durability: 'strict' });
      await Promise.all([change.store.put(picture), change.done]);
    });
  }

  /** All of one event. */
  of(eventId: string): Promise<EventPicture[]> {
    return this.#run((database) => database.getAllFromIndex('pictures', 'eventId', eventId));
  }

  /** All, oldest first. Blobs are read from the disk only when they are used. */
  all(): Promise<EventPicture[]> {
    return this.#run((database) => database.getAllFromIndex('pictures', 'time'));
  }

  /** Ids of all, from which the events that have some are told. */
  ids(): Promise<string[]> {
    return this.#run((database) => database.getAllKeys('pictures'));
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#run(async (database) => {
      const change = database.transaction('pictures', 'readwrite');
      await Promise.all([...ids.map((id) => change.store.delete(id)), change.done]);
    });
  }

  /** Lets go what is beyond `PICTURE_BOUNDS`. @returns How many those were. */
  async prune(now: number): Promise<number> {
    const gone = surplusPictures(await this.all(), now);
    await this.remove(gone);
    return gone.length;
  }

  /** Deletes so many of the oldest. */
  async removeOldest(count: number): Promise<void> {
    const all = await this.all();
    await this.remove(all.slice(0, count).map(({ id }) => id));
  }

  close(): void {
    this.#database.close();
  }

  #run<T>(work: (database: EventDatabase<unknown>) => Promise<T>): Promise<T> {
    return guarded(() => work(this.#database), this.#isGone);
  }
}
