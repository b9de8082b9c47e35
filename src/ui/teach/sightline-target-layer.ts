import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { area, type BBox, type Size } from '../../domain/geometry.js';
import { UNKNOWN } from '../../domain/head.js';
import type { Proposal } from '../../domain/labelling/proposals.js';
import type { TrackedDetection } from '../../domain/tracking/track.js';
import { toView } from '../../domain/view-transform.js';
import { labelName } from '../../i18n/label-names.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import { whileConnected } from '../controllers/while-connected.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
import { TeachCommandEvent, type BoxEditEvent, type DetectionsEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { targetLayerStyles } from '../styles/target-layer.js';
import './sightline-box-editor.js';

/** An object that has the focus stays for so long after its object was last seen. */
const PATIENCE_MS = 2000;

interface TrackButton {
  readonly button: HTMLButtonElement;
  seenAt: number;
}

/**
 * What lies over the picture in the Teach mode: every object in sight is a button,
 * and a box can be drawn. The buttons follow their objects without a render.
 *
 * @fires {TeachCommandEvent} teach-command - `choose-track`, `set-box` or `use-box`.
 */
@customElement('sightline-target-layer')
export class SightlineTargetLayer extends LitElement {
  static override styles = [controls, targetLayerStyles];

  @property({ attribute: false }) accessor detector: SightlineDetector | undefined;
  /** The object that is chosen. */
  @property({ attribute: false }) accessor chosen: number | undefined;
  /** A box is being drawn, and how it lies so far, in pixels of the picture. */
  @property({ type: Boolean, reflect: true }) accessor drawing = false;
  @property({ attribute: false }) accessor box: BBox | undefined;
  /** Boxes to choose from meanwhile. */
  @property({ attribute: false }) accessor proposals: readonly Proposal[] = [];
  @property() accessor locale = 'en';

  @query('.carried') private accessor carried!: HTMLElement;
  @query('.things') private accessor things!: HTMLElement;
  @query('sightline-box-editor') private accessor editor!:
    HTMLElementTagNameMap['sightline-box-editor'] | null;

  readonly #buttons = new Map<number, TrackButton>();
  readonly #resizes = new ResizeObserver(() => {
    this.#place();
  });
  #listening: AbortController | undefined;
  #last: DetectionsEvent | undefined;

  constructor() {
    super();
    whileConnected(this, () => {
      this.#resizes.observe(this);
      this.#listen();
      return () => {
        this.#resizes.disconnect();
        this.#listening?.abort();
      };
    });
  }

  override render(): TemplateResult {
    return html`
      <div class="things" role="group" aria-label=${texts.inSight} ?hidden=${this.drawing}></div>
      ${this.drawing ? this.#editor() : nothing}
      <div class="carried" hidden></div>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('detector')) this.#listen();
    if (changed.has('drawing') && this.drawing) this.editor?.focus();
    this.#place();
  }

  #editor(): TemplateResult {
    return html`<sightline-box-editor
      .box=${this.box}
      .proposals=${this.proposals}
      .size=${this.#size}
      .transform=${this.detector?.pictureTransform}
      @box-edit=${this.#edited}
    ></sightline-box-editor>`;
  }

  get #size(): Size | undefined {
    return this.detector?.sourceInfo?.size;
  }

  #listen(): void {
    this.#listening?.abort();
    if (!this.isConnected || this.detector === undefined) return;
    this.#listening = new AbortController();
    const options = { signal: this.#listening.signal };
    this.detector.addEventListener('detections', this.#detected, options);
    this.detector.addEventListener(
      'state-change',
      () => {
        if (this.detector?.sourceInfo === undefined) this.#forget();
      },
      options,
    );
  }

  readonly #detected = (event: DetectionsEvent): void => {
    this.#last = event;
    this.#place();
  };

  #forget(): void {
    this.#last = undefined;
    this.#place();
  }

  /** Puts every button over its object, and the drawn box where it lies. */
  #place(): void {
    if (!this.hasUpdated) return;
    const transform = this.detector?.pictureTransform;
    const now = performance.now();
    if (transform === undefined || this.#last === undefined) {
      for (const id of this.#buttons.keys()) this.#drop(id);
    } else {
      const areas = this.#last.steady.map(({ bbox }) => area(bbox)).sort((a, b) => b - a);
      for (const detection of this.#last.steady) {
        const { button } = this.#buttonFor(detection, now);
        setBox(button, toView(detection.bbox, transform));
        // What is small lies on top of what surrounds it.
        button.style.zIndex = String(areas.indexOf(area(detection.bbox)));
      }
    }
    for (const [id, { button, seenAt }] of this.#buttons) {
      const isKept = (button.matches(':focus') || id === this.chosen) && now - seenAt < PATIENCE_MS;
      if (seenAt < now && !isKept) this.#drop(id);
      button.classList.toggle('lost', seenAt < now);
    }
    if (this.editor !== null) this.editor.transform = transform;
    const carried = this.detector?.teach.labelling.carried;
    this.carried.hidden = carried === undefined || transform === undefined;
    if (carried !== undefined && transform !== undefined) {
      setBox(this.carried, toView(carried, transform));
    }
  }

  #buttonFor(detection: TrackedDetection, now: number): TrackButton {
    const { trackId } = detection;
    let entry = this.#buttons.get(trackId);
    if (entry === undefined) {
      const button = document.createElement('button');
      button.addEventListener('click', () => {
        this.#choose(trackId);
      });
      this.things.append(button);
      entry = { button, seenAt: now };
      this.#buttons.set(trackId, entry);
    }
    entry.seenAt = now;
    const name = texts.thing(thingName(detection, this.locale));
    if (entry.button.ariaLabel !== name) entry.button.ariaLabel = name;
    const pressed = String(trackId === this.chosen);
    if (entry.button.ariaPressed !== pressed) entry.button.ariaPressed = pressed;
    return entry;
  }

  #drop(id: number): void {
    this.#buttons.get(id)?.button.remove();
    this.#buttons.delete(id);
  }

  #choose(trackId: number): void {
    const found = this.#last?.detections.find((detection) => detection.trackId === trackId);
    const base = found?.taught?.base ?? found?.class ?? '';
    this.dispatchEvent(new TeachCommandEvent({ kind: 'choose-track', trackId, base }));
  }

  readonly #edited = ({ bbox, step }: BoxEditEvent): void => {
    this.dispatchEvent(new TeachCommandEvent({ kind: 'set-box', bbox }));
    if (step !== 'moving') this.dispatchEvent(new TeachCommandEvent({ kind: 'use-box' }));
  };
}

/** As its tag on the picture says it. */
function thingName({ class: label, taught }: TrackedDetection, locale: string): string {
  const name = labelName(label, locale);
  return taught?.label === UNKNOWN ? texts.unknownThing(name) : name;
}

/** By script, since the page's security policy forbids styles in markup. */
function setBox(element: HTMLElement, [x, y, width, height]: BBox): void {
  element.style.translate = `${x}px ${y}px`;
  element.style.inlineSize = `${width}px`;
  element.style.blockSize = `${height}px`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-target-layer': SightlineTargetLayer;
  }
}
