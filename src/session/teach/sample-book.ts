import { SightlineError } from '../../domain/errors.js';
import { LONGEST_LABEL, type Sample, type SampleKind } from '../../domain/sample.js';
import type { SampleEntry, SampleStore, Undo } from '../../platform/sample-store.js';
import { summarise } from './label-summary.js';
import type { TeachStore } from './teach-store.js';

/** Changes that can be taken back. */
const MOST_UNDOS = 30;

/** The samples of the project: stored as they come, shown as they are, changes taken back. */
export class SampleBook {
  readonly #store: SampleStore;
  readonly #teach: TeachStore;
  readonly #undos: Undo[] = [];

  constructor(store: SampleStore, teach: TeachStore) {
    this.#store = store;
    this.#teach = teach;
  }

  /** Oldest first. */
  get samples(): readonly Sample[] {
    return this.#teach.state.samples;
  }

  get store(): SampleStore {
    return this.#store;
  }

  /** Shows what is stored. */
  async read(): Promise<void> {
    this.#show(await this.#store.all());
  }

  /**
   * Stores what belongs together.
   *
   * @returns Takes it back; `keepUndo` is for whoever wants a person to be able to.
   */
  async add(entry: SampleEntry): Promise<Undo> {
    const undo = await this.#store.addAll([entry]);
    this.#show([...this.samples, ...entry.samples]);
    return undo;
  }

  /** Stores several of them: all, or none when there is no room. */
  async addAll(entries: readonly SampleEntry[]): Promise<Undo> {
    const undo = await this.#store.addAll(entries);
    await this.read();
    return undo;
  }

  /** Makes a change one that a person can take back. */
  keepUndo(undo: Undo): void {
    this.#undos.push(undo);
    if (this.#undos.length > MOST_UNDOS) this.#undos.shift();
    this.#teach.set({ canUndo: true });
  }

  /** @throws SightlineError Why it could not be taken back; it still can be. */
  async undo(): Promise<void> {
    const undo = this.#undos.at(-1);
    if (undo === undefined) return;
    await undo();
    this.#undos.pop();
    this.#teach.set({ canUndo: this.#undos.length > 0 });
    await this.read();
  }

  /** Gives samples another label; an empty one says that nothing is to be found there. */
  async relabel(ids: readonly string[], label: string): Promise<void> {
    const name = label.trim() === '' ? '' : labelOf(label);
    const kind: SampleKind = name === '' ? 'negative' : 'example';
    this.keepUndo(await this.#store.relabel(ids, name, kind));
    await this.read();
  }

  /** Has samples that a head was wrong about count for more. */
  async confirm(ids: readonly string[]): Promise<void> {
    this.keepUndo(await this.#store.confirm(ids));
    await this.read();
  }

  /** Puts another sample of the same picture in the place of one. */
  async replace(id: string, other: Sample): Promise<void> {
    this.keepUndo(await this.#store.replace(id, other));
    await this.read();
  }

  /** Gives every sample of a label another one. */
  async rename(from: string, to: string): Promise<Undo> {
    const name = labelOf(to);
    const undos: Undo[] = [];
    for (const kind of ['example', 'negative'] as const) {
      const ids = this.samples.filter((sample) => sample.label === from && sample.kind === kind);
      if (ids.length === 0) continue;
      undos.unshift(
        await this.#store.relabel(
          ids.map(({ id }) => id),
          name,
          kind,
        ),
      );
    }
    await this.read();
    return allOf(undos);
  }

  async remove(ids: readonly string[]): Promise<void> {
    this.keepUndo(await this.#store.remove(ids));
    await this.read();
  }

  /** Deletes everything; this is not taken back. */
  async clear(): Promise<void> {
    await this.#store.remove(this.samples.map(({ id }) => id));
    this.#undos.length = 0;
    this.#teach.set({ canUndo: false });
    await this.read();
  }

  #show(samples: readonly Sample[]): void {
    this.#teach.set({ samples, ...summarise(samples) });
  }
}

/** Several changes as one, taken back in the order given. */
export function allOf(undos: readonly Undo[]): Undo {
  return async () => {
    for (const undo of undos) await undo();
  };
}

/**
 * A label as it is kept.
 *
 * @throws SightlineError `label-missing` where nothing is left of it.
 */
export function labelOf(written: string): string {
  const label = written.trim().slice(0, LONGEST_LABEL).trim();
  if (label === '') throw new SightlineError('label-missing');
  return label;
}
