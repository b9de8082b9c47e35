import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { AnchorView } from '../domain/detector-head/anchor-view.js';
import { closeForOthers, guarded } from './database.js';

/** What the network saw in a view; what is drawn in it is another matter. */
export type SeenView = Pick<AnchorView, 'features' | 'logits' | 'boxes'>;

/** Picture, and how it was looked at. */
export type ViewKey = readonly [pictureId: string, view: string];

interface Schema extends DBSchema {
  views: { key: [string, string]; value: SeenView };
  /** When each was last used, apart from them: they are half a megabyte each. */
  uses: { key: [string, string]; value: number; indexes: { time: number } };
}

const NAME = 'sightline-views';
const VERSION = 1;

/** Views that are kept, at a good half megabyte each; those used longest ago go first. */
const MOST_VIEWS = 300;

/**
 * What the network has seen in pictures that something is learnt from, in half
 * precision, so that learning again does not look again. A cache: what is missing in
 * it is looked at once more.
 *
 * All methods reject with a `SightlineError`: `storage-full` or `storage-unavailable`.
 */
export class ViewStore {
  readonly #database: IDBPDatabase<Schema>;
  readonly #isGone: () => boolean;
  readonly #most: number;

  private constructor(database: IDBPDatabase<Schema>, most: number, isGone: () => boolean) {
    this.#database = database;
    this.#most = most;
    this.#isGone = isGone;
  }

  /** @param most Views that are kept. */
  static async open(name = NAME, most = MOST_VIEWS): Promise<ViewStore> {
    let isGone = false;
    return guarded(async () => {
      const database = await openDB<Schema>(name, VERSION, {
        upgrade: (fresh) => {
          fresh.createObjectStore('views');
          fresh.createObjectStore('uses').createIndex('time', '');
        },
        ...closeForOthers(() => {
          isGone = true;
        }),
      });
      return new ViewStore(database, most, () => isGone);
    });
  }

  /** Deletes the database and all that is in it. */
  static async destroy(name = NAME): Promise<void> {
    await guarded(() => deleteDB(name));
  }

  /** Counts as a use. @returns `undefined` where it is not kept. */
  get([pictureId, view]: ViewKey): Promise<SeenView | undefined> {
    return this.#run(async (database) => {
      const change = database.transaction(['views', 'uses'], 'readwrite');
      const seen = await change.objectStore('views').get([pictureId, view]);
      if (seen !== undefined) await change.objectStore('uses').put(Date.now(), [pictureId, view]);
      await change.done;
      return seen;
    });
  }

  /** Keeps a view, and lets go of the one used longest ago where there are too many. */
  async put([pictureId, view]: ViewKey, seen: SeenView): Promise<void> {
    await this.#run(async (database) => {
      const change = database.transaction(['views', 'uses'], 'readwrite');
      const [views, uses] = [change.objectStore('views'), change.objectStore('uses')];
      await views.put(seen, [pictureId, view]);
      await uses.put(Date.now(), [pictureId, view]);
      let spare = (await uses.count()) - this.#most;
      let cursor = spare > 0 ? await uses.index('time').openCursor() : null;
      while (cursor !== null && spare-- > 0) {
        await views.delete(cursor.primaryKey);
        await cursor.delete();
        cursor = await cursor.continue();
      }
      await change.done;
    });
  }

  /** Deletes what was seen of other pictures. */
  async keepOnly(isWanted: (pictureId: string) => boolean): Promise<void> {
    await this.#run(async (database) => {
      const change = database.transaction(['views', 'uses'], 'readwrite');
      for (const key of await change.objectStore('views').getAllKeys()) {
        if (isWanted(key[0])) continue;
        await change.objectStore('views').delete(key);
        await change.objectStore('uses').delete(key);
      }
      await change.done;
    });
  }

  async count(): Promise<number> {
    return this.#run((database) => database.count('views'));
  }

  close(): void {
    this.#database.close();
  }

  #run<T>(run: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    return guarded(() => run(this.#database), this.#isGone);
  }
}
