import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import {
  keyMove,
  moved,
  shapeBetween,
  withCorner,
  withoutCorner,
  withPoint,
  type Shape,
} from '../../domain/watch/edit-shape.js';
import type { Point } from '../../domain/watch/polygon.js';
import type { ViewTransform } from '../../domain/view-transform.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import { whileConnected } from '../controllers/while-connected.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
import { WatchCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { zoneLayerStyles } from '../styles/zone-layer.js';
import { drawing, type DrawnPlace } from './place-drawing.js';
import type { WatchView } from './watch-view.js';

/** What a pointer is doing: drawing anew, moving one corner, or all of it. */
type Grip =
  | { readonly kind: 'draw'; readonly from: Point }
  | { readonly kind: 'corner'; readonly index: number }
  | { readonly kind: 'whole'; readonly from: Point; readonly shape: Shape };

/**
 * Zones and lines over the picture, with their numbers. The one that is being changed has
 * handles: each corner is moved by finger, mouse or arrow keys.
 *
 * @fires {WatchCommandEvent} watch-command - `shape`.
 */
@customElement('sightline-zone-layer')
export class SightlineZoneLayer extends LitElement {
  static override styles = [controls, zoneLayerStyles];

  @property({ attribute: false }) accessor detector: SightlineDetector | undefined;
  @property({ attribute: false }) accessor view!: WatchView;

  @query('.surface') private accessor surface!: HTMLElement | null;

  readonly #resizes = new ResizeObserver(() => {
    this.requestUpdate();
  });
  #grip: Grip | undefined;

  constructor() {
    super();
    whileConnected(this, () => {
      this.#resizes.observe(this);
      return () => {
        this.#resizes.disconnect();
      };
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { width, height } = this.getBoundingClientRect();
    const { shape, edited } = this.view;
    if (this.#transform === undefined || width === 0) return nothing;
    return html`
      <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
        ${this.#places().map((place) => drawing(place))}
      </svg>
      ${
        edited === undefined || shape === undefined
          ? nothing
          : html`<div
                class="surface"
                role="group"
                aria-label=${edited.place.name}
                aria-describedby="keys"
                @pointerdown=${this.#began}
                @pointermove=${this.#dragged}
                @pointerup=${this.#ended}
                @pointercancel=${this.#ended}
              >
                ${edited.kind === 'zone' ? this.#adders(shape) : nothing}
                ${shape.map((point, index) => this.#handle(point, index, edited.kind))}
              </div>
              <p id="keys" class="visually-hidden">${texts.keys}</p>`
      }
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    const before = changed.get('view')?.edited?.place.id;
    const { edited, shape } = this.view;
    this.#place();
    // What was just added is drawn next.
    if (edited !== undefined && edited.place.id !== before && shape !== undefined) {
      this.renderRoot.querySelector<HTMLElement>('.handle')?.focus({ preventScroll: true });
    }
  }

  get #transform(): ViewTransform | undefined {
    return this.detector?.pictureTransform;
  }

  /** Everything that is drawn, in pixels of the view. */
  #places(): DrawnPlace[] {
    const { config, counts, edited, shape } = this.view;
    const zones = config.zones.map((zone): DrawnPlace => {
      const count = counts.zones.get(zone.id);
      const points = zone === edited?.place && shape ? shape : zone.polygon;
      return {
        kind: 'zone',
        name: zone.name,
        points: points.map((point) => this.#toView(point)),
        numbers: count === undefined ? '' : texts.inside(count.occupancy),
        isBusy: (count?.occupancy ?? 0) > 0,
        isEdited: zone === edited?.place,
      };
    });
    const lines = config.lines.map((line): DrawnPlace => {
      const count = counts.lines.get(line.id);
      const points = line === edited?.place && shape ? shape : [line.start, line.end];
      const numbers = [texts.inCount(count?.inCount ?? 0), texts.outCount(count?.outCount ?? 0)];
      return {
        kind: 'line',
        name: line.name,
        points: points.map((point) => this.#toView(point)),
        numbers: numbers.join(' · '),
        isBusy: false,
        isEdited: line === edited?.place,
        isMirrored: (this.#transform?.scaleX ?? 1) < 0,
      };
    });
    return [...zones, ...lines];
  }

  #handle([x, y]: Point, index: number, kind: 'zone' | 'line'): TemplateResult {
    return html`<button
      class="handle"
      data-index=${index}
      aria-roledescription=${texts.handleRole}
      aria-label=${kind === 'zone' ? texts.corner(index + 1, x, y) : texts.end(index + 1, x, y)}
      @keydown=${this.#pressed}
    ></button>`;
  }

  #adders(shape: Shape): TemplateResult[] {
    return shape.map(
      (_, index) =>
        html`<button
          class="adder"
          data-index=${index}
          aria-label=${texts.addCorner(index + 1)}
          @click=${() => {
            this.#tell(withCorner(shape, index));
          }}
        >
          ${svg`<svg viewBox="0 0 24 24"><circle cx="12" cy="12" r="7"></circle><path d="M12 9v6M9 12h6"></path></svg>`}
        </button>`,
    );
  }

  /** Puts the handles where their corners are; by script, for the page allows no styles in markup. */
  #place(): void {
    const { shape } = this.view;
    if (shape === undefined || this.surface === null) return;
    const put = (element: HTMLElement, [x, y]: Point): void => {
      element.style.translate = `calc(${String(x)}px - 50%) calc(${String(y)}px - 50%)`;
    };
    for (const element of this.surface.querySelectorAll<HTMLElement>('.handle, .adder')) {
      const index = Number(element.dataset['index']);
      const corner = shape[index];
      const next = shape[(index + 1) % shape.length];
      if (corner === undefined || next === undefined) continue;
      const isCorner = element.matches('.handle');
      const point: Point = isCorner
        ? corner
        : [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2];
      put(element, this.#toView(point));
    }
  }

  #toView([x, y]: Point): Point {
    const transform = this.#transform;
    const size = this.detector?.sourceInfo?.size;
    if (transform === undefined || size === undefined) return [0, 0];
    return [
      x * size.width * transform.scaleX + transform.offsetX,
      y * size.height * transform.scaleY + transform.offsetY,
    ];
  }

  #fromPointer(event: PointerEvent): Point | undefined {
    const transform = this.#transform;
    const size = this.detector?.sourceInfo?.size;
    if (transform === undefined || size === undefined) return undefined;
    const { left, top } = this.getBoundingClientRect();
    return [
      (event.clientX - left - transform.offsetX) / transform.scaleX / size.width,
      (event.clientY - top - transform.offsetY) / transform.scaleY / size.height,
    ];
  }

  readonly #began = (event: PointerEvent): void => {
    const point = this.#fromPointer(event);
    const { shape } = this.view;
    const target = event.target as HTMLElement;
    if (!event.isPrimary || event.button !== 0 || point === undefined) return;
    if (shape === undefined || target.closest('.adder') !== null) return;
    this.surface?.setPointerCapture(event.pointerId);
    const handle = target.closest<HTMLElement>('.handle');
    if (handle !== null) {
      this.#grip = { kind: 'corner', index: Number(handle.dataset['index']) };
    } else if (!this.view.isFresh && this.#isOnShape(event)) {
      this.#grip = { kind: 'whole', from: point, shape };
    } else this.#grip = { kind: 'draw', from: point };
  };

  readonly #dragged = (event: PointerEvent): void => {
    const point = this.#fromPointer(event);
    const { shape, edited } = this.view;
    const grip = this.#grip;
    if (grip === undefined || point === undefined || !shape || !edited) return;
    switch (grip.kind) {
      case 'corner':
        this.#tell(withPoint(shape, grip.index, point));
        break;
      case 'whole':
        this.#tell(moved(grip.shape, [point[0] - grip.from[0], point[1] - grip.from[1]]));
        break;
      case 'draw': {
        const drawn = shapeBetween(edited.kind, grip.from, point);
        if (drawn !== undefined) this.#tell(drawn);
        break;
      }
    }
  };

  readonly #ended = (): void => {
    this.#grip = undefined;
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const { shape, edited } = this.view;
    const index = Number((event.currentTarget as HTMLElement).dataset['index']);
    const corner = shape?.[index];
    if (shape === undefined || edited === undefined || corner === undefined) return;
    if (edited.kind === 'zone' && (event.key === 'Delete' || event.key === 'Backspace')) {
      event.preventDefault();
      this.#tell(withoutCorner(shape, index));
      return;
    }
    const step = keyMove(event.key, event.shiftKey, this.detector?.mirrored ?? false);
    if (step === undefined) return;
    event.preventDefault();
    this.#tell(withPoint(shape, index, [corner[0] + step[0], corner[1] + step[1]]));
  };

  /** Whether a pointer is on the zone or the line that is being changed. */
  #isOnShape({ clientX, clientY }: PointerEvent): boolean {
    const { left, top } = this.getBoundingClientRect();
    const drawn = this.renderRoot.querySelector<SVGGeometryElement>('.edited .body');
    const point = new DOMPoint(clientX - left, clientY - top);
    return drawn?.isPointInFill(point) === true || drawn?.isPointInStroke(point) === true;
  }

  #tell(shape: Shape): void {
    this.dispatchEvent(new WatchCommandEvent({ kind: 'shape', shape }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-zone-layer': SightlineZoneLayer;
  }
}
