import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { BBox, Size } from '../../domain/geometry.js';
import {
  boxAfterKey,
  boxAround,
  boxBetween,
  centredBox,
  CORNERS,
  isLargeEnough,
  movedBy,
  withCornerAt,
  type Corner,
} from '../../domain/labelling/edit-box.js';
import { proposalAt, type Proposal } from '../../domain/labelling/proposals.js';
import { fromView, toView, type ViewTransform } from '../../domain/view-transform.js';
import { BOX_TEXTS as texts } from '../../i18n/label-box-messages.js';
import { BoxEditEvent } from '../events.js';
import { boxEditorStyles } from '../styles/box-editor.js';
import { controls } from '../styles/controls.js';

type Point = readonly [x: number, y: number];

/** What a pointer has hold of. */
type Grip =
  | { readonly kind: 'new' }
  | { readonly kind: 'corner'; readonly corner: Corner; readonly box: BBox }
  | { readonly kind: 'whole'; readonly box: BBox };

/** Points on the screen that a tap may tremble. */
const TREMBLE = 8;
/** Points between the middles of two handles at least, so that the box can be held between them. */
const APART = 92;
const HANDLE = 48;

/**
 * A box over a picture that lies below: drawn by a drag, chosen from those that are
 * proposed by a tap, pulled by its corners, moved by its middle, or all of it by keys.
 * Nothing here knows whether the picture is live, paused or stored.
 *
 * @fires {BoxEditEvent} box-edit - The box changes, was drawn, or is right.
 */
@customElement('sightline-box-editor')
export class SightlineBoxEditor extends LitElement {
  static override styles = [controls, boxEditorStyles];

  /** In pixels of the picture; `undefined` while there is none. */
  @property({ attribute: false }) accessor box: BBox | undefined;
  /** Best first. */
  @property({ attribute: false }) accessor proposals: readonly Proposal[] = [];
  /** Of the picture, in its pixels. */
  @property({ attribute: false }) accessor size: Size | undefined;
  /** How the picture lies below this element. */
  @property({ attribute: false }) accessor transform: ViewTransform | undefined;

  @query('.surface') private accessor surface!: HTMLElement;
  @query('.box') private accessor boxElement!: HTMLElement | null;

  #grip: Grip | undefined;
  /** Where the pointer went down, in pixels of the picture and of the screen. */
  #from: { readonly point: Point; readonly screen: Point } | undefined;
  #isDragging = false;

  /** Takes the keyboard. */
  override focus(): void {
    void this.updateComplete.then(() => {
      (this.boxElement ?? this.surface).focus({ preventScroll: true });
    });
  }

  override render(): TemplateResult {
    const { box, proposals } = this;
    return html`<div
        class="surface ${box === undefined ? '' : 'chosen'}"
        role="application"
        tabindex=${box === undefined ? 0 : -1}
        aria-label=${texts.surface}
        aria-describedby="keys"
        @pointerdown=${this.#began}
        @pointermove=${this.#moved}
        @pointerup=${this.#ended}
        @pointercancel=${this.#cancelled}
        @keydown=${this.#pressed}
      >
        ${proposals.map(
          (proposal, index) =>
            html`<button
              class="proposal ${index === 0 ? 'best' : ''}"
              aria-label=${texts.proposal(index + 1, proposals.length)}
              @click=${() => {
                this.#tell(proposal.bbox, 'taken');
              }}
            ></button>`,
        )}
        ${
          box === undefined
            ? nothing
            : html`<div
                  class="box"
                  tabindex="0"
                  role="application"
                  aria-roledescription=${texts.boxRole}
                  aria-label=${this.#boxText(box)}
                  aria-describedby="keys"
                ></div>
                ${CORNERS.map(
                  (_, index) =>
                    html`<div class="handle" data-corner=${index} aria-hidden="true"></div>`,
                )}`
        }
      </div>
      <p id="keys" class="visually-hidden">${texts.keys}</p>`;
  }

  override updated(changed: PropertyValues<this>): void {
    this.#place();
    // The box that has just come to be takes over the keyboard from what it came from.
    const isNew = changed.has('box') && changed.get('box') === undefined;
    if (isNew && this.box !== undefined && this.matches(':focus-within')) this.focus();
  }

  #boxText([x, y, width, height]: BBox): string {
    const { size } = this;
    if (size === undefined) return texts.boxRole;
    return texts.box(x / size.width, y / size.height, width / size.width, height / size.height);
  }

