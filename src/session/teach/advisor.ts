import { hints, type Hint } from '../../domain/quality/hints.js';
import type { SplitItem } from '../../domain/quality/split.js';
import { duplicatePairs } from './duplicate-pairs.js';
import type { FeatureBank } from './feature-bank.js';
import { comparedMaps } from './feature-rows.js';
import { digestOf } from './label-summary.js';
import type { TeachStore } from './teach-store.js';
import type { TeachState } from './types.js';

/** Milliseconds after the last change: while somebody records there is a change at every glance. */
const DELAY = 400;
/** Beyond so many examples, looking for near-duplicates is left to training. */
const MOST_COMPARED = 1000;

export interface AdvisorParts {
  readonly teach: TeachStore;
  readonly bank: FeatureBank;
  /** The model whose features there are, while one is loaded. */
  readonly model: () => string | undefined;
  /** Digest of the samples that the project's head was trained on, if there is one. */
  readonly trainedOn: () => string | undefined;
}

/** Tells what to do next, and whether the head knows all samples. */
export class Advisor {
  readonly #parts: AdvisorParts;
  readonly #unsubscribe: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #seen: Pick<TeachState, 'samples' | 'heads'> | undefined;

  constructor(parts: AdvisorParts) {
    this.#parts = parts;
    this.#unsubscribe = parts.teach.subscribe(({ samples, heads }) => {
      if (samples === this.#seen?.samples && heads === this.#seen.heads) return;
      this.#seen = { samples, heads };
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        // Nothing depends on advice: without a working storage other things say so.
        this.advise().catch(() => undefined);
      }, DELAY);
    });
  }

  /** Brings hints and the mark of an outdated head up to date. */
  async advise(): Promise<void> {
    const { teach, trainedOn } = this.#parts;
    const { samples } = teach.state;
    const digest = trainedOn();
    const isOutdated = digest !== undefined && digest !== digestOf(samples);
    const advice = await this.#hints(teach.state);
    if (teach.state.samples === samples) teach.set({ isOutdated, hints: advice });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  async #hints({ samples, background, settings, heads }: TeachState): Promise<readonly Hint[]> {
    const examples = samples.filter(({ kind }) => kind === 'example');
    if (examples.length === 0) return [];
    const items = examples.map(({ label, burst, pictureId }): SplitItem => {
      return { label, burst, image: pictureId };
    });
    // A room without it is something to tell one thing from.
    const room: SplitItem[] = background > 0 ? [{ label: '', burst: '', image: '' }] : [];
    const model = this.#parts.model();
    let duplicates: [number, number][] = [];
    if (model !== undefined && examples.length <= MOST_COMPARED) {
      const maps = comparedMaps(settings.maps);
      const rows = await this.#parts.bank.known(examples, { model, maps });
      duplicates = await duplicatePairs(
        examples.map(({ id, label, burst, pictureId }) => {
          const features = rows.get(id) ?? new Float32Array();
          return { label, burst, image: pictureId, features };
        }),
      );
    }
    const confusion = heads.find(({ report }) => report !== undefined)?.report?.confusion;
    const all = hints([...items, ...room], duplicates, confusion);
    return all.filter((hint) => hint.kind === 'one-label' || hint.label !== '');
  }
}
