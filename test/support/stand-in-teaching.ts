import type { SightlineError } from '../../src/domain/errors.js';
import { DEFAULT_TEACH_SETTINGS } from '../../src/domain/teach/settings.js';
import type { Labelling, OpenedPicture, Proposal } from '../../src/session/labelling/types.js';
import type { Finder } from '../../src/session/new-class/types.js';
import { closedState } from '../../src/session/teach/closed-state.js';
import type {
  ExportFile,
  ExportFormat,
  ImportSummary,
  LabelledFile,
  Target,
  TeachSession,
  TeachSettings,
  TeachState,
} from '../../src/session/teach/types.js';

const NOTHING: ImportSummary = { samples: 0, labels: 0, heads: 0, skipped: [] };

/** Teaching that shows what a test says, and notes what it is asked to do. */
export class StandInTeaching implements TeachSession {
  /** What was called, with the arguments that matter. */
  readonly calls: string[] = [];
  /** The next call that can fail does so with it. */
  refusal: SightlineError | undefined;
  summary = NOTHING;
  /** Features by sample. */
  readonly rows = new Map<string, Float32Array>();
  readonly finder: Finder = {
    learn: (label) => this.#call(`find ${label}`),
    cancel: () => this.calls.push('cancelFinding'),
    setOn: (id, isOn) => this.#call(`setFindOn ${id} ${String(isOn)}`),
    setThreshold: (id, threshold) => this.#call(`setFindThreshold ${id} ${threshold}`),
    remove: (id) => this.#call(`removeFind ${id}`),
  };
  readonly asking: boolean[] = [];
  proposals: readonly Proposal[] = [];
  opened: OpenedPicture | undefined;
  readonly labelling: Labelling = {
    propose: () => Promise.resolve(this.proposals),
    proposeFor: () => Promise.resolve(this.proposals),
    openPicture: () => Promise.resolve(this.opened),
    carry: (bbox, label) => this.#call(`carry ${bbox.join()} as ${label}`),
    carried: undefined,
    setAsking: (isOn) => this.asking.push(isOn),
    answer: (id, answer) => this.#call(`answer ${id} ${JSON.stringify(answer)}`),
    skip: (id) => this.calls.push(`skip ${id}`),
    stopCarrying: () => this.calls.push('stopCarrying'),
    keepViews: (ids) => this.#call(`keepViews ${ids.join()}`),
    moveBox: (id, bbox) => this.#call(`moveBox ${id} ${bbox.join()}`),
  };
  #state = closedState(DEFAULT_TEACH_SETTINGS);
  readonly #listeners = new Set<(state: TeachState) => void>();

  get state(): TeachState {
    return this.#state;
  }

  set(change: Partial<TeachState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener(this.#state);
  }

  onState(listener: (state: TeachState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get settings(): TeachSettings {
    return this.#state.settings;
  }

  set settings(settings: TeachSettings) {
    this.set({ settings });
  }

  async open(): Promise<void> {
    await this.#call('open');
    this.set({ phase: 'ready' });
  }

  record(target: Target, label: string): Promise<void> {
    const what = target.kind === 'track' ? `track ${target.trackId}` : `box ${target.bbox.join()}`;
    return this.#call(`record ${what} as ${label}`);
  }

  recordBackground(): void {
    this.calls.push('recordBackground');
  }

  stopRecording(): void {
    this.calls.push('stopRecording');
  }

  reject(trackId: number): Promise<void> {
    return this.#call(`reject ${trackId}`);
  }

  async addPictures(files: readonly LabelledFile[]): Promise<ImportSummary> {
    await this.#call(
      `addPictures ${files.map(({ file, label }) => `${label}/${file.name}`).join()}`,
    );
    return this.summary;
  }

  picture(): Promise<Blob | undefined> {
    return Promise.resolve(undefined);
  }

  thumbnail(): Promise<Blob | undefined> {
    return Promise.resolve(undefined);
  }

  features(sampleId: string): Promise<Float32Array | undefined> {
    return Promise.resolve(this.rows.get(sampleId));
  }

  patches(): Promise<readonly Float32Array[] | undefined> {
    return Promise.resolve(undefined);
  }

  relabel(ids: readonly string[], label: string): Promise<void> {
    return this.#call(`relabel ${ids.join()} as ${label}`);
  }

  confirm(ids: readonly string[]): Promise<void> {
    return this.#call(`confirm ${ids.join()}`);
  }

  renameLabel(from: string, to: string): Promise<void> {
    return this.#call(`renameLabel ${from} to ${to}`);
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.#call(`remove ${ids.join()}`);
  }

  undo(): Promise<void> {
    return this.#call('undo');
  }

  train(): Promise<void> {
    return this.#call('train');
  }

  cancelTraining(): void {
    this.calls.push('cancelTraining');
  }

  setHeadOn(id: string, isOn: boolean): Promise<void> {
    return this.#call(`setHeadOn ${id} ${String(isOn)}`);
  }

  removeHead(id: string): Promise<void> {
    return this.#call(`removeHead ${id}`);
  }

  async export(format: ExportFormat): Promise<ExportFile> {
    await this.#call(`export ${format}`);
    return { name: `${format}.zip`, blob: new Blob([format]) };
  }

  async import(file: File): Promise<ImportSummary> {
    await this.#call(`import ${file.name}`);
    return this.summary;
  }

  clear(): Promise<void> {
    return this.#call('clear');
  }

  dismissProblem(): void {
    this.set({ problem: undefined });
  }

  #call(what: string): Promise<void> {
    this.calls.push(what);
    const problem = this.refusal;
    if (problem === undefined) return Promise.resolve();
    this.refusal = undefined;
    this.set({ problem });
    return Promise.reject(problem);
  }
}
