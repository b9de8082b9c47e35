import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import type { KeptPicture } from '../../session/watch/event-pictures.js';
import { whileConnected } from '../controllers/while-connected.js';
import { icon } from '../elements/icons.js';
import { controls } from '../styles/controls.js';
import { eventPageStyles } from '../styles/event-page.js';
import { canShare, saveFile, shareFile } from '../share-file.js';
import type { WatchView } from './watch-view.js';

/** One event with the snapshot and the clip that were kept of it. */
@customElement('sightline-event-page')
export class SightlineEventPage extends LitElement {
  static override styles = [controls, eventPageStyles];

  @property({ attribute: false }) accessor view!: WatchView;

  /** What is on show, by the id of its picture. */
  readonly #shown = new Map<string, string>();
  /** The snapshot that is on the canvas. */
  #drawn: string | undefined;

  constructor() {
    super();
    whileConnected(this, () => () => {
      for (const url of this.#shown.values()) URL.revokeObjectURL(url);
      this.#shown.clear();
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { opened, locale } = this.view;
    if (opened === undefined) return nothing;
    const { event, pictures } = opened;
    return html`
      <p>
        <b>${texts.event(event, locale)}</b>
        <time class="number">${texts.moment(event.time, locale)}</time>
      </p>
      ${pictures.length === 0 ? html`<p>${texts.noPictures}</p>` : nothing}
      ${pictures.map((picture) => this.#picture(picture))}
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    const opened = this.view.opened;
    if (!changed.has('view') || opened === undefined) return;
    for (const picture of opened.pictures) {
      if (picture.kind === 'snapshot') void this.#draw(picture);
    }
  }

  #picture(picture: KeptPicture): TemplateResult {
    const name = picture.kind === 'clip' ? texts.clip : texts.snapshot;
    const file = fileOf(picture);
    return html`<figure>
      ${
        picture.kind === 'clip'
          ? html`<video
              controls
              playsinline
              muted
              loop
              aria-label=${name}
              .src=${this.#urlOf(picture)}
            ></video>`
          : html`<canvas role="img" aria-label=${name}></canvas>`
      }
      <figcaption>
        <span>${name}</span>
        ${
          canShare(file)
            ? html`<button
                @click=${() => {
                  void shareFile(file);
                }}
              >
                ${icon('share')} ${texts.share}
              </button>`
            : nothing
        }
        <button
          @click=${() => {
            saveFile(file);
          }}
        >
          ${icon('save')} ${texts.save}
        </button>
      </figcaption>
    </figure>`;
  }

  #urlOf({ id, blob }: KeptPicture): string {
    const url = this.#shown.get(id) ?? URL.createObjectURL(blob);
    this.#shown.set(id, url);
    return url;
  }

  /** On a canvas: an `<img>` would need a looser security policy. */
  async #draw({ id, blob }: KeptPicture): Promise<void> {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('canvas');
    if (canvas === null || this.#drawn === id) return;
    this.#drawn = id;
    const bitmap = await createImageBitmap(blob);
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
  }
}

function fileOf({ time, blob, kind }: KeptPicture): File {
  const stamp = new Date(time).toISOString().slice(0, 19).replaceAll(':', '-');
  const type = blob.type.split(';', 1)[0] ?? '';
  const extension = type.split('/')[1]?.replace('jpeg', 'jpg') ?? 'bin';
  return new File([blob], `sightline-${kind}-${stamp}.${extension}`, { type });
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-event-page': SightlineEventPage;
  }
}
