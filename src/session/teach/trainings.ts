import { isAbort, SightlineError, toSightlineError } from '../../domain/errors.js';
import { UNKNOWN, type FeatureSource, type Head } from '../../domain/head.js';
import type { Lesson } from '../../domain/teach/lesson.js';
import {
  teachHead,
  type Taught,
  type TrainingPart,
  type TrainingPlan,
} from '../../domain/teach/teach-head.js';
import { wait } from '../../platform/abort.js';
import type { Trainer, TrainingProgress, TrainingResult } from '../../protocol/training.js';
import type { BundledNegatives } from './bundled-negatives.js';
import { duplicatePairs } from './duplicate-pairs.js';
import type { FeatureBank } from './feature-bank.js';
import { comparedPart } from './feature-rows.js';
import type { HeadKeeper, TeachHeadStore } from './head-keeper.js';
import { digestOf } from './label-summary.js';
import {
  assertLearnable,
  basesOf,
  hardNegatives,
  lessonsOf,
  withHardNegatives,
} from './lessons.js';
import { newId } from './new-id.js';
import { qualityReport } from './quality-report.js';
import type { SampleBook } from './sample-book.js';
import type { TeachStore } from './teach-store.js';
import { TrainingMeter } from './training-meter.js';
import { isSameShape } from './training-memory.js';
import type { TeachView } from './view.js';

export interface TrainingsParts {
  readonly view: TeachView;
  readonly teach: TeachStore;
  readonly book: SampleBook;
  readonly bank: FeatureBank;
  readonly negatives: BundledNegatives;
  readonly heads: HeadKeeper;
  readonly store: TeachHeadStore;
  readonly trainer: Trainer;
  readonly wasmUrl: string;
}

/** Milliseconds between two notes of the best weights. */
const NOTE_INTERVAL = 1000;
/** How the trainer's own end is told: what it had learnt is kept. */
const DEATHS: readonly string[] = ['engine-died', 'engine-stalled', 'engine-start-failed'];

/** From samples to a head that names tracks. One training at a time. */
export class Trainings {
  readonly #parts: TrainingsParts;
  #isWarm = false;
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  constructor(parts: TrainingsParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Shows a training that a reload or a crash has cut off. */
  async read(): Promise<void> {
    const interrupted = await this.#parts.store.training();
    if (interrupted !== undefined) this.#parts.teach.set({ training: { phase: 'interrupted' } });
  }

  /**
   * Trains on all samples; on with a training that was cut off, when the samples are
   * still the same. A second call joins the first.
   *
   * @throws SightlineError Why there is no new head; the one from before stays in use.
   */
  train(): Promise<void> {
    if (this.#running !== undefined) return this.#running.done;
    const abort = new AbortController();
    const done = this.#train(abort.signal).finally(() => {
      this.#running = undefined;
    });
    this.#running = { abort, done };
    return done;
  }

  /**
   * Looks at what is bundled while nobody waits for it, so that training need not. What
   * fails here is tried again then.
   */
  warm(): void {
    if (this.#isWarm) return;
    const { teach, view, negatives } = this.#parts;
    const { engine } = view.session.state;
    if (engine.phase !== 'ready') return;
    this.#isWarm = true;
    const { maps } = teach.state.settings;
    negatives.lessons([], { model: engine.info.model.id, maps }).catch(() => undefined);
  }

  /** The best so far becomes the head; where there is none yet, nothing changes. */
  cancel(): void {
    this.#running?.abort.abort();
  }

  async #train(signal: AbortSignal): Promise<void> {
    const { teach, store, book, heads, trainer } = this.#parts;
    trainer.prepare?.();
    teach.set({ training: { phase: 'looking', done: 0, of: 0 }, problem: undefined });
    try {
      const { samples } = book;
      const { own, bundled, source } = await this.#look(signal);
      const lessons = withHardNegatives([...own, ...bundled], hardNegatives(samples));
      const known = new Map(samples.map((sample) => [sample.id, sample]));
      const compared = own.map((lesson) => {
        return { ...lesson, features: comparedPart(lesson.features, source.channels) };
      });
      const duplicates = await duplicatePairs(compared, signal);
      const digest = digestOf(samples);
      const meter = new TrainingMeter((training) => {
        teach.set({ training });
      });
      const carryOut = await this.#carrier(digest, meter, signal);
      const { settings } = teach.state;
      const pause = (): Promise<void> => wait(0);
      const taught = await teachHead({ lessons, source, settings, duplicates, pause }, carryOut);
      const { end } = taught.result;
      if (end === 'diverged') throw new SightlineError('training-diverged');
      if (end !== 'cancelled' || meter.hasLearnt) {
        const report = qualityReport(taught, (id) => known.has(id));
        const learnt = new Set(own.map(({ id }) => id));
        const used = samples.filter(({ id }) => learnt.has(id));
        const head = this.#headOf(taught, basesOf(used));
        await heads.put([{ head, isOn: true, report, trainedOn: digest }]);
      }
      await store.putTraining(undefined);
      teach.set({ training: meter.ended(end) });
    } catch (thrown) {
      await this.#failed(thrown);
    }
  }

