import { DEFAULT_DETECTION_OPTIONS } from '../domain/detection.js';
import type { DetailChoice, DetailMode, DetectionOptions } from '../domain/detection.js';
import { isAbort } from '../domain/errors.js';
import { abortError } from '../platform/abort.js';
import type { FrameSource } from '../platform/frame-source.js';
import { Listeners } from '../platform/listeners.js';
import type { DetectionResult, EngineInfo } from '../protocol/index.js';
import { Attendance } from './attendance.js';
import type { DetectSessionParts } from './detect-session-parts.js';
import { EngineKeeper } from './engine-keeper.js';
import { FrameLoop } from './frame-loop.js';
import type { Lent } from './lent.js';
import { rowsOf } from './naming.js';
import { Pacer } from './pacer.js';
import { LivePicture } from './pictures/live-picture.js';
import { ShownFrames } from './pictures/shown-frames.js';
import { StatsKeeper } from './session-stats.js';
import { SingleLooks } from './single-looks.js';
import { SourceKeeper } from './source-keeper.js';
import { StateStore } from './state-store.js';
import { TrackKeeper } from './track-keeper.js';
import { LiveWatching } from './watch/live-watching.js';
import type {
  DetectSession,
  EngineState,
  LiveResult,
  LiveTrackingOptions,
  LoadSettings,
  Picture,
  SessionState,
  SessionStats,
  SourceInfo,
  SourceRequest,
} from './types.js';

/** The live use case: ties one engine and one source together. */
export class LiveDetectSession implements DetectSession {
  readonly teach: ReturnType<DetectSessionParts['createTeaching']>;
  readonly watch = new LiveWatching();
  readonly pictures = new LivePicture(() => {
    this.#sources.update();
    this.#lookAfresh();
  });
  readonly #parts: DetectSessionParts;
  readonly #store = new StateStore();
  readonly #engine: EngineKeeper;
  readonly #sources: SourceKeeper;
  readonly #loop: FrameLoop;
  readonly #stats: StatsKeeper;
  readonly #pacer: Pacer;
  readonly #attendance: Attendance;
  readonly #tracks = new TrackKeeper();
  readonly #looks: SingleLooks;
  readonly #frames: ShownFrames;
  readonly #results = new Listeners<LiveResult>();
  #options = DEFAULT_DETECTION_OPTIONS;
  #engineState: EngineState = { phase: 'idle' };
  #isDisposed = false;
  readonly #assertAlive = (): void => {
    if (this.#isDisposed) throw abortError();
  };

