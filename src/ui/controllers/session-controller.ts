import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DetailChoice, DetectionOptions } from '../../domain/detection.js';
import type { PrivacyOptions } from '../../domain/privacy/options.js';
import type { WatchConfig } from '../../domain/watch/config.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import type { Lent } from '../../session/lent.js';
import type {
  DetectionResult,
  DetectSession,
  EngineInfo,
  LiveResult,
  LiveTrackingOptions,
  LoadSettings,
  Picture,
  SessionState,
  SessionStats,
  SourceInfo,
  SourceRequest,
  SourceState,
} from '../../session/types.js';
import { IDLE_STATE, NO_STATS } from './idle-session.js';
import { reported } from './reported.js';

/** Numbers on screen change at most this often. */
const STATS_INTERVAL_MS = 250;

/** What the element lends to its controller, and what it wants to be told. */
export interface SessionDelegate {
  /** Makes the session when it is first needed. */
  createSession(): DetectSession;
  loadSettings(): LoadSettings;
  options(): DetectionOptions;
  tracking(): LiveTrackingOptions;
  detail(): DetailChoice;
  lent(): Lent;
  watch(): WatchConfig;
  privacy(): PrivacyOptions | undefined;
  isPaused(): boolean;
  /** @param isOtherPicture Whether what is shown is no longer what was shown before. */
  stateChanged(state: SessionState, isOtherPicture: boolean): void;
  resultArrived(result: LiveResult): void;
  /** Of one frame, after its result. */
  watched(events: readonly WatchEvent[]): void;
  statsChanged(stats: SessionStats): void;
  /** Whether and how the picture is altered has changed, or where else it is shown. */
  pictureChanged(): void;
  /** Another source is wanted from now on. */
  sourceAsked(request: SourceRequest): void;
}

/**
 * Owns the life of an element's session (made on first need, kept while the
 * element is merely moved within the document, disposed of when it stays out)
 * and remembers what was asked of it, so that it can be asked again.
 */
export class SessionController implements ReactiveController {
  readonly #delegate: SessionDelegate;
  #session: DetectSession | undefined;
  #unsubscribe: readonly (() => void)[] = [];
  #statsTimer: ReturnType<typeof setInterval> | undefined;
  #disposeTimer: ReturnType<typeof setTimeout> | undefined;
  #lastStats: SessionStats = NO_STATS;
  #wasDisposed = false;
  #shown: SourceInfo | undefined;
  /** A frozen picture is to be looked at again, or is being so. */
  #isDue = false;
  #isLooking = false;
  #asked: SourceRequest = { kind: 'none' };
  /** The source that is open, as it was asked for; what stays when a change fails. */
  #opened: SourceRequest = { kind: 'none' };

  constructor(host: ReactiveControllerHost, delegate: SessionDelegate) {
    this.#delegate = delegate;
    host.addController(this);
  }

  get state(): SessionState {
    return this.#session?.state ?? IDLE_STATE;
  }

  get stats(): SessionStats {
    return this.#session?.stats ?? NO_STATS;
  }

  /** The session if there is one. */
  get session(): DetectSession | undefined {
    return this.#session;
  }

  /** The source that was last asked for, open or not. */
  get asked(): SourceRequest {
    return this.#asked;
  }

  /** The source on show; it stays while another one is being opened. */
  get shown(): SourceInfo | undefined {
    return this.#shown;
  }

