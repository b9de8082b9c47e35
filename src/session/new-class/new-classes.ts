import { isAbort, SightlineError, toSightlineError } from '../../domain/errors.js';
import { lessonsOf } from '../../domain/detector-head/lessons-of-samples.js';
import type { TaughtClass } from '../../domain/detector-head/taught-class.js';
import { MOST_TAUGHT } from '../../domain/model-manifest.js';
import type { TravellingFind } from '../../domain/project/find-file.js';
import type { Sample } from '../../domain/sample.js';
import type { HeadStore, StoredClass } from '../../platform/head-store.js';
import type { ClassTrainer, Engine } from '../../protocol/index.js';
import { newId } from '../teach/new-id.js';
import type { SampleBook } from '../teach/sample-book.js';
import type { TeachStore } from '../teach/teach-store.js';
import { findBeginning, findCandidate } from './find-candidate.js';
import { learnClass } from './learn-class.js';
import { isOutdated, lessonsDigest } from './learnt-from.js';
import { LookAhead } from './look-ahead.js';
import { picturesToLearn, viewMemory, type PictureSources } from './pictures-to-learn.js';
import type { FindingState } from './types.js';

/** Where classes are kept. */
export type ClassStore = Pick<
  HeadStore<unknown, unknown>,
  'classes' | 'putClasses' | 'removeClass' | 'finding' | 'putFinding'
>;

export interface NewClassesParts extends PictureSources {
  readonly store: ClassStore;
  readonly teach: TeachStore;
  readonly engine: Pick<Engine, 'anchors'>;
  readonly trainer: ClassTrainer;
  /** Id of the model that runs; `undefined` while none is loaded. */
  readonly model: () => string | undefined;
  /** Has a picture that stands still looked at once more. */
  readonly lookAgain: () => void;
}

/** Labels that the detector finds by itself: learnt from samples, stored, switched on and off. */
export class NewClasses {
  readonly #parts: NewClassesParts;
  #kept: readonly StoredClass[] = [];
  #live: readonly TaughtClass[] = [];
  #running:
    | { readonly label: string; readonly abort: AbortController; readonly done: Promise<void> }
    | undefined;
  /** Labels that have their turn when another one is learnt. */
  readonly #waiting = new Map<string, Promise<void>>();
  readonly #ahead: LookAhead;
  #book: SampleBook | undefined;
  #samples: readonly Sample[] = [];
  readonly #unsubscribe: () => void;

