import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Head } from '../domain/head.js';
import type { TravellingFind } from '../domain/project/find-file.js';
import { closeForOthers, guarded } from './database.js';

/** A head as it is kept. */
export interface StoredHead<Report> {
  readonly id: string;
  readonly head: Head;
  readonly isOn: boolean;
  /** How good it is; of heads that were trained here. */
  readonly report: Report | undefined;
  /** What it was trained on, to tell whether samples have changed since. */
  readonly trainedOn: string | undefined;
}

/** Something that is found by itself, as it is kept. */
export interface StoredClass extends TravellingFind {
  readonly id: string;
}

interface Schema extends DBSchema {
  heads: { key: string; value: StoredHead<unknown> };
  /** A training under way, under one key. */
  training: { key: string; value: unknown };
  /** Features of what is bundled, by extractor. */
  bundled: { key: string; value: readonly Float32Array[] };
  classes: { key: string; value: StoredClass };
  /** The label that is learnt to be found, under one key. */
  finding: { key: string; value: string };
}

const NAME = 'sightline-heads';
const VERSION = 2;
const CURRENT = 'current';

/**
 * Heads, a training that is under way, and features of the bundled negatives, in
 * IndexedDB; apart from samples, so that live naming never opens those.
 *
 * All methods reject with a `SightlineError`: `storage-full` or
 * `storage-unavailable`.
 */
export class HeadStore<Report, Training> {
  readonly #database: IDBPDatabase<Schema>;
  readonly #isGone: () => boolean;

  private constructor(database: IDBPDatabase<Schema>, isGone: () => boolean) {
    this.#database = database;
    this.#isGone = isGone;
  }

  static async open<Report, Training>(name = NAME): Promise<HeadStore<Report, Training>> {
    let isGone = false;
    return guarded(async () => {
      const database = await openDB<Schema>(name, VERSION, {
        upgrade: (fresh, before) => {
          if (before < 1) {
            fresh.createObjectStore('heads', { keyPath: 'id' });
            fresh.createObjectStore('training');
            fresh.createObjectStore('bundled');
          }
          fresh.createObjectStore('classes', { keyPath: 'id' });
          fresh.createObjectStore('finding');
        },
        ...closeForOthers(() => {
          isGone = true;
        }),
      });
      return new HeadStore(database, () => isGone);
    });
  }

  /** Deletes the database and all that is in it. */
  static async destroy(name = NAME): Promise<void> {
    await guarded(() => deleteDB(name));
  }

  /** Oldest first. */
  async all(): Promise<StoredHead<Report>[]> {
    const all = await this.#run((database) => database.getAll('heads'));
    // Only this class writes there.
    return (all as StoredHead<Report>[]).sort((a, b) => a.head.created - b.head.created);
  }

  async put(heads: readonly StoredHead<Report>[]): Promise<void> {
    await this.#run(async (database) => {
      const change = database.transaction('heads', 'readwrite');
      await Promise.all([...heads.map((head) => change.store.put(head)), change.done]);
    });
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.#run(async (database) => {
      const change = database.transaction('heads', 'readwrite');
      await Promise.all([...ids.map((id) => change.store.delete(id)), change.done]);
    });
  }

  training(): Promise<Training | undefined> {
    return this.#run((database) => database.get('training', CURRENT)) as Promise<
      Training | undefined
    >;
  }

  /** @param training `undefined` when none is under way any more. */
  async putTraining(training: Training | undefined): Promise<void> {
    await this.#run(async (database) => {
      if (training === undefined) await database.delete('training', CURRENT);
      else await database.put('training', training, CURRENT);
    });
  }

  bundled(extractor: string): Promise<readonly Float32Array[] | undefined> {
    return this.#run((database) => database.get('bundled', extractor));
  }

  async putBundled(extractor: string, rows: readonly Float32Array[]): Promise<void> {
    await this.#run(async (database) => {
      await database.put('bundled', rows, extractor);
    });
  }

  /** Oldest first. */
  async classes(): Promise<StoredClass[]> {
    const all = await this.#run((database) => database.getAll('classes'));
    return all.sort((a, b) => a.taught.created - b.taught.created);
  }

  async putClasses(classes: readonly StoredClass[]): Promise<void> {
    await this.#run(async (database) => {
      const change = database.transaction('classes', 'readwrite');
      await Promise.all([...classes.map((each) => change.store.put(each)), change.done]);
    });
  }

  async removeClass(id: string): Promise<void> {
    await this.#run((database) => database.delete('classes', id));
  }

  /** The label that was being learnt when the page went. */
  finding(): Promise<string | undefined> {
    return this.#run((database) => database.get('finding', CURRENT));
  }

  /** @param label `undefined` when none is being learnt any more. */
  async putFinding(label: string | undefined): Promise<void> {
    await this.#run(async (database) => {
      if (label === undefined) await database.delete('finding', CURRENT);
      else await database.put('finding', label, CURRENT);
    });
  }

  /** Deletes heads, classes and trainings; what is bundled stays. */
  async clear(): Promise<void> {
    const names = ['heads', 'training', 'classes', 'finding'] as const;
    await this.#run(async (database) => {
      await Promise.all(names.map((name) => database.clear(name)));
    });
  }

  close(): void {
    this.#database.close();
  }

  #run<T>(run: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    return guarded(() => run(this.#database), this.#isGone);
  }
}
