import type { Detection, DetectionOptions } from '../../domain/detection.js';
import { DEFAULT_TEACH_SETTINGS } from '../../domain/teach/settings.js';
import type { TaughtClass } from '../../domain/detector-head/taught-class.js';
import type { FeatureSource, Head } from '../../domain/head.js';
import type { TrackedDetection } from '../../domain/tracking/track.js';
import { SampleStore } from '../../platform/sample-store.js';
import { thumbnailOf } from '../../platform/snapshot.js';
import type { ClassTrainer, FrameData } from '../../protocol/index.js';
import type { Trainer } from '../../protocol/training.js';
import type { FeatureRows } from '../naming.js';
import { finder } from '../new-class/finder.js';
import type { Finder } from '../new-class/types.js';
import type { LiveResult, SessionState } from '../types.js';
import { BundledNegatives, type NegativeSource } from './bundled-negatives.js';
import type { FileParts } from './files/file-parts.js';
import type { Teaching } from './lazy-teaching.js';
import { digestOf } from './label-summary.js';
import { Namer } from './namer.js';
import { openHeads, type OpenHeads } from './open-heads.js';
import { Project } from './project.js';
import { Roster } from './roster.js';
import { allOf } from './sample-book.js';
import type { SettingsMemory } from './settings-memory.js';
import type { TeachStore } from './teach-store.js';
import { Trainings } from './trainings.js';
import type { ExportFile, ExportFormat, ImportSummary, LabelledFile, Target } from './types.js';
import type { TeachView } from './view.js';

export interface LiveTeachingParts {
  readonly view: TeachView;
  readonly teach: TeachStore;
  readonly trainer: Trainer;
  readonly classTrainer: ClassTrainer;
  readonly negatives: NegativeSource;
  /** Folder of TensorFlow.js's WASM files, absolute, with a trailing slash. */
  readonly wasmUrl: string;
  readonly settings: SettingsMemory;
  /** Told whether there is anything to come back to after a reload. */
  readonly remember: (hasTaught: boolean) => void;
  /** Names of both databases. */
  readonly databases?: { readonly samples: string; readonly heads: string } | undefined;
}

/** Teaching, wired together; see `TeachSession`. */
export class LiveTeaching implements Teaching {
  readonly #parts: LiveTeachingParts;
  /** How many numbers each map gives. */
  readonly #channels = new Map<string, number>();
  readonly #namer = new Namer(this.#channels);
  readonly #roster = new Roster(this.#namer, this.#channels);
  readonly #unsubscribe: readonly (() => void)[];
  #opening: Promise<Project> | undefined;
  #project: Project | undefined;
  #headsOpening: Promise<OpenHeads> | undefined;
  #heads: OpenHeads | undefined;
  /** What was found last. */
  #last: LiveResult | undefined;
  #isDisposed = false;
  readonly finder: Finder;

