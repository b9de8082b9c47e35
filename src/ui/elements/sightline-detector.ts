import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import type { DetectionOptions } from '../../domain/detection.js';
import type { Size } from '../../domain/geometry.js';
import { viewTransform, type Fit, type ViewTransform } from '../../domain/view-transform.js';
import { loadLabelNames } from '../../i18n/label-names.js';
import { t } from '../../i18n/messages.js';
import type { TeachSession } from '../../session/teach/types.js';
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
import { Announcer } from '../controllers/announcer.js';
import { reported, SessionController } from '../controllers/session-controller.js';
import { DetectionsEvent, StateChangeEvent, StatsChangeEvent } from '../events.js';
import { detectorStyles } from '../styles/detector.js';
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
import { resolveFit, resolveMirror } from './layout.js';
import { Overlay } from './overlay.js';
import { freeze, toPng } from './snapshot.js';

/** Properties that another engine has to be loaded for. */
const ENGINE_PROPERTIES = ['backend', 'runtime', 'model'] as const;

/**
 * Finds objects in a camera, a shared screen, a photo or a video and draws
 * labelled boxes over the picture. Everything runs in the page's own browser.
 *
 * ```html
 * <sightline-detector source="camera" score-threshold="0.6"></sightline-detector>
 * ```
 *
 * @fires {DetectionsEvent} detections - For every processed frame.
 * @fires {StateChangeEvent} state-change - Engine, source, running or problem changed.
 * @fires {StatsChangeEvent} stats-change - New numbers, at most 4 times a second.
 * @slot - Content laid over the picture.
 * @slot placeholder - Shown while there is no picture.
 * @csspart picture - The box that holds the `<video>` or `<canvas>`.
 * @csspart overlay - The canvas with the boxes.
 * @cssprop --sightline-background - Colour around a picture that does not fill the view.
 * @cssprop --sightline-tag-font - Font of the tags.
 */
export class SightlineDetector extends DetectorProperties {
  static override styles = detectorStyles;

  @query('canvas.overlay') private accessor overlayCanvas!: HTMLCanvasElement;
  @query('.announcements') private accessor announcements!: HTMLElement;

