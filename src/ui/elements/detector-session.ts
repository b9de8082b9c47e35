import type { PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { DetectionOptions } from '../../domain/detection.js';
import { usablePrivacy, type PrivacyOptions } from '../../domain/privacy/options.js';
import type { WatchCounts } from '../../domain/watch/watcher.js';
import type { PictureSession, PrivacyState } from '../../session/pictures/types.js';
import type { TeachSession } from '../../session/teach/types.js';
import type { WatchSession } from '../../session/watch/types.js';
import type {
  DetectionResult,
  EngineInfo,
  LiveResult,
  Picture,
  SessionState,
  SessionStats,
  SourceInfo,
  SourceRequest,
} from '../../session/types.js';
import { reported } from '../controllers/reported.js';
import { SessionController } from '../controllers/session-controller.js';
import { PrivacyChangeEvent, StatsChangeEvent } from '../events.js';
import { watchDomEvent } from '../watch-events.js';
import {
  cameraAttribute,
  isSameRequest,
  OPTION_NAMES,
  requestFromAttributes,
  sanitizeDetail,
  sanitizeOptions,
  sanitizeTracking,
  TRACKING_NAMES,
} from './detector-attributes.js';
import { DetectorProperties } from './detector-properties.js';
import { privacyAttribute, type PrivacyInput } from './privacy-property.js';
import { watchConfig, WATCH_NAMES } from './watch-properties.js';

/** Properties that another engine has to be loaded for. */
const ENGINE_PROPERTIES = ['backend', 'runtime', 'model'] as const;

/** Before there is a session. */
const NO_COUNTS: WatchCounts = { zones: new Map(), lines: new Map() };

/** What a page can ask of `<sightline-detector>`, and the session that does it. */
export abstract class DetectorSession extends DetectorProperties {
  protected readonly sessions = new SessionController(this, {
    createSession: () => this.createSession(),
    loadSettings: () => ({
      backend: this.backend,
      runtime: this.runtime,
      model: this.model,
    }),
    options: () => sanitizeOptions(this),
    tracking: () => sanitizeTracking(this),
    detail: () => sanitizeDetail(this.detail),
    lent: () => ({ heads: this.heads, finds: this.finds }),
    watch: () => {
      const { config, problems } = watchConfig(this);
      this.#watchProblems = problems;
      return config;
    },
    privacy: () => this.#privacy,
    watched: (events) => {
      for (const event of events) this.dispatchEvent(watchDomEvent(event));
    },
    isPaused: () => this.paused,
    stateChanged: (state, isOtherPicture) => {
      this.stateChanged(state, isOtherPicture);
    },
    resultArrived: (result) => {
      this.resultArrived(result);
    },
    statsChanged: (stats) => {
      this.dispatchEvent(new StatsChangeEvent(stats));
    },
    pictureChanged: () => {
      this.#pictureChanged();
    },
    sourceAsked: (request) => {
      this.source = request.kind;
      this.camera = request.kind === 'camera' ? cameraAttribute(request) : this.camera;
    },
  });
  #watchProblems: readonly string[] = [];
  #privacy: PrivacyOptions | undefined;
  /** What `privacy-change` has told of last. */
  #told: PrivacyState = 'off';

  /**
   * How the picture is altered, on screen and wherever else it goes: `{ style: 'blur' | 'pixelate' |
   * 'cover' | 'cut-out', part: 'objects' | 'background', labels: ['person'], shape: 'box' | 'soft',
   * margin: 0.1 }`, all of them optional; `true` for the defaults, `undefined` or `false` for off.
   * The attribute takes a style, and `background` for all but what is found. Holds at once: until a
   * frame has been looked at, everything is covered.
   */
  @property({ converter: { fromAttribute: privacyAttribute } })
  set privacy(value: PrivacyInput) {
    this.#privacy = usablePrivacy(value);
    this.sessions.alter();
  }

  get privacy(): PrivacyOptions | undefined {
    return this.#privacy;
  }

  /** `off`; `waiting` while everything is covered, for nothing was looked at yet; `on`. */
  get privacyState(): PrivacyState {
    const closed = this.#privacy === undefined ? 'off' : 'waiting';
    return this.sessions.session?.pictures.privacyState ?? closed;
  }

  /**
   * The picture as a stream, altered while `privacy` is on; it goes on over changes of source and of
   * privacy. Its frames are those that were looked at. Whoever takes it stops its tracks.
   *
   * @throws DOMException `NotSupportedError` where the browser has no streams of a canvas.
   */
  captureStream(): MediaStream {
    return this.pictures.captureStream();
  }

  /** What else can be done with the picture as it is shown. */
  get pictures(): Omit<PictureSession, 'privacy'> {
    return this.sessions.obtain().pictures;
  }

  /** Engine, source, whether it runs, and what last went wrong. */
  get state(): SessionState {
    return this.sessions.state;
  }

  /** The latest numbers. */
  get stats(): SessionStats {
    return this.sessions.stats;
  }

  /** What runs, once the engine is ready. */
  get info(): EngineInfo | undefined {
    const { engine } = this.state;
    return engine.phase === 'ready' ? engine.info : undefined;
  }

  /**
   * Teaching on what this element sees; see `TeachSession`. Its code is fetched when it
   * is used. Disposing of the element ends it: afterwards this is another one.
   */
  get teach(): TeachSession {
    return this.sessions.obtain().teach;
  }

  /** What happens in the picture as plain data; a page has it as events, too. */
  get watch(): Pick<WatchSession, 'onEvents'> {
    return this.sessions.obtain().watch;
  }

  /** Numbers of every zone and line, by id, as of the last frame. */
  get counts(): WatchCounts {
    return this.sessions.session?.watch.counts ?? NO_COUNTS;
  }

  /** Why some of `zones`, `lines` and `rules` were left out; for developers, in English. */
  get watchProblems(): readonly string[] {
    return this.#watchProblems;
  }

  /** Entries and crossings of all zones and lines count from 0 again. */
  resetCounts(): void {
    this.sessions.session?.watch.resetCounts();
  }

  /** All labels that the model can report; empty until the engine is ready. */
  get labels(): readonly string[] {
    return this.info?.model.labels ?? [];
  }

  /** The source whose picture is shown. It stays while another one is being opened. */
  get sourceInfo(): SourceInfo | undefined {
    return this.sessions.shown;
  }

  /** Begins to detect, or goes on after a stop. Resolves when the engine is ready. */
  detectStart(): Promise<void> {
    this.paused = false;
    return this.sessions.run();
  }

  /** Stops detecting and freezes the picture; the source stays open. */
  detectStop(): void {
    this.paused = true;
    this.sessions.session?.stop();
  }

  /**
   * Finds objects in one picture, whatever the source does; loads the engine if need be.
   *
   * @param options Override the element's own for this call.
   */
  detect(
    source: Picture,
    options?: Partial<DetectionOptions>,
    call?: { readonly signal?: AbortSignal },
  ): Promise<DetectionResult> {
    // The session copies the picture at once and waits for the engine itself.
    reported(this.sessions.load());
    return this.sessions.obtain().detect(source, options, call);
  }

  /**
   * Opens a source: a photo or a video as a `Blob`, or any request. When it
   * fails the previous source stays and the promise rejects.
   */
  open(what: SourceRequest | Blob): Promise<SourceInfo | undefined> {
    return this.sessions.open(what instanceof Blob ? { kind: 'file', file: what } : what);
  }

  /** Cameras to choose from; their labels are empty until the permission was given. */
  cameras(): Promise<readonly { readonly deviceId: string; readonly label: string }[]> {
    return this.sessions.obtain().cameras();
  }

  /** Does again what failed: opening the source, or loading the engine. */
  retry(): Promise<void> {
    return this.sessions.retry();
  }

  /** Cancels a running load of the engine; `retry()` or `detectStart()` begin again. */
  cancelLoad(): void {
    this.sessions.session?.cancelLoad();
  }

  /** Forgets `state.problem`. */
  dismissProblem(): void {
    this.sessions.dismissProblem();
  }

  /** Frees engine, worker and camera at once; using the element again makes new ones. */
  dispose(): Promise<void> {
    return this.sessions.dispose();
  }

  /** Passes changes on before rendering, so that what they change at once is rendered with them. */
  override willUpdate(changed: PropertyValues<this>): void {
    this.sessions.update({
      options: OPTION_NAMES.some((name) => changed.has(name)),
      tracking: TRACKING_NAMES.some((name) => changed.has(name)),
      lent: this.hasUpdated && (changed.has('heads') || changed.has('finds')),
      watch: this.hasUpdated && WATCH_NAMES.some((name) => changed.has(name)),
      // At first everything counts as changed.
      engine: this.hasUpdated && ENGINE_PROPERTIES.some((name) => changed.has(name)),
      paused: this.hasUpdated && changed.has('paused'),
    });
    if (changed.has('source') || changed.has('camera')) {
      const request = requestFromAttributes(this.source, this.camera);
      if (request !== undefined && !isSameRequest(request, this.sessions.asked)) {
        reported(this.sessions.open(request));
      }
    }
    if (!this.hasUpdated && this.preload === 'auto') reported(this.sessions.load());
  }

  #pictureChanged(): void {
    const state = this.privacyState;
    if (state === this.#told) return;
    this.#told = state;
    this.dispatchEvent(new PrivacyChangeEvent(state));
  }

  /** @param isOtherPicture Whether what is shown is no longer what was shown before. */
  protected abstract stateChanged(state: SessionState, isOtherPicture: boolean): void;
  protected abstract resultArrived(result: LiveResult): void;
}