  constructor(parts: DetectSessionParts) {
    this.#parts = parts;
    this.#engine = new EngineKeeper(parts.engine, parts.urls, parts.probes, this.#store);
    this.#looks = new SingleLooks(parts.engine, this.#engine, this.#assertAlive);
    this.teach = parts.createTeaching({
      session: this,
      embed: async (picture, boxes, maps, call) => {
        await this.#looks.ready(picture, call?.signal);
        return parts.engine.embed(picture, boxes, maps, call);
      },
      anchors: async (picture, call) => {
        await this.#looks.ready(picture, call?.signal);
        return parts.engine.anchors(picture, call);
      },
      lookAgain: () => {
        this.#lookAfresh();
      },
    });
    this.#frames = new ShownFrames(this.pictures, this.#tracks, this.teach);
    this.#pacer = new Pacer(parts.battery);
    this.#stats = new StatsKeeper(parts.engine);
    this.#sources = new SourceKeeper(
      parts.openSource,
      this.#store,
      (source) => {
        this.#tracks.reset();
        this.teach.reset();
        this.watch.end();
        this.pictures.begin(source);
        this.#pacer.begin(source?.kind === 'photo' ? 'photo' : 'live');
        this.#steer(source);
      },
      (source) => this.pictures.elementOf(source),
    );
    this.#loop = new FrameLoop({
      engine: parts.engine,
      whenReady: (signal) => this.#engine.whenReady(signal),
      options: () => this.#pacer.optionsFor(this.#frames.ask(this.#options)),
      interval: () => this.#pacer.interval,
      wantsPicture: () => this.#frames.wantsPicture,
      onResult: (observed, skipped, picture) => {
        const { result, again, probeAgain } = this.#pacer.took(observed);
        const live = this.#frames.take(result, rowsOf(observed), this.#options, picture, again);
        this.#stats.count(live, skipped);
        this.#store.mend('frame');
        this.#results.emit(live);
        const isPhoto = this.#sources.source?.kind === 'photo';
        this.watch.see(live, this.#tracks.options, isPhoto, this.#tracks.faint);
        if (again) this.#sources.source?.refresh();
        if (probeAgain) this.#parts.probes.forget();
      },
      onFrameProblem: (problem) => {
        this.#store.report(problem, 'frame');
      },
      onSourceOver: (source, reason) => {
        this.#sources.lose(source, reason);
      },
    });
    this.#attendance = new Attendance({
      state: () => this.state,
      hasSource: () => this.#sources.source !== undefined,
      wakeLock: parts.wakeLock,
      stats: this.#stats,
    });
    this.#store.subscribe((state) => {
      this.#onState(state);
    });
  }

  get state(): SessionState {
    return this.#store.state;
  }

  get stats(): SessionStats {
    const stats = this.#stats.read(this.state.engine.phase === 'ready');
    return { ...stats, slowedBy: this.#pacer.reasons };
  }

  get options(): DetectionOptions {
    return this.#options;
  }

  set options(options: DetectionOptions) {
    this.#options = options;
    this.#lookAfresh();
  }

  get detail(): DetailChoice {
    return this.#pacer.detail;
  }

  set detail(detail: DetailChoice) {
    if (detail === this.#pacer.detail) return;
    this.#pacer.detail = detail;
    this.#lookAfresh();
  }

  get photoDetail(): DetailMode {
    return this.#pacer.photoDetail;
  }

  get tracking(): LiveTrackingOptions {
    return this.#tracks.options;
  }

  set tracking(options: LiveTrackingOptions) {
    this.#tracks.options = options;
  }

  get lent(): Lent {
    return this.teach.lent;
  }

  set lent(lent: Lent) {
    this.teach.lent = lent;
    this.#lookAfresh();
  }

  async load(settings: LoadSettings): Promise<EngineInfo> {
    this.#assertAlive();
    return this.#engine.load(settings);
  }

  cancelLoad(): void {
    this.#engine.cancel();
  }

  async open(request: SourceRequest): Promise<SourceInfo | undefined> {
    this.#assertAlive();
    return this.#sources.open(request);
  }

  async start(): Promise<void> {
    this.#assertAlive();
    this.#store.setRunning(true);
    this.#steer(this.#sources.source);
    try {
      await this.#engine.ensureLoaded();
    } catch (thrown) {
      // A person who cancels the load does not want to wait for frames either;
      // after a failure, a successful retry goes on by itself.
      if (isAbort(thrown) && this.state.engine.phase === 'idle') this.stop();
      throw thrown;
    }
  }

  stop(): void {
    this.#store.setRunning(false);
    this.#steer(this.#sources.source);
  }

  dismissProblem(): void {
    this.#store.dismiss();
  }

  async detect(
    picture: Picture,
    options: Partial<DetectionOptions> = {},
    call: { readonly signal?: AbortSignal } = {},
  ): Promise<DetectionResult> {
    const wanted = (): DetectionOptions => ({ ...this.#options, ...options });
    const result = await this.#looks.lookAndName(picture, wanted, this.teach, call);
    this.#stats.outdate();
    return result;
  }

  identify(result: DetectionResult): LiveResult {
    const live = this.#tracks.identify(result, this.#options);
    this.teach.see(live, undefined);
    return live;
  }

  async lookAgain(): Promise<LiveResult | undefined> {
    if (this.state.engine.phase !== 'ready') return undefined;
    const wanted = { ...this.#options, detail: this.photoDetail };
    return this.#frames.lookAgain(this.#looks, wanted, () => this.#sources.source);
  }

  cameras(): ReturnType<DetectSession['cameras']> {
    return this.#parts.cameras.list();
  }

  onState(listener: (state: SessionState) => void): () => void {
    return this.#store.subscribe(listener);
  }

  onResult(listener: (result: LiveResult) => void): () => void {
    return this.#results.add(listener);
  }

  dispose(): Promise<void> {
    this.#isDisposed = true;
    this.teach.dispose();
    this.stop();
    this.#sources.close();
    this.#engine.dispose();
    this.#attendance.end();
    this.watch.dispose();
    this.pictures.dispose();
    this.#results.clear();
    this.#store.clear();
    return Promise.resolve();
  }

  /** Has the loop and the source do what the person wants, after any change of either. */
  #steer(source: FrameSource | undefined): void {
    if (source === undefined || !this.state.running) {
      this.#loop.stop();
      this.pictures.rest();
      source?.pause();
      return;
    }
    source.play();
    // A still that was taken before the pause is looked at again.
    this.#lookAfresh();
    this.#loop.run(source);
  }

  #lookAfresh(): void {
    this.#pacer.lookAfresh();
    this.#sources.source?.refresh();
  }

  #onState(state: SessionState): void {
    const { engine } = state;
    const isNew = engine.phase === 'ready' && engine !== this.#engineState;
    this.#engineState = engine;
    if (isNew) {
      this.pictures.labels = engine.info.model.labels;
      this.#stats.outdate();
      // Another backend or model has another pace, and may see other things in the same photo.
      this.#pacer.forget();
      this.#sources.source?.refresh();
    }
    this.#attendance.update();
  }
}