  constructor(parts: LiveTeachingParts) {
    this.#parts = parts;
    const { view, teach, settings } = parts;
    // What was changed before this was loaded counts more than what was remembered.
    if (teach.state.settings === DEFAULT_TEACH_SETTINGS) teach.set({ settings: settings.recall() });
    this.finder = finder({
      withProject: (work) =>
        this.#attempt(async (project) => {
          await project.recordings.stop();
          await work((await this.#openHeads()).finds, project.book);
          parts.remember(true);
        }),
      withFinds: (work) => teach.attempt(async () => work((await this.#openHeads()).finds)),
      now: () => this.#heads?.finds,
    });
    this.#follow(view.session.state);
    let kept = teach.state.settings;
    this.#unsubscribe = [
      view.session.onState((state) => {
        this.#follow(state);
      }),
      teach.subscribe((state) => {
        if (state.settings === kept) return;
        kept = state.settings;
        settings.keep(kept);
      }),
    ];
  }

  get maps(): readonly string[] {
    const { maps } = this.#namer;
    if (this.#project?.recordings.isWatching !== true) return maps;
    // Those that samples are kept with come first; see `rowOf`.
    return [...new Set([...this.#parts.teach.state.settings.maps, ...maps])];
  }

  get taught(): readonly TaughtClass[] {
    return this.#heads?.finds.live ?? [];
  }

  get wantsPicture(): boolean {
    return this.#project?.recordings.isWatching ?? false;
  }

  widen(options: DetectionOptions): DetectionOptions {
    return this.#namer.widen(options);
  }

  name<Found extends Detection & Partial<TrackedDetection>>(
    found: readonly Found[],
    rows: FeatureRows,
    timestamp: number | undefined,
  ): readonly Found[] {
    return this.#namer.name(found, rows, timestamp);
  }

  reset(): void {
    this.#last = undefined;
    this.#namer.reset();
    this.#project?.recordings.reset();
  }

  see(result: LiveResult, picture: FrameData | undefined): void {
    this.#last = result;
    this.#project?.recordings.see(result, picture);
  }

  async wake(): Promise<void> {
    await this.#openHeads();
  }

  lend(heads: readonly Head[]): void {
    this.#roster.lend(heads);
  }

  async open(): Promise<void> {
    await this.#attempt(() => Promise.resolve());
  }

  record(target: Target, label: string): Promise<void> {
    return this.#attempt(({ recordings }) => recordings.record(target, label));
  }

  recordBackground(): void {
    // What goes wrong is in the state.
    this.#attempt(({ recordings }) => recordings.recordBackground()).catch(() => undefined);
  }

  stopRecording(): void {
    void this.#project?.recordings.stop();
  }

  reject(trackId: number): Promise<void> {
    return this.#attempt(({ recordings }) => recordings.reject(trackId));
  }

  addPictures(files: readonly LabelledFile[]): Promise<ImportSummary> {
    return this.#attempt(({ pictures }) => pictures.add(files));
  }

  async thumbnail(sampleId: string): Promise<Blob | undefined> {
    const { book } = await this.#open();
    const sample = book.samples.find(({ id }) => id === sampleId);
    const picture = sample && (await book.store.picture(sample.pictureId));
    if (sample === undefined || picture === undefined) return undefined;
    // A picture that cannot be decoded any more is as good as gone.
    return thumbnailOf(picture.blob, sample.bbox).catch(() => undefined);
  }

  async features(sampleId: string, source: FeatureSource): Promise<Float32Array | undefined> {
    const { bank } = await this.#open();
    return (await bank.known([{ id: sampleId }], source)).get(sampleId);
  }

  relabel(ids: readonly string[], label: string): Promise<void> {
    return this.#attempt(({ book }) => book.relabel(ids, label));
  }

  renameLabel(from: string, to: string): Promise<void> {
    return this.#attempt(async ({ book }) => {
      const { keeper, finds } = await this.#openHeads();
      const before = digestOf(book.samples);
      const undo = await book.rename(from, to);
      const after = digestOf(book.samples);
      const name = to.trim();
      await keeper.rename(from, name, { before, after });
      await finds.rename(from, name);
      const back = { before: after, after: before };
      book.keepUndo(
        allOf([undo, () => keeper.rename(name, from, back), () => finds.rename(name, from)]),
      );
    });
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.#attempt(({ book }) => book.remove(ids));
  }

  undo(): Promise<void> {
    return this.#attempt(async ({ book, recordings }) => {
      await recordings.stop();
      await book.undo();
    });
  }

  train(): Promise<void> {
    return this.#attempt(async ({ recordings, trainings }) => {
      await recordings.stop();
      await trainings.train();
    });
  }

  cancelTraining(): void {
    this.#project?.trainings.cancel();
  }

