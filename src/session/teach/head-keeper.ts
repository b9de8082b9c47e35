import { SightlineError } from '../../domain/errors.js';
import type { Head } from '../../domain/head.js';
import type { StoredHead } from '../../platform/head-store.js';
import type { HeadStore } from '../../platform/head-store.js';
import type { EngineInfo } from '../../protocol/index.js';
import type { Namer } from './namer.js';
import type { TeachStore } from './teach-store.js';
import type { InterruptedTraining } from './training-memory.js';
import type { QualityReport } from './types.js';

export type TeachHeadStore = HeadStore<QualityReport, InterruptedTraining>;
type Kept = StoredHead<QualityReport>;

/** The heads of the project: stored, shown, and asked while they are on. */
export class HeadKeeper {
  readonly #store: TeachHeadStore;
  readonly #teach: TeachStore;
  readonly #namer: Namer;
  /** Learns how many numbers the heads' maps give. */
  readonly #channels: Map<string, number>;
  #kept: readonly Kept[] = [];
  #info: EngineInfo | undefined;

  constructor(
    store: TeachHeadStore,
    teach: TeachStore,
    namer: Namer,
    channels: Map<string, number>,
  ) {
    this.#store = store;
    this.#teach = teach;
    this.#namer = namer;
    this.#channels = channels;
  }

  get all(): readonly Head[] {
    return this.#kept.map(({ head }) => head);
  }

  /** Id of the head that was trained here. */
  get ownId(): string | undefined {
    return this.#own?.id;
  }

  /** What it was trained on; see `digestOf`. */
  get trainedOn(): string | undefined {
    return this.#own?.trainedOn;
  }

  get #own(): Kept | undefined {
    return this.#kept.find(({ trainedOn }) => trainedOn !== undefined);
  }

  async read(): Promise<void> {
    this.#show(await this.#store.all());
  }

  /** What runs; heads for another model, or for maps that it does not have, are not asked. */
  set info(info: EngineInfo | undefined) {
    this.#info = info;
    this.#ask();
  }

  /** @throws SightlineError `head-incompatible` */
  assertFits({ source, name }: Head): void {
    const model = this.#info?.model;
    if (model === undefined) return;
    const hasMaps = source.maps.every((map) => model.featureMaps.includes(map));
    if (source.model !== model.id || !hasMaps) {
      throw new SightlineError('head-incompatible', `"${name}" was made for ${source.model}`);
    }
  }

  /** Adds heads, or replaces those of the same ids. */
  async put(heads: readonly Omit<Kept, 'id'>[]): Promise<void> {
    const added = heads.map((entry) => ({ ...entry, id: entry.head.id }));
    await this.#store.put(added);
    const ids = new Set(added.map(({ id }) => id));
    const others = this.#kept.filter(({ id }) => !ids.has(id));
    this.#show([...others, ...added]);
  }

  async setOn(id: string, isOn: boolean): Promise<void> {
    const kept = this.#kept.find((entry) => entry.id === id);
    if (kept === undefined || kept.isOn === isOn) return;
    const changed = { ...kept, isOn };
    await this.#store.put([changed]);
    this.#show(this.#kept.map((entry) => (entry.id === id ? changed : entry)));
  }

  async remove(id: string): Promise<void> {
    await this.#store.remove([id]);
    this.#show(this.#kept.filter((entry) => entry.id !== id));
  }

  /**
   * Has heads call it otherwise, without having them learn anew.
   *
   * @param digests Of the samples, before and after they were renamed.
   */
  async rename(
    from: string,
    to: string,
    digests: { readonly before: string; readonly after: string },
  ): Promise<void> {
    const renamed = this.#kept
      .filter(({ head }) => head.labels.includes(from) && !head.labels.includes(to))
      .map((kept) => ({
        ...kept,
        trainedOn: kept.trainedOn === digests.before ? digests.after : kept.trainedOn,
        head: {
          ...kept.head,
          labels: kept.head.labels.map((label) => (label === from ? to : label)),
        },
      }));
    if (renamed.length === 0) return;
    await this.#store.put(renamed);
    const byId = new Map(renamed.map((kept) => [kept.id, kept]));
    this.#show(this.#kept.map((kept) => byId.get(kept.id) ?? kept));
  }

  async clear(): Promise<void> {
    await this.#store.clear();
    this.#show([]);
  }

  #show(kept: readonly Kept[]): void {
    this.#kept = kept;
    this.#teach.set({ heads: kept.map(({ head, isOn, report }) => ({ head, isOn, report })) });
    for (const { head } of kept) {
      head.source.maps.forEach((map, index) => {
        this.#channels.set(map, head.source.channels[index] ?? 0);
      });
    }
    this.#ask();
  }

  #ask(): void {
    this.#namer.heads = this.#kept
      .filter(({ isOn, head }) => isOn && this.#fits(head))
      .map(({ head }) => head);
  }

  #fits(head: Head): boolean {
    if (this.#info === undefined) return false;
    try {
      this.assertFits(head);
      return true;
    } catch {
      return false;
    }
  }
}
