import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import type { Size } from '../../domain/geometry.js';
import { viewTransform, type Fit, type ViewTransform } from '../../domain/view-transform.js';
import { loadLabelNames } from '../../i18n/label-names.js';
import { t } from '../../i18n/messages.js';
import type { DetectionResult, LiveResult, SessionState } from '../../session/types.js';
import { Announcer } from '../controllers/announcer.js';
import { DetectionsEvent, StateChangeEvent } from '../events.js';
import { detectorStyles } from '../styles/detector.js';
import { DetectorSession } from './detector-session.js';
import { resolveFit, resolveMirror } from './layout.js';
import { Overlay } from './overlay.js';
import { freeze, toPng } from './snapshot.js';

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
 * @fires {PrivacyChangeEvent} privacy-change - The picture is altered from now on, or covered, or not.
 * @fires {TrackStartedEvent} track-started - An object is followed from now on.
 * @fires {TrackEndedEvent} track-ended - It is followed no longer.
 * @fires {ZoneEnteredEvent} zone-entered - An object is in one of `zones`.
 * @fires {ZoneLeftEvent} zone-left - It is not any more; with how long it stayed.
 * @fires {ZoneLoiteredEvent} zone-loitered - It has stayed for the zone's `loiteringTime`.
 * @fires {LineCrossedEvent} line-crossed - An object has crossed one of `lines`, in or out.
 * @fires {RuleFiredEvent} rule-fired - What one of `rules` waits for has come true.
 * @slot - Content laid over the picture.
 * @slot placeholder - Shown while there is no picture.
 * @csspart picture - The box that holds the `<video>` or `<canvas>`.
 * @csspart overlay - The canvas with the boxes.
 * @cssprop --sightline-background - Colour around a picture that does not fill the view.
 * @cssprop --sightline-tag-font - Font of the tags.
 */
export class SightlineDetector extends DetectorSession {
  static override styles = detectorStyles;

  @query('canvas.overlay') private accessor overlayCanvas!: HTMLCanvasElement;
  @query('.announcements') private accessor announcements!: HTMLElement;

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

  /**
   * The current picture at the source's resolution as PNG, with the boxes
   * found in exactly this picture. Never mirrored. Altered as `privacy` says.
   */
  async snapshot(): Promise<Blob> {
    const { element, size } = this.sourceInfo ?? {};
    if (!element || !size) throw new DOMException('There is no picture', 'InvalidStateError');
    const frozen = freeze(element, size);
    const detections = (await this.#detectionsOf(frozen))?.detections ?? [];
    const { fontFamily } = getComputedStyle(this.overlayCanvas);
    return toPng(frozen, detections, this.displayNamesLocale, fontFamily);
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

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('displayNamesLocale')) {
      void loadLabelNames(this.displayNamesLocale).then(() => {
        this.#redraw();
      });
    }
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

  protected override stateChanged(state: SessionState, isOtherPicture: boolean): void {
    // Boxes of another picture, or of one that moves on unseen, would be wrong.
    if (state.engine.phase !== 'ready' || isOtherPicture) {
      this.#lastResult = undefined;
      this.#announcer.reset();
    }
    this.requestUpdate();
    this.dispatchEvent(new StateChangeEvent(state));
  }

  protected override resultArrived(result: LiveResult): void {
    this.#lastResult = result;
    this.#redraw();
    this.#announcer.add(result.detections);
    this.dispatchEvent(new DetectionsEvent(result));
  }

  /** What is in the picture that is shown. */
  async #detectionsOf(frozen: HTMLCanvasElement): Promise<DetectionResult | undefined> {
    const last = this.#lastResult;
    // An altered picture is of the very frame; there is nothing to be found in it any more.
    if (this.privacy !== undefined) return this.privacyState === 'on' ? last : undefined;
    // The boxes on screen belong to a frame some milliseconds older than the picture.
    return (await this.sessions.lookAt(frozen)) ?? this.#lastResult;
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