  setHeadOn(id: string, isOn: boolean): Promise<void> {
    return this.#parts.teach.attempt(async () => {
      await (await this.#openHeads()).keeper.setOn(id, isOn);
    });
  }

  removeHead(id: string): Promise<void> {
    return this.#parts.teach.attempt(async () => {
      await (await this.#openHeads()).keeper.remove(id);
    });
  }

  export(format: ExportFormat): Promise<ExportFile> {
    return this.#attempt(async (project) => {
      const { exportFile } = await import('./files/export-file.js');
      await project.recordings.stop();
      return exportFile(format, await this.#fileParts(project));
    });
  }

  import(file: File): Promise<ImportSummary> {
    return this.#attempt(async (project) => {
      const { importFile } = await import('./files/import-file.js');
      await project.recordings.stop();
      const parts = await this.#fileParts(project);
      const summary = await importFile(file, {
        ...parts,
        assumedSource: () => project.featureSource(),
      });
      this.#parts.remember(true);
      return summary;
    });
  }

  clear(): Promise<void> {
    return this.#attempt(async ({ book, recordings, trainings }) => {
      trainings.cancel();
      await recordings.stop();
      const { keeper, finds } = await this.#openHeads();
      finds.forget();
      await book.clear();
      await keeper.clear();
      this.#parts.teach.set({ training: { phase: 'idle' } });
      this.#parts.remember(false);
    });
  }

  dismissProblem(): void {
    this.#parts.teach.set({ problem: undefined });
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#project?.dispose();
    this.#heads?.finds.dispose();
    this.#heads?.store.close();
  }

  #follow({ engine }: SessionState): void {
    // A device that is being replaced comes back with the same model.
    if (engine.phase === 'ready') this.#roster.info = engine.info;
  }

  async #fileParts({ book, keeper }: Project): Promise<FileParts> {
    const { teach } = this.#parts;
    const { keeper: heads, finds } = await this.#openHeads();
    return {
      book,
      keeper,
      heads,
      finds,
      settings: teach.state.settings,
      changeSettings: (settings) => {
        teach.set({ settings });
      },
    };
  }

  /** Runs something on the opened project; what goes wrong is shown as well. */
  #attempt<T>(work: (project: Project) => Promise<T>): Promise<T> {
    return this.#parts.teach.attempt(async () => work(await this.#open()));
  }

  #open(): Promise<Project> {
    this.#opening ??= this.#openProject().catch((thrown: unknown) => {
      // Storage that is there again can be used again.
      this.#opening = undefined;
      this.#parts.teach.set({ phase: 'failed' });
      throw thrown;
    });
    return this.#opening;
  }

  async #openProject(): Promise<Project> {
    const { view, teach, databases, trainer, negatives, wasmUrl } = this.#parts;
    teach.set({ phase: 'opening' });
    const { store: headStore, keeper } = await this.#openHeads();
    const samples = await SampleStore.open(databases?.samples);
    const project = new Project(
      { view, teach, samples, heads: keeper, channels: this.#channels },
      {
        trainings: ({ book, bank }) =>
          new Trainings({
            view,
            teach,
            book,
            bank,
            heads: keeper,
            negatives: new BundledNegatives(negatives, headStore, bank),
            store: headStore,
            trainer,
            wasmUrl,
          }),
        remember: () => {
          this.#parts.remember(true);
        },
      },
    );
    await project.read();
    this.#project = project;
    if (this.#last !== undefined) project.recordings.see(this.#last, undefined);
    if (this.#isDisposed) project.dispose();
    teach.set({ phase: 'ready' });
    return project;
  }

  #openHeads(): Promise<OpenHeads> {
    this.#headsOpening ??= this.#openHeadStore().catch((thrown: unknown) => {
      this.#headsOpening = undefined;
      throw thrown;
    });
    return this.#headsOpening;
  }

  async #openHeadStore(): Promise<OpenHeads> {
    const { databases } = this.#parts;
    const heads = await openHeads({
      ...this.#parts,
      roster: this.#roster,
      database: databases?.heads,
    });
    this.#heads = heads;
    if (this.#isDisposed) heads.store.close();
    return heads;
  }
}
