import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BBox } from '../../domain/geometry.js';
import type { Proposal } from '../../domain/labelling/proposals.js';
import { viewTransform, type ViewTransform } from '../../domain/view-transform.js';
import { BOX_TEXTS as texts } from '../../i18n/label-box-messages.js';
import { t } from '../../i18n/messages.js';
import type { OpenedPicture } from '../../session/labelling/types.js';
import { whileConnected } from '../controllers/while-connected.js';
import { icon } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { TeachCommandEvent, type BoxEditEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import './sightline-box-editor.js';
import type { TeachCommand } from './teach-commands.js';
import type { TeachView } from './teach-view.js';

/**
 * The box of one example on its whole picture, to put it right.
 *
 * @fires {TeachCommandEvent} teach-command - `move-box` or `open-sheet`.
 */
@customElement('sightline-box-sheet')
export class SightlineBoxSheet extends LitElement {
  static override styles = [
    controls,
    css`
      .stage {
        position: relative;
        overflow: hidden;
        border-radius: 12px;
        background: #05070a;
      }

      img {
        display: block;
        inline-size: 100%;
        max-block-size: 52dvh;
        object-fit: contain;
      }

      p {
        padding-block: 10px;
        color: var(--muted);
        font-size: 0.9375rem;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 10px;
      }

      .actions button {
        flex: 1 1 auto;
      }
    `,
  ];

  @property({ attribute: false }) accessor view!: TeachView;
  @state() private accessor opened: OpenedPicture | undefined;
  @state() private accessor isGone = false;
  @state() private accessor box: BBox | undefined;
  @state() private accessor proposals: readonly Proposal[] = [];
  @state() private accessor transform: ViewTransform | undefined;

  @query('img') private accessor image!: HTMLImageElement | null;

  #shown: string | undefined;
  #url = '';
  readonly #resizes = new ResizeObserver(() => {
    this.#fit();
  });

  constructor() {
    super();
    whileConnected(this, () => () => {
      this.#resizes.disconnect();
      this.#forget();
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('view')) return;
    const sample = this.view.sheet === 'box' ? this.view.boxSample : undefined;
    if (sample === this.#shown) return;
    this.#forget();
    if (sample === undefined) return;
    this.#shown = sample;
    void this.#open(sample);
  }

  override render(): TemplateResult {
    const isOpen = this.view.sheet === 'box';
    return html`<sightline-sheet modal ?open=${isOpen} heading=${texts.fix}>
      ${isOpen ? this.#content() : nothing}
    </sightline-sheet>`;
  }

  override updated(): void {
    this.#resizes.disconnect();
    if (this.image !== null) this.#resizes.observe(this.image);
  }

  #content(): TemplateResult {
    const { opened, box, isGone } = this;
    if (opened === undefined) return html`<p role="status">${isGone ? texts.gone : nothing}</p>`;
    return html`<div class="stage">
        <img src=${this.#url} alt="" draggable="false" />
        <sightline-box-editor
          .box=${box}
          .proposals=${this.proposals}
          .size=${opened.size}
          .transform=${this.transform}
          @box-edit=${this.#edited}
        ></sightline-box-editor>
      </div>
      <p>${texts.adjust}</p>
      <div class="actions">
        <button @click=${this.#back}>${t('action.cancel')}</button>
        <button class="primary" @click=${this.#save}>${icon('check')} ${texts.save}</button>
      </div>`;
  }

  async #open(sample: string): Promise<void> {
    const { labelling } = this.view;
    const opened = await labelling.openPicture(sample).catch(() => undefined);
    if (this.#shown !== sample) return;
    this.isGone = opened === undefined;
    if (opened === undefined) return;
    this.#url = URL.createObjectURL(opened.picture);
    this.opened = opened;
    this.box = opened.bbox;
    const proposals = await labelling.proposeFor(sample);
    if (this.#shown === sample) this.proposals = proposals;
  }

  #forget(): void {
    if (this.#url !== '') URL.revokeObjectURL(this.#url);
    this.#url = '';
    this.#shown = undefined;
    this.opened = undefined;
    this.isGone = false;
    this.box = undefined;
    this.proposals = [];
  }

  #fit(): void {
    const { image, opened } = this;
    if (image === null || opened === undefined || image.clientWidth === 0) return;
    const view = { width: image.clientWidth, height: image.clientHeight };
    this.transform = viewTransform(opened.size, view, 'contain', false);
  }

  readonly #edited = ({ bbox }: BoxEditEvent): void => {
    this.box = bbox;
  };

  readonly #back = (): void => {
    // A question is answered on the panel, an example looked at among the others.
    const isSample = this.view.state.samples.some(({ id }) => id === this.#shown);
    this.#do(isSample ? { kind: 'open-sheet', sheet: 'samples' } : { kind: 'close-sheet' });
  };

  readonly #save = (): void => {
    if (this.#shown === undefined || this.box === undefined) return;
    const { box } = this;
    const id = this.#shown;
    this.#back();
    this.#do({ kind: 'move-box', id, bbox: box });
  };

  #do(command: TeachCommand): void {
    this.dispatchEvent(new TeachCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-box-sheet': SightlineBoxSheet;
  }
}