  constructor(parts: NewClassesParts) {
    this.#parts = parts;
    this.#ahead = new LookAhead(parts.engine);
    this.#unsubscribe = parts.teach.subscribe(({ samples }) => {
      if (samples === this.#samples) return;
      const isLess = samples.length < this.#samples.length;
      this.#samples = samples;
      // After all have heard of this change.
      queueMicrotask(() => {
        this.#show(this.#kept);
        this.#lookAhead(isLess);
      });
    });
  }

  /** Those that are on. */
  get live(): readonly TaughtClass[] {
    return this.#live;
  }

  /** Everything, as it goes to another device. */
  get travelling(): readonly TravellingFind[] {
    return this.#kept;
  }

  /**
   * Adds what comes from elsewhere, as far as there is room; what is here already
   * stays as it is.
   *
   * @returns How many were added.
   */
  async adopt(finds: readonly TravellingFind[]): Promise<number> {
    const isKnown = ({ taught }: TravellingFind): boolean =>
      this.#kept.some(({ id, taught: own }) => id === taught.id || own.label === taught.label);
    const fresh = finds
      .filter((find) => !isKnown(find))
      .slice(0, MOST_TAUGHT - this.#kept.length)
      .map((find): StoredClass => ({ ...find, id: find.taught.id }));
    if (fresh.length === 0) return 0;
    await this.#parts.store.putClasses(fresh);
    this.#show([...this.#kept, ...fresh]);
    return fresh.length;
  }

  /** Shows what is stored, and a training that a reload or a crash has cut off. */
  async read(): Promise<void> {
    const { store, teach } = this.#parts;
    this.#samples = teach.state.samples;
    this.#show(await store.classes());
    const label = await store.finding();
    if (label !== undefined) teach.set({ finding: { phase: 'interrupted', label } });
  }

  /**
   * Learns to find a label from its samples, and switches it on. A second call
   * joins the first; another label waits for its turn.
   *
   * @throws SightlineError Why nothing was learnt; what was learnt before stays in use.
   */
  learn(label: string, book: SampleBook): Promise<void> {
    const running = this.#running;
    if (running?.label === label) return running.done;
    if (running !== undefined) return this.#waiting.get(label) ?? this.#wait(label, book, running);
    this.#ahead.stop();
    const abort = new AbortController();
    const done = this.#learn(label, book, abort.signal).finally(() => {
      this.#running = undefined;
    });
    this.#running = { label, abort, done };
    return done;
  }

  /** From now on looks at what is added to a book before it is learnt from. */
  follow(book: SampleBook): void {
    this.#book = book;
  }

  /** What was learnt before stays; where there was nothing, what was learnt so far is kept. */
  cancel(): void {
    this.#running?.abort.abort();
  }

  async setOn(id: string, isOn: boolean): Promise<void> {
    await this.#change(id, (kept) => ({ ...kept, isOn }));
  }

  /** @param threshold 0 to 1. */
  async setThreshold(id: string, threshold: number): Promise<void> {
    const within = Math.min(1, Math.max(0, threshold));
    await this.#change(id, (kept) => ({ ...kept, taught: { ...kept.taught, threshold: within } }));
  }

  async remove(id: string): Promise<void> {
    const label = this.#kept.find((kept) => kept.id === id)?.taught.label;
    // It would come back.
    if (label !== undefined) this.#waiting.delete(label);
    if (label === this.#running?.label) this.cancel();
    await this.#parts.store.removeClass(id);
    this.#show(this.#kept.filter((kept) => kept.id !== id));
  }

  /** Has a label called otherwise, without learning it anew. */
  async rename(from: string, to: string): Promise<void> {
    const kept = this.#kept.find(({ taught }) => taught.label === from);
    if (kept === undefined || this.#kept.some(({ taught }) => taught.label === to)) return;
    await this.#change(kept.id, (old) => ({ ...old, taught: { ...old.taught, label: to } }));
  }

  /** Everything is forgotten on the screen; the store was emptied by its owner. */
  forget(): void {
    this.#waiting.clear();
    this.#ahead.forget();
    this.cancel();
    // What cannot be opened holds nothing.
    void this.#parts.views().then((store) => store?.keepOnly(() => false).catch(() => undefined));
    this.#show([]);
    this.#parts.teach.set({ finding: { phase: 'idle' } });
  }

  dispose(): void {
    this.#waiting.clear();
    this.#ahead.stop();
    this.cancel();
    this.#unsubscribe();
  }

  #wait(label: string, book: SampleBook, before: { readonly done: Promise<void> }): Promise<void> {
    const turn = before.done
      // What goes wrong with one is no reason not to try the next.
      .catch(() => undefined)
      .then(() => (this.#waiting.delete(label) ? this.learn(label, book) : undefined));
    this.#waiting.set(label, turn);
    return turn;
  }

  async #learn(label: string, book: SampleBook, signal: AbortSignal): Promise<void> {
    const { store, teach, engine, trainer, model } = this.#parts;
    const start = performance.now();
    const show = (finding: FindingState): void => {
      teach.set({ finding });
    };
    show({ phase: 'looking', label, done: 0, of: 0 });
    teach.set({ problem: undefined });
    try {
      const modelId = model();
      if (modelId === undefined) throw new SightlineError('not-loaded');
      const before = this.#kept.find(({ taught }) => taught.label === label);
      if (before === undefined && this.#kept.length >= MOST_TAUGHT) {
        throw new SightlineError('too-many-finds', `${MOST_TAUGHT} are the most`);
      }
      const { samples } = book;
      const lessons = lessonsOf(samples, label);
      if (!lessons.pictures.some(({ boxes }) => boxes.length > 0)) {
        throw new SightlineError('too-few-examples', `no box of "${label}"`);
      }
      // A reload from here on is told of.
      await store.putFinding(label);
      const learnt = await learnClass(
        { engine, trainer, ...(await picturesToLearn(this.#parts, book, lessons, label)) },
        {
          signal,
          onProgress: (progress) => {
            show({ label, ...progress });
          },
        },
      );
      if (before !== undefined && learnt.end === 'cancelled') {
        // What was learnt before in full is better than a part of it anew.
        show({ phase: 'idle' });
        return;
      }
      const { end, report, unusedPictures, unusableBoxes, ...parts } = learnt;
      const taught: TaughtClass = {
        id: before?.id ?? newId(),
        label,
        model: modelId,
        ...parts,
        created: Date.now(),
      };
      await this.#put({
        id: taught.id,
        taught,
        isOn: true,
        learntThreshold: taught.threshold,
        report,
        trainedOn: lessonsDigest(samples, label),
      });
      const milliseconds = performance.now() - start;
      const { contradictions } = lessons;
      const leftOut = { contradictions, unusableBoxes, unusedPictures };
      show({ phase: 'done', label, end, milliseconds, ...leftOut });
    } catch (thrown) {
      show({ phase: 'idle' });
      if (!isAbort(thrown)) throw toSightlineError(thrown);
    } finally {
      // What could not be noted is only told of once more.
      await store.putFinding(undefined).catch(() => undefined);
    }
  }

  /**
   * Looks at what is likely to be learnt from next, so that it is learnt the sooner.
   *
   * @param isLess Whether something was deleted: what was seen in it is forgotten then.
   */
  #lookAhead(isLess: boolean): void {
    const book = this.#book;
    const { state } = this.#parts.teach;
    const label = findCandidate(state) ?? findBeginning(state)?.label;
    if (book === undefined || this.#running !== undefined) return;
    if (label === undefined && !isLess) return;
    void this.#ahead.begin(async () => {
      if (label === undefined) {
        await viewMemory(this.#parts, book);
        return undefined;
      }
      const lessons = lessonsOf(book.samples, label);
      const { memory, ...seen } = await picturesToLearn(this.#parts, book, lessons, label);
      return memory && { ...seen, memory };
    });
  }

  async #change(id: string, change: (kept: StoredClass) => StoredClass): Promise<void> {
    const kept = this.#kept.find((each) => each.id === id);
    if (kept !== undefined) await this.#put(change(kept));
  }

  async #put(changed: StoredClass): Promise<void> {
    await this.#parts.store.putClasses([changed]);
    const isKnown = this.#kept.some(({ id }) => id === changed.id);
    this.#show(
      isKnown
        ? this.#kept.map((kept) => (kept.id === changed.id ? changed : kept))
        : [...this.#kept, changed],
    );
  }

  #show(kept: readonly StoredClass[]): void {
    if (kept !== this.#kept) {
      this.#kept = kept;
      this.#live = kept.filter(({ isOn }) => isOn).map(({ taught }) => taught);
      this.#parts.lookAgain();
    }
    if (kept.length === 0 && this.#parts.teach.state.finds.length === 0) return;
    this.#parts.teach.set({
      finds: kept.map(({ id, taught, isOn, learntThreshold, report, trainedOn }) => ({
        id,
        label: taught.label,
        isOn,
        threshold: taught.threshold,
        learntThreshold,
        report,
        isOutdated: isOutdated(trainedOn, this.#samples, taught.label),
      })),
    });
  }
}
