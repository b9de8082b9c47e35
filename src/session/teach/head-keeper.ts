import type { Head } from '../../domain/head.js';
import type { StoredHead } from '../../platform/head-store.js';
import type { HeadStore } from '../../platform/head-store.js';
import type { TravellingHead } from '../../domain/project/head-file.js';
import type { Roster } from './roster.js';
import type { TeachStore } from './teach-store.js';
import type { InterruptedTraining } from './training-memory.js';
import type { QualityReport } from './types.js';

export type TeachHeadStore = HeadStore<QualityReport, InterruptedTraining>;
type Kept = StoredHead<QualityReport>;

/** The heads of the project: stored, shown, and asked while they are on. */
export class HeadKeeper {
  readonly #store: TeachHeadStore;
  readonly #teach: TeachStore;
  readonly #roster: Roster;
  #kept: readonly Kept[] = [];

  constructor(store: TeachHeadStore, teach: TeachStore, roster: Roster) {
    this.#store = store;
    this.#teach = teach;
    this.#roster = roster;
  }

  get all(): readonly Head[] {
    return this.#kept.map(({ head }) => head);
  }

  /** The same, with what they take along to another device. */
  get travelling(): readonly TravellingHead[] {
    return this.#kept.map(({ head, isOn, trainedOn }) => ({ head, isOn, trainedOn }));
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

  /** @throws SightlineError `head-incompatible` */
  assertFits(head: Head): void {
    this.#roster.assertFits(head);
  }

  /** Adds heads, or replaces those of the same ids. */
  async put(heads: readonly Omit<Kept, 'id'>[]): Promise<void> {
    const added = heads.map((entry) => ({ ...entry, id: entry.head.id }));
    await this.#store.put(added);
    const ids = new Set(added.map(({ id }) => id));
    const others = this.#kept.filter(({ id }) => !ids.has(id));
    this.#show([...others, ...added]);
  }

  /**
   * Adds heads that come from elsewhere; those that are here already stay as they are.
   *
   * @returns How many were added.
   */
  async adopt(heads: readonly TravellingHead[]): Promise<number> {
    const fresh = heads.filter(({ head }) => !this.#kept.some(({ id }) => id === head.id));
    if (fresh.length === 0) return 0;
    // A project has one head of its own.
    const hasOwn = this.#own !== undefined;
    await this.put(
      fresh.map((each) => ({
        ...each,
        trainedOn: hasOwn ? undefined : each.trainedOn,
        report: undefined,
      })),
    );
    return fresh.length;
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
    this.#roster.keep(kept.filter(({ isOn }) => isOn).map(({ head }) => head));
  }
}
