import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Sample, SampleKind } from '../domain/sample.js';
import { closeForOthers, guarded } from './database.js';
import { Listeners } from './listeners.js';

/** A picture as it is kept. */
export interface StoredPicture {
  readonly id: string;
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
}

/** Features of a sample, so that training never looks at its picture again. */
export interface StoredFeatures {
  readonly sampleId: string;
  /** Which network gave them, and from where in it; others do not mix with them. */
  readonly extractor: string;
  readonly values: Float32Array;
}

/** A picture and what was labelled in it. */
export interface SampleEntry {
  readonly picture: StoredPicture;
  readonly samples: readonly Sample[];
  readonly features: readonly StoredFeatures[];
}

/** Takes a change back; does nothing the second time. */
export type Undo = () => Promise<void>;

/** What is taken and what there is, in bytes, as far as the browser tells. */
export interface StorageEstimate {
  readonly usage: number;
  readonly quota: number;
}

interface Schema extends DBSchema {
  pictures: { key: string; value: StoredPicture };
  samples: {
    key: string;
    value: Sample;
    indexes: { picture: string; time: number };
  };
  features: {
    key: [sampleId: string, extractor: string];
    value: StoredFeatures;
    indexes: { extractor: string };
  };
}

type StoreName = 'pictures' | 'samples' | 'features';
type Change = IDBPTransaction<Schema, StoreName[], 'readwrite'>;

const STORES: StoreName[] = ['pictures', 'samples', 'features'];
const VERSION = 1;

/**
 * Samples, their pictures and features in IndexedDB. Every change happens wholly
 * or not at all: a full disk in the middle of a recording costs the frame that did
 * not fit, and nothing before it.
 *
 * All methods reject with a `SightlineError`: `storage-full` or
 * `storage-unavailable`.
 */
export class SampleStore {
  readonly #database: IDBPDatabase<Schema>;
  readonly #changes = new Listeners<void>();
  readonly #isGone: () => boolean;

  private constructor(database: IDBPDatabase<Schema>, isGone: () => boolean) {
    this.#database = database;
    this.#isGone = isGone;
  }

  /** @param name Of the database; one for each project. */
  static async open(name = 'sightline-samples'): Promise<SampleStore> {
    let isGone = false;
    return guarded(async () => {
      const database = await openDB<Schema>(name, VERSION, {
        upgrade: (fresh) => {
          fresh.createObjectStore('pictures', { keyPath: 'id' });
          const samples = fresh.createObjectStore('samples', { keyPath: 'id' });
          samples.createIndex('picture', 'pictureId');
          samples.createIndex('time', 'time');
          const features = fresh.createObjectStore('features', {
            keyPath: ['sampleId', 'extractor'],
          });
          features.createIndex('extractor', 'extractor');
        },
        ...closeForOthers(() => {
          isGone = true;
        }),
      });
      return new SampleStore(database, () => isGone);
    });
  }

  /** Deletes a database and all that is in it. */
  static async destroy(name = 'sightline-samples'): Promise<void> {
    await guarded(() => deleteDB(name));
  }

  /** Keeps what is stored from being cleared when the disk gets full. @returns Whether the browser agreed. */
  static async persist(): Promise<boolean> {
    return navigator.storage.persist().catch(() => false);
  }

  static async estimate(): Promise<StorageEstimate> {
    const { usage = 0, quota = Infinity } = await navigator.storage.estimate();
    return { usage, quota };
  }

  /** Adds samples with the picture that they lie in, and features where they are known already. */
  add(
    picture: StoredPicture,
    samples: readonly Sample[],
    features: readonly StoredFeatures[] = [],
  ): Promise<Undo> {
    return this.addAll([{ picture, samples, features }]);
  }

