import type { Detection, DetectionOptions } from '../../domain/detection.js';
import { DEFAULT_TEACH_SETTINGS } from '../../domain/teach/settings.js';
import type { TaughtClass } from '../../domain/detector-head/taught-class.js';
import type { FeatureSource, Head } from '../../domain/head.js';
import type { TrackedDetection } from '../../domain/tracking/track.js';
import { thumbnailOf } from '../../platform/snapshot.js';
import type { EngineInfo, FrameData } from '../../protocol/index.js';
import type { FeatureRows } from '../naming.js';
import { LiveLabelling } from '../labelling/live-labelling.js';
import { finder } from '../new-class/finder.js';
import type { Finder } from '../new-class/types.js';
import type { LiveResult, SessionState } from '../types.js';
import type { Teaching } from './lazy-teaching.js';
import { digestOf } from './label-summary.js';
import type { LiveTeachingParts } from './live-teaching-parts.js';
import { Namer } from './namer.js';
import type { Project } from './project.js';
import { Roster } from './roster.js';
import { allOf } from './sample-book.js';
import { TeachStorage } from './teach-storage.js';
import type { ExportFile, ExportFormat, ImportSummary, LabelledFile, Target } from './types.js';

/** Teaching, wired together; see `TeachSession`. */
export class LiveTeaching implements Teaching {
  readonly #parts: LiveTeachingParts;
  /** How many numbers each map gives. */
  readonly #channels = new Map<string, number>();
  readonly #namer = new Namer(this.#channels);
  readonly #roster = new Roster(this.#namer, this.#channels);
  readonly #unsubscribe: readonly (() => void)[];
  readonly #storage: TeachStorage;
  /** Of the model that runs; see `EngineInfo`. */
  #regions: EngineInfo['model']['featureRegions'] = {};
  /** What was found last. */
  #last: LiveResult | undefined;
  readonly finder: Finder;
  readonly labelling: LiveLabelling;

  constructor(parts: LiveTeachingParts) {
    this.#parts = parts;
    this.#storage = new TeachStorage(parts, {
      channels: this.#channels,
      roster: this.#roster,
      opened: ({ recordings }) => {
        if (this.#last !== undefined) recordings.see(this.#last, undefined);
      },
    });
    const { view, teach, settings } = parts;
    // What was changed before this was loaded counts more than what was remembered.
    if (teach.state.settings === DEFAULT_TEACH_SETTINGS) teach.set({ settings: settings.recall() });
    this.finder = finder({
      withProject: (work) =>
        this.#attempt(async (project) => {
          await project.recordings.stop();
          await work((await this.#storage.openHeads()).finds, project.book);
          parts.remember(true);
        }),
      withFinds: (work) => teach.attempt(async () => work((await this.#storage.openHeads()).finds)),
      now: () => this.#storage.heads?.finds,
    });
    this.labelling = new LiveLabelling({
      view,
      teach,
      withProject: (work) => this.#attempt(work),
      taught: () => this.taught,
      learn: (label) => this.finder.learn(label),
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
    if (this.#storage.project?.recordings.isWatching !== true) return maps;
    // Those that samples are kept with come first; see `rowOf`.
    return [...new Set([...this.#parts.teach.state.settings.maps, ...maps])];
  }

  get taught(): readonly TaughtClass[] {
    return this.#storage.heads?.finds.live ?? [];
  }

  get wantsPicture(): boolean {
    return (this.#storage.project?.recordings.isWatching ?? false) || this.labelling.isWatching;
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
    this.#storage.project?.recordings.reset();
    this.labelling.reset();
  }

  see(result: LiveResult, picture: FrameData | undefined): void {
    this.#last = result;
    this.#storage.project?.recordings.see(result, picture);
    this.labelling.see(result, picture);
  }

  async wake(): Promise<void> {
    await this.#storage.openHeads();
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
    void this.#storage.project?.recordings.stop();
  }

  reject(trackId: number): Promise<void> {
    return this.#attempt(({ recordings }) => recordings.reject(trackId));
  }

  addPictures(files: readonly LabelledFile[]): Promise<ImportSummary> {
    return this.#attempt(({ pictures }) => pictures.add(files));
  }

  async thumbnail(sampleId: string): Promise<Blob | undefined> {
    const { book } = await this.#storage.openProject();
    const sample = book.samples.find(({ id }) => id === sampleId);
    const picture = sample && (await book.store.picture(sample.pictureId));
    if (sample === undefined || picture === undefined) return undefined;
    // A picture that cannot be decoded any more is as good as gone.
    return thumbnailOf(picture.blob, sample.bbox).catch(() => undefined);
  }

  async picture(pictureId: string): Promise<Blob | undefined> {
    const { book } = await this.#storage.openProject();
    return (await book.store.picture(pictureId))?.blob;
  }

  async features(sampleId: string, source: FeatureSource): Promise<Float32Array | undefined> {
    const { bank } = await this.#storage.openProject();
    return (await bank.known([{ id: sampleId }], source)).get(sampleId);
  }

  async patches(
    sampleId: string,
    source: FeatureSource,
    side: number,
  ): Promise<readonly Float32Array[] | undefined> {
    const { book, bank } = await this.#storage.openProject();
    const sample = book.samples.find(({ id }) => id === sampleId);
    const picture = sample && (await book.store.picture(sample.pictureId));
    if (sample === undefined || picture === undefined) return undefined;
    // The engine is loaded for it, and then says what its maps are averaged under.
    await bank.channels(source);
    const { maps } = source;
    return bank.patches(picture.blob, sample.bbox, { maps, side, regions: this.#regions });
  }

  relabel(ids: readonly string[], label: string): Promise<void> {
    return this.#attempt(({ book }) => book.relabel(ids, label));
  }

  confirm(ids: readonly string[]): Promise<void> {
    return this.#attempt(({ book }) => book.confirm(ids));
  }

  renameLabel(from: string, to: string): Promise<void> {
    return this.#attempt(async ({ book }) => {
      const { keeper, finds } = await this.#storage.openHeads();
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
    this.#storage.project?.trainings.cancel();
  }

  setHeadOn(id: string, isOn: boolean): Promise<void> {
    return this.#parts.teach.attempt(async () => {
      await (await this.#storage.openHeads()).keeper.setOn(id, isOn);
    });
  }

  removeHead(id: string): Promise<void> {
    return this.#parts.teach.attempt(async () => {
      await (await this.#storage.openHeads()).keeper.remove(id);
    });
  }

  export(format: ExportFormat): Promise<ExportFile> {
    return this.#attempt(async (project) => {
      const { exportFile } = await import('./files/export-file.js');
      await project.recordings.stop();
      return exportFile(format, await this.#storage.fileParts(project));
    });
  }

  import(file: File): Promise<ImportSummary> {
    return this.#attempt(async (project) => {
      const { importFile } = await import('./files/import-file.js');
      await project.recordings.stop();
      const parts = await this.#storage.fileParts(project);
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
      const { keeper, finds } = await this.#storage.openHeads();
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
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.labelling.dispose();
    this.#storage.dispose();
  }

  #follow({ engine }: SessionState): void {
    // A device that is being replaced comes back with the same model.
    if (engine.phase !== 'ready') return;
    this.#roster.info = engine.info;
    this.#regions = engine.info.model.featureRegions;
  }

  /** Runs something on the opened project; what goes wrong is shown as well. */
  #attempt<T>(work: (project: Project) => Promise<T>): Promise<T> {
    return this.#parts.teach.attempt(async () => work(await this.#storage.openProject()));
  }
}
