import type { Detection, DetectionOptions } from '../../domain/detection.js';
import type { TaughtClass } from '../../domain/detector-head/taught-class.js';
import type { FeatureSource, Head } from '../../domain/head.js';
import { DEFAULT_TEACH_SETTINGS } from '../../domain/teach/settings.js';
import type { TrackedDetection } from '../../domain/tracking/track.js';
import type { FrameData } from '../../protocol/index.js';
import { NOTHING_LENT, type Lent } from '../lent.js';
import type { FeatureRows, Onlooker } from '../naming.js';
import type { DetectSession, LiveResult } from '../types.js';
import type { Finder } from '../new-class/types.js';
import { lazyLabelling } from '../labelling/lazy-labelling.js';
import { closedState } from './closed-state.js';
import { TeachStore } from './teach-store.js';
import type {
  ExportFile,
  ExportFormat,
  ImportSummary,
  LabelledFile,
  Target,
  TeachSession,
  TeachSettings,
  TeachState,
} from './types.js';

/** Teaching as it is once its code is there. */
export type Teaching = Omit<TeachSession, 'state' | 'onState' | 'settings'> &
  Onlooker & {
    /** Has the heads that were on name tracks again, and opens nothing else. */
    wake(): Promise<void>;
    /** Heads of the page around, which are asked as well and never stored. */
    lend(heads: readonly Head[]): void;
    dispose(): void;
  };

/** Fetches the code and sets it up; what it has to show goes into the store. */
export type LoadTeaching = (store: TeachStore) => Promise<Teaching>;

/**
 * Teaching for a page on which most people never teach: its code and what is stored
 * are fetched when somebody first does.
 */