  /** Puts everything where it lies; by script, for the page allows no styles in markup. */
  #place(): void {
    const { transform, box } = this;
    if (transform === undefined) return;
    const buttons = this.renderRoot.querySelectorAll<HTMLElement>('.proposal');
    this.proposals.forEach(({ bbox }, index) => {
      const button = buttons[index];
      if (button !== undefined) put(button, toView(bbox, transform));
    });
    if (box === undefined || this.boxElement === null) return;
    const view = toView(box, transform);
    put(this.boxElement, view);
    const isMirrored = transform.scaleX < 0;
    const across = handlesAt(view[0], view[2], this.clientWidth);
    const down = handlesAt(view[1], view[3], this.clientHeight);
    for (const handle of this.renderRoot.querySelectorAll<HTMLElement>('.handle')) {
      const corner = CORNERS[Number(handle.dataset['corner'])];
      if (corner === undefined) continue;
      const isRight = corner.right !== isMirrored;
      const [x, y] = [across[isRight ? 1 : 0], down[corner.bottom ? 1 : 0]];
      handle.style.translate = `${x - HANDLE / 2}px ${y - HANDLE / 2}px`;
      handle.classList.toggle('rising', isRight !== corner.bottom);
    }
  }

  #point({ clientX, clientY }: PointerEvent): Point | undefined {
    if (this.transform === undefined) return undefined;
    const { left, top } = this.getBoundingClientRect();
    const [x, y] = fromView([clientX - left, clientY - top, 0, 0], this.transform);
    return [x, y];
  }

  readonly #began = (event: PointerEvent): void => {
    const point = this.#point(event);
    if (!event.isPrimary || event.button !== 0 || point === undefined) return;
    const target = event.target as HTMLElement;
    this.surface.setPointerCapture(event.pointerId);
    this.#from = { point, screen: [event.clientX, event.clientY] };
    this.#isDragging = false;
    const { box } = this;
    const corner = CORNERS[Number(target.dataset['corner'] ?? NaN)];
    if (box !== undefined && corner !== undefined) this.#grip = { kind: 'corner', corner, box };
    else if (box !== undefined && target === this.boxElement) this.#grip = { kind: 'whole', box };
    else this.#grip = { kind: 'new' };
  };

  readonly #moved = (event: PointerEvent): void => {
    const [from, grip, point, { size }] = [this.#from, this.#grip, this.#point(event), this];
    if (from === undefined || grip === undefined || point === undefined || !size) return;
    const [x, y] = from.screen;
    this.#isDragging ||= Math.hypot(event.clientX - x, event.clientY - y) >= TREMBLE;
    if (!this.#isDragging) return;
    const by: Point = [point[0] - from.point[0], point[1] - from.point[1]];
    switch (grip.kind) {
      case 'whole':
        this.#tell(movedBy(grip.box, by, size), 'moving');
        break;
      case 'corner': {
        // The finger keeps its distance from the corner: nothing jumps below it.
        const { box, corner } = grip;
        const at: Point = [
          box[0] + (corner.right ? box[2] : 0) + by[0],
          box[1] + (corner.bottom ? box[3] : 0) + by[1],
        ];
        this.#tell(withCornerAt(box, corner, at, size), 'moving');
        break;
      }
      case 'new': {
        const box = boxBetween(from.point, point, size);
        if (isLargeEnough(box)) this.#tell(box, 'moving');
      }
    }
  };

  readonly #ended = (event: PointerEvent): void => {
    const [from, grip, { size, box }] = [this.#from, this.#grip, this];
    this.#cancelled();
    if (from === undefined || grip === undefined || size === undefined) return;
    if (this.#isDragging) {
      if (grip.kind === 'new' && box !== undefined) this.#tell(box, 'drawn');
      return;
    }
    if (grip.kind === 'corner') return;
    const point = this.#point(event) ?? from.point;
    const proposal = proposalAt(point, this.proposals, box);
    if (proposal !== undefined) this.#tell(proposal.bbox, 'taken');
    else if (grip.kind === 'new') this.#tell(boxAround(point, size), 'drawn');
  };

  readonly #cancelled = (): void => {
    this.#grip = undefined;
    this.#from = undefined;
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const { box, size } = this;
    if (size === undefined || (event.target as HTMLElement).matches('.proposal')) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#tell(box ?? centredBox(size), 'taken');
      return;
    }
    const isMirrored = (this.transform?.scaleX ?? 1) < 0;
    const start = box ?? centredBox(size);
    const changed = boxAfterKey(start, event.key, event.shiftKey, size, isMirrored);
    if (changed === undefined) return;
    event.preventDefault();
    // The first key brings the box, the next ones move it.
    this.#tell(box === undefined ? start : changed, 'moving');
  };

  #tell(bbox: BBox, step: BoxEditEvent['step']): void {
    this.dispatchEvent(new BoxEditEvent(bbox, step));
  }
}

/** Where the two handles along one axis lie: at the corners, farther apart at a small box, never outside. */
function handlesAt(start: number, extent: number, view: number): readonly [number, number] {
  const apart = Math.max(APART, extent);
  const [low, high] = [HANDLE / 2, view - HANDLE / 2];
  const wanted = start + (extent - apart) / 2;
  const first = Math.max(low, Math.min(wanted, high - Math.min(apart, APART)));
  return [first, Math.min(high, Math.max(wanted + apart, first + APART))];
}

function put(element: HTMLElement, [x, y, width, height]: BBox): void {
  element.style.translate = `${x}px ${y}px`;
  element.style.inlineSize = `${width}px`;
  element.style.blockSize = `${height}px`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-box-editor': SightlineBoxEditor;
  }
}
