import { css, html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { intersectionOverUnion, type BBox } from '../../domain/geometry.js';
import { REPORT_TEXTS as texts } from '../../i18n/find-report-messages.js';
import type { FindPreview, PreviewPicture } from '../../session/new-class/types.js';
import { whileConnected } from '../controllers/while-connected.js';
import { controls } from '../styles/controls.js';

/** Gives a stored picture; `undefined` when it is gone. */
export type LoadPicture = (pictureId: string) => Promise<Blob | undefined>;

/** COCO's overlap from which on a box counts as found. */
const FOUND_IOU = 0.5;
/** A box that is less sure than this is not drawn. */
const LEAST_SCORE = 0.3;

/** Held-back pictures, with what a class that is being learnt finds in them by now. */
@customElement('sightline-find-preview')
export class SightlineFindPreview extends LitElement {
  static override styles = [
    controls,
    css`
      p {
        color: var(--muted);
        font-size: 0.875rem;
      }

      ul {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: 6px;
        margin: 6px 0 0;
        padding: 0;
        list-style: none;
      }

      li {
        position: relative;
        overflow: hidden;
        aspect-ratio: 4 / 3;
        border-radius: 8px;
        background: var(--raised);
      }

      img,
      svg {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: fill;
      }

      rect {
        fill: none;
        stroke-width: 2px;
        vector-effect: non-scaling-stroke;
      }

      .drawn {
        stroke: #ffffff;
        stroke-dasharray: 4 3;
      }

      .found {
        stroke: #3ddbb4;
        stroke-width: 3px;
      }
    `,
  ];

  @property({ attribute: false }) accessor preview: FindPreview | undefined;
  @property({ attribute: false }) accessor load: LoadPicture | undefined;
  @state() private accessor urls: ReadonlyMap<string, string> = new Map();

  readonly #asked = new Set<string>();

  constructor() {
    super();
    whileConnected(this, () => () => {
      for (const url of this.urls.values()) URL.revokeObjectURL(url);
      this.urls = new Map();
      this.#asked.clear();
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('preview')) return;
    for (const { pictureId } of this.preview?.pictures ?? []) {
      if (this.#asked.has(pictureId)) continue;
      this.#asked.add(pictureId);
      void this.#fetch(pictureId);
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { preview } = this;
    if (preview === undefined || preview.pictures.length === 0) return nothing;
    return html`<p>${texts.previews(preview.ap50)}</p>
      <ul>
        ${preview.pictures.map((picture, index) => this.#picture(picture, index))}
      </ul>`;
  }

  #picture({ pictureId, drawn, found }: PreviewPicture, index: number): TemplateResult {
    const told = found.filter(({ score }) => score >= LEAST_SCORE).slice(0, 3);
    const isFound = drawn.every((box) =>
      told.some(({ bbox }) => intersectionOverUnion(bbox, box) >= FOUND_IOU),
    );
    const url = this.urls.get(pictureId);
    const rect = ([x, y, width, height]: BBox, kind: string): unknown =>
      svg`<rect class=${kind} x=${x} y=${y} width=${width} height=${height}></rect>`;
    return html`<li>
      ${url === undefined ? nothing : html`<img src=${url} alt="" />`}
      <svg
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        role="img"
        aria-label=${texts.preview(index + 1, isFound)}
      >
        ${drawn.map((box) => rect(box, 'drawn'))} ${told.map(({ bbox }) => rect(bbox, 'found'))}
      </svg>
    </li>`;
  }

  async #fetch(pictureId: string): Promise<void> {
    const blob = await this.load?.(pictureId).catch(() => undefined);
    if (blob === undefined || !this.#asked.has(pictureId)) return;
    this.urls = new Map([...this.urls, [pictureId, URL.createObjectURL(blob)]]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-find-preview': SightlineFindPreview;
  }
}