export class LazyTeaching implements TeachSession, Onlooker {
  readonly #load: LoadTeaching;
  readonly #store = new TeachStore(closedState(DEFAULT_TEACH_SETTINGS));
  #loading: Promise<Teaching> | undefined;
  #loaded: Teaching | undefined;
  #lent = NOTHING_LENT;
  /** What was found last. */
  #last: LiveResult | undefined;
  #isDisposed = false;
  readonly finder: Finder = {
    learn: async (label) => (await this.#teaching()).finder.learn(label),
    cancel: () => this.#loaded?.finder.cancel(),
    setOn: async (id, isOn) => (await this.#teaching()).finder.setOn(id, isOn),
    setThreshold: async (id, threshold) =>
      (await this.#teaching()).finder.setThreshold(id, threshold),
    remove: async (id) => (await this.#teaching()).finder.remove(id),
  };

  readonly labelling = lazyLabelling(
    async () => (await this.#teaching()).labelling,
    () => this.#loaded?.labelling,
  );

  constructor(load: LoadTeaching) {
    this.#load = load;
  }

  get state(): TeachState {
    return this.#store.state;
  }

  onState(listener: (state: TeachState) => void): () => void {
    return this.#store.subscribe(listener);
  }

  get settings(): TeachSettings {
    return this.state.settings;
  }

  set settings(settings: TeachSettings) {
    this.#store.set({ settings });
  }

  /** Has the heads that were on name things again, once the engine of a session runs. */
  wakeWith(session: Pick<DetectSession, 'state' | 'onState'>): void {
    const unsubscribe = session.onState(({ engine }) => {
      if (engine.phase !== 'ready') return;
      unsubscribe();
      this.#whenLoaded((teaching) => {
        teaching.wake().catch((thrown: unknown) => this.#store.report(thrown));
      });
    });
  }

  get lent(): Lent {
    return this.#lent;
  }

  set lent(lent: Lent) {
    const hadHeads = this.#lent.heads.length > 0;
    this.#lent = lent;
    if (lent.heads.length === 0 && !hadHeads) return;
    this.#whenLoaded((teaching) => {
      teaching.lend(this.#lent.heads);
    });
  }

  get maps(): readonly string[] {
    return this.#loaded?.maps ?? [];
  }

  get taught(): readonly TaughtClass[] {
    const own = this.#loaded?.taught ?? [];
    const { finds } = this.#lent;
    return finds.length === 0 ? own : [...own, ...finds];
  }

  get wantsPicture(): boolean {
    return this.#loaded?.wantsPicture ?? false;
  }

  widen(options: DetectionOptions): DetectionOptions {
    return this.#loaded?.widen(options) ?? options;
  }

  name<Found extends Detection & Partial<TrackedDetection>>(
    found: readonly Found[],
    rows: FeatureRows,
    timestamp: number | undefined,
  ): readonly Found[] {
    return this.#loaded?.name(found, rows, timestamp) ?? found;
  }

  reset(): void {
    this.#last = undefined;
    this.#loaded?.reset();
  }

  see(result: LiveResult, picture: FrameData | undefined): void {
    this.#last = result;
    this.#loaded?.see(result, picture);
  }

  async open(): Promise<void> {
    await (await this.#teaching()).open();
  }

  async record(target: Target, label: string): Promise<void> {
    await (await this.#teaching()).record(target, label);
  }

  recordBackground(): void {
    this.#whenLoaded((teaching) => {
      teaching.recordBackground();
    });
  }

  stopRecording(): void {
    this.#whenLoaded((teaching) => {
      teaching.stopRecording();
    });
  }

  async reject(trackId: number): Promise<void> {
    await (await this.#teaching()).reject(trackId);
  }

  async addPictures(files: readonly LabelledFile[]): Promise<ImportSummary> {
    return (await this.#teaching()).addPictures(files);
  }

  async thumbnail(sampleId: string): Promise<Blob | undefined> {
    return (await this.#teaching()).thumbnail(sampleId);
  }

  async picture(pictureId: string): Promise<Blob | undefined> {
    return (await this.#teaching()).picture(pictureId);
  }

  async features(sampleId: string, source: FeatureSource): Promise<Float32Array | undefined> {
    return (await this.#teaching()).features(sampleId, source);
  }

  async patches(
    sampleId: string,
    source: FeatureSource,
    side: number,
  ): Promise<readonly Float32Array[] | undefined> {
    return (await this.#teaching()).patches(sampleId, source, side);
  }

  async relabel(ids: readonly string[], label: string): Promise<void> {
    await (await this.#teaching()).relabel(ids, label);
  }

  async confirm(ids: readonly string[]): Promise<void> {
    await (await this.#teaching()).confirm(ids);
  }

  async renameLabel(from: string, to: string): Promise<void> {
    await (await this.#teaching()).renameLabel(from, to);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await (await this.#teaching()).remove(ids);
  }

  async undo(): Promise<void> {
    await (await this.#teaching()).undo();
  }

  async train(): Promise<void> {
    await (await this.#teaching()).train();
  }

  cancelTraining(): void {
    this.#loaded?.cancelTraining();
  }

  async setHeadOn(id: string, isOn: boolean): Promise<void> {
    await (await this.#teaching()).setHeadOn(id, isOn);
  }

  async removeHead(id: string): Promise<void> {
    await (await this.#teaching()).removeHead(id);
  }

  async export(format: ExportFormat): Promise<ExportFile> {
    return (await this.#teaching()).export(format);
  }

  async import(file: File): Promise<ImportSummary> {
    return (await this.#teaching()).import(file);
  }

  async clear(): Promise<void> {
    await (await this.#teaching()).clear();
  }

  dismissProblem(): void {
    this.#store.set({ problem: undefined });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#loaded?.dispose();
    this.#store.clear();
  }

  /** Calls that return nothing keep their order with those that wait for the code. */
  #whenLoaded(call: (teaching: Teaching) => void): void {
    // What goes wrong with loading is in the state.
    this.#teaching().then(call, () => undefined);
  }

  #teaching(): Promise<Teaching> {
    this.#loading ??= this.#fetch();
    return this.#loading;
  }

  async #fetch(): Promise<Teaching> {
    try {
      const teaching = await this.#load(this.#store);
      this.#loaded = teaching;
      // A picture that stands still is not looked at again for this.
      if (this.#last !== undefined) teaching.see(this.#last, undefined);
      if (this.#isDisposed) teaching.dispose();
      return teaching;
    } catch (thrown) {
      // A connection that is back can be used again.
      this.#loading = undefined;
      this.#store.set({ phase: 'failed' });
      throw this.#store.report(thrown);
    }
  }
}
