import type { Sample } from '../../domain/sample.js';
import { SampleStore, type StoredFeatures, type Undo } from '../../platform/sample-store.js';
import { entriesOf, isUsable } from './feature-rows.js';
import type { FeatureBank } from './feature-bank.js';
import { newId } from './new-id.js';
import type { Catch, RowSource } from './recorder.js';
import type { SampleBook } from './sample-book.js';
import type { TeachStore } from './teach-store.js';
import type { TeachView } from './view.js';

export interface KeeperParts {
  readonly view: TeachView;
  readonly teach: TeachStore;
  readonly book: SampleBook;
  readonly bank: FeatureBank;
}

/** Takes what was caught into the book, and sees to the features that are still missing. */
export class Keeper {
  readonly #view: TeachView;
  readonly #teach: TeachStore;
  readonly #book: SampleBook;
  readonly #bank: FeatureBank;
  readonly #onKept: () => void;
  #isPersistent = false;

  /** @param onKept Told of every picture that was kept. */
  constructor({ view, teach, book, bank }: KeeperParts, onKept: () => void) {
    this.#view = view;
    this.#teach = teach;
    this.#book = book;
    this.#bank = bank;
    this.#onKept = onKept;
  }

  /** @throws SightlineError `storage-full` or `storage-unavailable`; then nothing of it is kept. */
  async keep({ snapshot, boxes, burst, source, features: rows }: Catch): Promise<Undo> {
    const blob = await snapshot.encode();
    const pictureId = newId();
    const time = Date.now();
    const features: StoredFeatures[] = [];
    const samples: Sample[] = [];
    for (const { row, base, ...box } of boxes) {
      const id = newId();
      const known = base === undefined ? {} : { base };
      samples.push({ id, pictureId, ...box, ...known, source, burst, time });
      if (row !== undefined) features.push(...this.#entries(id, row, rows));
    }
    const undo = await this.#book.add({
      picture: { id: pictureId, blob, ...snapshot.size },
      samples,
      features,
    });
    await this.#bank.note(features);
    this.#onKept();
    if (!this.#isPersistent) {
      this.#isPersistent = true;
      void SampleStore.persist();
    }
    this.fillSoon(samples);
    return undo;
  }

  /**
   * Computes missing features while nobody waits for them. What fails here is tried
   * again when it is needed.
   */
  fillSoon(samples: readonly Sample[]): void {
    const model = this.model;
    if (model === undefined) return;
    const { maps, flip } = this.#teach.state.settings;
    this.#bank.fill(samples, { model, maps, flip }).catch(() => undefined);
  }

  /** The model whose features there are; `undefined` while none is loaded. */
  get model(): string | undefined {
    const { engine } = this.#view.session.state;
    return engine.phase === 'ready' ? engine.info.model.id : undefined;
  }

  #entries(id: string, row: Float32Array, rows: RowSource): StoredFeatures[] {
    const model = this.model;
    return model === undefined || !isUsable(row) ? [] : entriesOf(id, row, { model, ...rows });
  }
}