  async #failed(thrown: unknown): Promise<void> {
    const { teach, store } = this.#parts;
    const error = toSightlineError(thrown, 'training-failed');
    const left = await store.training().catch(() => undefined);
    teach.set({ training: { phase: left === undefined ? 'idle' : 'interrupted' } });
    if (isAbort(error)) return;
    if (!DEATHS.includes(error.code)) throw error;
    throw new SightlineError('training-cut-off', error.detail, { cause: error });
  }

  /** What is learnt from, and where its features come from. */
  async #look(
    signal: AbortSignal,
  ): Promise<{ own: Lesson[]; bundled: Lesson[]; source: FeatureSource }> {
    const { teach, book, bank, negatives, view } = this.#parts;
    const { maps, normalisation, flip } = teach.state.settings;
    const { engine } = view.session.state;
    if (engine.phase !== 'ready') throw new SightlineError('not-loaded');
    const choice = { model: engine.info.model.id, maps, flip };
    const { samples } = book;
    const onProgress = (done: number, of: number): void => {
      if (of > 0) teach.set({ training: { phase: 'looking', done, of } });
    };
    await bank.fill(samples, choice, { signal, onProgress });
    const features = await bank.known(samples, choice);
    const mirrored = flip ? await bank.known(samples, choice, true) : new Map();
    const own = lessonsOf(samples, features, mirrored);
    assertLearnable(own);
    const labels = [...new Set(own.map(({ label }) => label))];
    const bundled = await negatives.lessons(labels, choice, { signal, onProgress });
    const channels = await bank.channels(choice);
    const source = { model: choice.model, maps, channels, normalisation };
    return { own, bundled, source };
  }

  /** Has the trainer carry out the trainings that a head takes, and notes how far they are. */
  async #carrier(
    digest: string,
    meter: TrainingMeter,
    signal: AbortSignal,
  ): Promise<(plan: TrainingPlan, part: TrainingPart) => Promise<TrainingResult>> {
    const { trainer, wasmUrl, store } = this.#parts;
    const left = await store.training();
    let notedAt = performance.now();
    return async (plan, part) => {
      const { purpose } = part;
      const goesOn =
        left?.digest === digest && left.purpose === purpose && isSameShape(left.best, plan.network);
      const network = goesOn ? left.best : plan.network;
      const onProgress = (progress: TrainingProgress): void => {
        meter.progress(progress, part);
        if (performance.now() - notedAt < NOTE_INTERVAL) return;
        notedAt = performance.now();
        // A full disk must not end what goes on without it.
        store.putTraining({ digest, purpose, best: progress.best }).catch(() => undefined);
      };
      meter.begin(part);
      // So that a reload in the first second is noticed as well.
      await store.putTraining({ digest, purpose, best: network }).catch(() => undefined);
      const request = { ...plan, network, backend: 'wasm' as const, wasmUrl };
      const result = await trainer.train(request, { signal, onProgress });
      meter.finish(result);
      return result;
    };
  }

  /** The project has one head of its own: a new one takes the old one's place. */
  #headOf(
    { source, labels, network, output, temperature, threshold, likeness }: Taught<TrainingResult>,
    bases: readonly string[],
  ): Head {
    const { heads } = this.#parts;
    return {
      id: heads.ownId ?? newId(),
      name: labels.filter((label) => label !== UNKNOWN).join(', '),
      source,
      labels,
      network,
      output,
      temperature,
      threshold,
      likeness,
      bases,
      created: Date.now(),
    };
  }
}
