import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import { whileConnected } from '../controllers/while-connected.js';
import { icon } from '../elements/icons.js';
import { controls } from '../styles/controls.js';

/** Gives the picture of a sample; `undefined` when it is gone. */
export type LoadThumbnail = (sampleId: string) => Promise<Blob | undefined>;

/**
 * What a sample shows. It is read when it comes near the screen, and decoration: the
 * button or the text around it says what it is.
 */
@customElement('sightline-thumbnail')
export class SightlineThumbnail extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        place-items: center;
        inline-size: 100%;
        aspect-ratio: 1;
        border-radius: 10px;
        background: var(--raised);
        color: var(--muted);
        overflow: hidden;
      }

      img {
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }
    `,
  ];

  @property({ attribute: false }) accessor sample: string | undefined;
  @property({ attribute: false }) accessor load: LoadThumbnail | undefined;
  @state() private accessor url: string | undefined;
  @state() private accessor isGone = false;

  readonly #nearby = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#fetch();
    },
    { rootMargin: '200px' },
  );
  #loaded: string | undefined;

  constructor() {
    super();
    whileConnected(this, () => {
      this.#nearby.observe(this);
      return () => {
        this.#nearby.disconnect();
        this.#forget();
      };
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('sample') || this.#loaded === undefined) return;
    this.#forget();
    // Observed anew, it tells again whether it is in sight.
    this.#nearby.unobserve(this);
    this.#nearby.observe(this);
  }

  override render(): TemplateResult | typeof nothing {
    if (this.url !== undefined) return html`<img src=${this.url} alt="" draggable="false" />`;
    return this.isGone || this.sample === undefined
      ? html`<span title=${texts.pictureGone}>${icon('photo')}</span>`
      : nothing;
  }

  async #fetch(): Promise<void> {
    const { sample } = this;
    if (sample === undefined || sample === this.#loaded) return;
    this.#loaded = sample;
    const blob = await this.load?.(sample).catch(() => undefined);
    if (this.#loaded !== sample || !this.isConnected) return;
    this.url = blob && URL.createObjectURL(blob);
    this.isGone = blob === undefined;
  }

  #forget(): void {
    if (this.url !== undefined) URL.revokeObjectURL(this.url);
    this.url = undefined;
    this.isGone = false;
    this.#loaded = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-thumbnail': SightlineThumbnail;
  }
}