  readonly #sessions = new SessionController(this, {
    createSession: () => this.createSession(),
    loadSettings: () => ({
      backend: this.backend,
      runtime: this.runtime,
      model: this.model,
    }),
    options: () => sanitizeOptions(this),
    tracking: () => sanitizeTracking(this),
    detail: () => sanitizeDetail(this.detail),
    heads: () => this.heads,
    isPaused: () => this.paused,
    stateChanged: (state, isOtherPicture) => {
      this.#stateChanged(state, isOtherPicture);
    },
    resultArrived: (result) => {
      this.#resultArrived(result);
    },
    statsChanged: (stats) => {
      this.dispatchEvent(new StatsChangeEvent(stats));
    },
    sourceAsked: (request) => {
      this.source = request.kind;
      this.camera = request.kind === 'camera' ? cameraAttribute(request) : this.camera;
    },
  });
  readonly #announcer = new Announcer(
    (text) => {
      this.announcements.textContent = text;
    },
    () => this.displayNamesLocale,
  );
  #overlay: Overlay | undefined;
  /** The view in device pixels, once it has been measured. */
  #view: Size | undefined;
  #lastResult: LiveResult | undefined;

  constructor() {
    super();
    // Browsers too old for it still have to come as far as the message that says so.
    if (!('attachInternals' in this)) return;
    const internals = this.attachInternals();
    internals.role = 'group';
    internals.ariaLabel = t('detector.label');
  }

  /** Engine, source, whether it runs, and what last went wrong. */
  get state(): SessionState {
    return this.#sessions.state;
  }

  /** The latest numbers. */
  get stats(): SessionStats {
    return this.#sessions.stats;
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
    return this.#sessions.obtain().teach;
  }

  /** All labels that the model can report; empty until the engine is ready. */
  get labels(): readonly string[] {
    return this.info?.model.labels ?? [];
  }

  /** The source whose picture is shown. It stays while another one is being opened. */
  get sourceInfo(): SourceInfo | undefined {
    return this.#sessions.shown;
  }

  /** Whether the picture is shown mirrored at present. */
  get mirrored(): boolean {
    return resolveMirror(this.mirror, this.sourceInfo);
  }

  /**
   * Where the picture's pixels lie in this element, in CSS pixels from its top left corner;
   * `undefined` while there is none.
   */
  get pictureTransform(): ViewTransform | undefined {
    const { size } = this.sourceInfo ?? {};
    const view = { width: this.clientWidth, height: this.clientHeight };
    return size && viewTransform(size, view, this.#fit, this.mirrored);
  }

  /** Begins to detect, or goes on after a stop. Resolves when the engine is ready. */
  detectStart(): Promise<void> {
    this.paused = false;
    return this.#sessions.run();
  }

  /** Stops detecting and freezes the picture; the source stays open. */
  detectStop(): void {
    this.paused = true;
    this.#sessions.session?.stop();
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
    reported(this.#sessions.load());
    return this.#sessions.obtain().detect(source, options, call);
  }

  /**
   * Opens a source: a photo or a video as a `Blob`, or any request. When it
   * fails the previous source stays and the promise rejects.
   */
  open(what: SourceRequest | Blob): Promise<SourceInfo | undefined> {
    return this.#sessions.open(what instanceof Blob ? { kind: 'file', file: what } : what);
  }

  /** Cameras to choose from; their labels are empty until the permission was given. */
  cameras(): Promise<readonly { readonly deviceId: string; readonly label: string }[]> {
    return this.#sessions.obtain().cameras();
  }

  /**
   * The current picture at the source's resolution as PNG, with the boxes
   * found in exactly this picture. Never mirrored.
   */
  async snapshot(): Promise<Blob> {
    const { element, size } = this.sourceInfo ?? {};
    if (!element || !size) throw new DOMException('There is no picture', 'InvalidStateError');
    const frozen = freeze(element, size);
    // The boxes on screen belong to a frame some milliseconds older than the picture.
    const exact = await this.#sessions.lookAt(frozen);
    const detections = (exact ?? this.#lastResult)?.detections ?? [];
    const { fontFamily } = getComputedStyle(this.overlayCanvas);
    return toPng(frozen, detections, this.displayNamesLocale, fontFamily);
  }

  /** Does again what failed: opening the source, or loading the engine. */
  retry(): Promise<void> {
    return this.#sessions.retry();
  }

  /** Cancels a running load of the engine; `retry()` or `detectStart()` begin again. */
  cancelLoad(): void {
    this.#sessions.session?.cancelLoad();
  }

  /** Forgets `state.problem`. */
  dismissProblem(): void {
    this.#sessions.dismissProblem();
  }

  /** Frees engine, worker and camera at once; using the element again makes new ones. */
  dispose(): Promise<void> {
    return this.#sessions.dispose();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#overlay?.observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#overlay?.disconnect();
    this.#announcer.reset();
  }

  /** Passes changes on before rendering, so that what they change at once is rendered with them. */
  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('displayNamesLocale')) {
      void loadLabelNames(this.displayNamesLocale).then(() => {
        this.#redraw();
      });
    }
    this.#sessions.update({
      options: OPTION_NAMES.some((name) => changed.has(name)),
      tracking: TRACKING_NAMES.some((name) => changed.has(name)),
      heads: this.hasUpdated && changed.has('heads'),
      // At first everything counts as changed.
      engine: this.hasUpdated && ENGINE_PROPERTIES.some((name) => changed.has(name)),
      paused: this.hasUpdated && changed.has('paused'),
    });
    if (changed.has('source') || changed.has('camera')) {
      const request = requestFromAttributes(this.source, this.camera);
      if (request !== undefined && !isSameRequest(request, this.#sessions.asked)) {
        reported(this.#sessions.open(request));
      }
    }
    if (!this.hasUpdated && this.preload === 'auto') reported(this.#sessions.load());
  }

  override render(): TemplateResult {
    const element = this.sourceInfo?.element;
    const classes = { picture: true, cover: this.#fit === 'cover', mirrored: this.mirrored };
    return html`
      <div class=${classMap(classes)} part="picture">${element ?? nothing}</div>
      <canvas class="overlay" part="overlay" aria-hidden="true"></canvas>
      <slot class="content" name="placeholder" ?hidden=${element !== undefined}></slot>
      <slot class="content"></slot>
      <div class="announcements" role="status"></div>
    `;
  }

  override firstUpdated(): void {
    this.#overlay = new Overlay(this.overlayCanvas, (view) => {
      const before = this.#fit;
      this.#view = view;
      if (this.#fit !== before) this.requestUpdate();
    });
    this.#overlay.observe();
  }

  override updated(): void {
    this.#redraw();
  }

  get #fit(): Fit {
    const source = this.sourceInfo;
    if (source === undefined || this.#view === undefined) return 'contain';
    return resolveFit(this.fit, source.size, this.#view, source.kind === 'photo');
  }

  #stateChanged(state: SessionState, isOtherPicture: boolean): void {
    // Boxes of another picture, or of one that moves on unseen, would be wrong.
    if (state.engine.phase !== 'ready' || isOtherPicture) {
      this.#lastResult = undefined;
      this.#announcer.reset();
    }
    this.requestUpdate();
    this.dispatchEvent(new StateChangeEvent(state));
  }

  #resultArrived(result: LiveResult): void {
    this.#lastResult = result;
    this.#redraw();
    this.#announcer.add(result.detections);
    this.dispatchEvent(new DetectionsEvent(result));
  }

  #redraw(): void {
    const result = this.#lastResult;
    this.#overlay?.show(
      result && {
        detections: result.steady,
        source: result.frame,
        fit: this.#fit,
        mirrored: this.mirrored,
        locale: this.displayNamesLocale,
      },
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-detector': SightlineDetector;
  }
}