  /** The session, made now if need be. */
  obtain(): DetectSession {
    if (this.#session !== undefined) return this.#session;
    const session = this.#delegate.createSession();
    session.options = this.#delegate.options();
    session.tracking = this.#delegate.tracking();
    session.detail = this.#delegate.detail();
    session.lent = this.#delegate.lent();
    session.watch.config = this.#delegate.watch();
    session.pictures.privacy = this.#delegate.privacy();
    this.#session = session;
    this.#unsubscribe = [
      session.onState((state) => {
        this.#follow(state);
      }),
      session.onResult((result) => {
        this.#delegate.resultArrived(result);
      }),
      session.watch.onEvents((events) => {
        this.#delegate.watched(events);
      }),
      session.pictures.onChange(() => {
        this.#delegate.pictureChanged();
      }),
    ];
    this.#statsTimer = setInterval(() => {
      this.#reportStats(session);
    }, STATS_INTERVAL_MS);
    return session;
  }

  /** Loads the engine as the element's attributes say; nothing to do if it runs so already. */
  load(): Promise<EngineInfo> {
    return this.obtain().load(this.#delegate.loadSettings());
  }

  /** Carries changed properties over to a session that exists already. */
  update(changed: {
    readonly options: boolean;
    readonly tracking: boolean;
    readonly lent: boolean;
    readonly watch: boolean;
    readonly engine: boolean;
    readonly paused: boolean;
  }): void {
    const session = this.#session;
    if (session === undefined) return;
    if (changed.tracking) session.tracking = this.#delegate.tracking();
    if (changed.lent) session.lent = this.#delegate.lent();
    if (changed.watch) session.watch.config = this.#delegate.watch();
    if (changed.options) {
      session.options = this.#delegate.options();
      session.detail = this.#delegate.detail();
    }
    if (changed.options) this.lookAgain();
    if (changed.engine && session.state.engine.phase !== 'idle') reported(this.load());
    if (!changed.paused) return;
    if (this.#delegate.isPaused()) session.stop();
    else reported(this.run());
  }

  /** Opens a source; loads the engine meanwhile and begins to detect unless paused. */
  async open(request: SourceRequest): Promise<SourceInfo | undefined> {
    const session = this.obtain();
    this.#ask(request);
    // The engine loads while the person answers the browser's question.
    if (request.kind !== 'none') reported(this.load());
    const info = await session.open(request);
    this.#opened = request;
    if (info !== undefined && !this.#delegate.isPaused()) reported(this.run());
    return info;
  }

  /** Begins to take frames, if there is a source to take them from; loads the engine if need be. */
  async run(): Promise<void> {
    const session = this.obtain();
    if (session.state.source.phase === 'none') {
      // After a disposal the session is new and knows of no source.
      if (this.#opened.kind !== 'none') await this.open(this.#opened);
      return;
    }
    // Said first, so that the session does not load its own default. The
    // picture moves meanwhile: nobody waits for a model to see a camera.
    reported(this.load());
    await session.start();
  }

  /** Does again what failed: loading the engine, or else opening the source. */
  async retry(): Promise<void> {
    const { engine, problem } = this.state;
    if (engine.phase !== 'failed' && problem !== undefined && this.#asked.kind !== 'none') {
      await this.open(this.#asked);
    } else {
      await this.load();
      if (!this.#delegate.isPaused()) await this.run();
    }
  }

  /** Forgets the problem, and with it a change of source that failed. */
  dismissProblem(): void {
    this.#ask(this.#opened);
    this.#session?.dismissProblem();
  }

  hostConnected(): void {
    clearTimeout(this.#disposeTimer);
    if (!this.#wasDisposed) return;
    this.#wasDisposed = false;
    if (this.#opened.kind !== 'none') reported(this.open(this.#opened));
  }

  hostDisconnected(): void {
    // An element that is moved is connected again within the same task.
    this.#disposeTimer = setTimeout(() => {
      this.#wasDisposed = this.#session !== undefined;
      void this.dispose();
    });
  }

  /** Frees the session; a later `obtain()` makes another. */
  async dispose(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    this.#asked = { kind: 'none' };
    clearInterval(this.#statsTimer);
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#follow(IDLE_STATE);
    await session.dispose();
  }

  /** What is in a picture; `undefined` where there is no engine to tell. */
  async lookAt(picture: Picture): Promise<DetectionResult | undefined> {
    if (this.state.engine.phase !== 'ready') return undefined;
    const session = this.#session;
    return session?.detect(picture, { detail: session.photoDetail }).catch(() => undefined);
  }

  /** Carries over how the picture is altered; at once, so that nothing unaltered is shown or taken. */
  alter(): void {
    if (this.#session === undefined) return;
    this.#session.pictures.privacy = this.#delegate.privacy();
    this.lookAgain();
  }

  /** At a frozen picture; a running one is looked at anyway. */
  lookAgain(): void {
    if (this.#session?.state.running === false) void this.#lookAgain();
  }

  /** One at a time; a slider asks far more often than an engine can answer. */
  async #lookAgain(): Promise<void> {
    this.#isDue = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#isDue) {
      this.#isDue = false;
      const session = this.#session;
      const { source } = this.state;
      const result = session && (await this.#look(session, source));
      const isCurrent = this.#session === session && this.state.source === source;
      if (result !== undefined && isCurrent && !this.state.running) {
        this.#delegate.resultArrived(result);
      }
    }
    this.#isLooking = false;
  }

  async #look(session: DetectSession, source: SourceState): Promise<LiveResult | undefined> {
    if (session.pictures.privacy !== undefined) return session.lookAgain().catch(() => undefined);
    const picture = source.phase === 'open' ? source.info.element : undefined;
    const result = picture && (await this.lookAt(picture));
    const isCurrent = this.state.source === source && !this.state.running;
    return result && isCurrent ? session.identify(result) : undefined;
  }

  #follow(state: SessionState): void {
    const before = this.#shown?.element;
    if (state.source.phase !== 'opening') {
      this.#shown = state.source.phase === 'open' ? state.source.info : undefined;
    }
    this.#delegate.stateChanged(state, this.#shown?.element !== before);
  }

  #ask(request: SourceRequest): void {
    this.#asked = request;
    this.#delegate.sourceAsked(request);
  }

  #reportStats(session: DetectSession): void {
    const stats = session.stats;
    const last = this.#lastStats;
    const same = (Object.keys(stats) as (keyof SessionStats)[]).every(
      (key) => stats[key] === last[key],
    );
    if (same) return;
    this.#lastStats = stats;
    this.#delegate.statsChanged(stats);
  }
}