  /** Adds several pictures with their samples, all of them or none. */
  async addAll(entries: readonly SampleEntry[]): Promise<Undo> {
    await this.#change(async (change) => {
      for (const { picture, samples, features } of entries) {
        await change.objectStore('pictures').put(picture);
        await putAll(change, samples, features);
      }
    });
    const ids = entries.flatMap(({ samples }) => samples.map(({ id }) => id));
    return this.#undo(() => this.#delete(ids));
  }

  /** All samples, oldest first. */
  all(): Promise<Sample[]> {
    return this.#read((database) => database.getAllFromIndex('samples', 'time'));
  }

  /** @returns `undefined` when the picture is gone. */
  picture(id: string): Promise<StoredPicture | undefined> {
    return this.#read((database) => database.get('pictures', id));
  }

  /** What one extractor has given so far, by sample. */
  async features(extractor: string): Promise<Map<string, Float32Array>> {
    const found = await this.#read((database) =>
      database.getAllFromIndex('features', 'extractor', extractor),
    );
    return new Map(found.map(({ sampleId, values }) => [sampleId, values]));
  }

  /** Adds features of samples that are still there. */
  async putFeatures(features: readonly StoredFeatures[]): Promise<void> {
    await this.#change(async (change) => {
      for (const entry of features) {
        const isThere = (await change.objectStore('samples').getKey(entry.sampleId)) !== undefined;
        if (isThere) await change.objectStore('features').put(entry);
      }
    });
  }

  /** Gives samples another label, or makes them negatives of one. */
  relabel(ids: readonly string[], label: string, kind: SampleKind): Promise<Undo> {
    return this.#alter(ids, { label, kind });
  }

  /** Notes that a person stands by the labels of samples; see `Sample.confirmed`. */
  confirm(ids: readonly string[]): Promise<Undo> {
    return this.#alter(ids, { confirmed: true });
  }

  async #alter(ids: readonly string[], changes: Partial<Sample>): Promise<Undo> {
    const before: Sample[] = [];
    await this.#change(async (change) => {
      const samples = change.objectStore('samples');
      for (const id of ids) {
        const sample = await samples.get(id);
        if (sample === undefined) continue;
        before.push(sample);
        await samples.put({ ...sample, ...changes });
      }
    });
    return this.#undo(() =>
      this.#change(async (change) => {
        await putAll(change, before, []);
      }),
    );
  }

  /** Puts another sample of the same picture in the place of one. */
  async replace(id: string, other: Sample): Promise<Undo> {
    const samples: Sample[] = [];
    const features: StoredFeatures[] = [];
    await this.#change(async (change) => {
      const sample = await change.objectStore('samples').get(id);
      if (sample === undefined) return;
      samples.push(sample);
      features.push(...(await takeOut(change, id)));
      await change.objectStore('samples').put(other);
    });
    return this.#undo(() =>
      this.#change(async (change) => {
        if (samples.length > 0) await takeOut(change, other.id);
        await putAll(change, samples, features);
      }),
    );
  }

  /** Deletes samples, and the pictures that no other sample lies in. */
  async remove(ids: readonly string[]): Promise<Undo> {
    const { samples, pictures, features } = await this.#delete(ids);
    return this.#undo(() =>
      this.#change(async (change) => {
        for (const picture of pictures) await change.objectStore('pictures').put(picture);
        await putAll(change, samples, features);
      }),
    );
  }

  /** Called after every change. @returns unsubscribe. */
  onChange(listener: () => void): () => void {
    return this.#changes.add(listener);
  }

  close(): void {
    this.#changes.clear();
    this.#database.close();
  }

  async #delete(
    ids: readonly string[],
  ): Promise<{ samples: Sample[]; pictures: StoredPicture[]; features: StoredFeatures[] }> {
    const samples: Sample[] = [];
    const pictures: StoredPicture[] = [];
    const features: StoredFeatures[] = [];
    await this.#change(async (change) => {
      for (const id of ids) {
        const sample = await change.objectStore('samples').get(id);
        if (sample === undefined) continue;
        samples.push(sample);
        features.push(...(await takeOut(change, id)));
      }
      for (const pictureId of new Set(samples.map((sample) => sample.pictureId))) {
        const left = await change.objectStore('samples').index('picture').count(pictureId);
        const picture = await change.objectStore('pictures').get(pictureId);
        if (left > 0 || picture === undefined) continue;
        pictures.push(picture);
        await change.objectStore('pictures').delete(pictureId);
      }
    });
    return { samples, pictures, features };
  }

  #read<T>(run: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    return guarded(() => run(this.#database), this.#isGone);
  }

  /** One transaction over everything; whatever fails in it undoes all of it. */
  async #change(run: (change: Change) => Promise<void>): Promise<void> {
    await guarded(async () => {
      const change = this.#database.transaction(STORES, 'readwrite');
      // What goes wrong in the run ends the transaction, whose own rejection says no more.
      change.done.catch(() => undefined);
      try {
        await run(change);
      } catch (thrown) {
        abortQuietly(change);
        throw thrown;
      }
      await change.done;
    }, this.#isGone);
    this.#changes.emit();
  }

  #undo(run: () => Promise<unknown>): Undo {
    let isDone = false;
    return async () => {
      if (isDone) return;
      isDone = true;
      try {
        await run();
      } catch (thrown) {
        isDone = false;
        throw thrown;
      }
    };
  }
}

/** Deletes a sample and its features. @returns The features. */
async function takeOut(change: Change, id: string): Promise<StoredFeatures[]> {
  await change.objectStore('samples').delete(id);
  // All keys that begin with this sample: an array sorts after every string.
  const own = IDBKeyRange.bound([id], [id, []]);
  const features = await change.objectStore('features').getAll(own);
  await change.objectStore('features').delete(own);
  return features;
}

async function putAll(
  change: Change,
  samples: readonly Sample[],
  features: readonly StoredFeatures[],
): Promise<void> {
  for (const sample of samples) await change.objectStore('samples').put(sample);
  for (const entry of features) await change.objectStore('features').put(entry);
}

function abortQuietly(change: Change): void {
  try {
    change.abort();
  } catch {
    // It has ended by itself.
  }
}
