import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { BOX_TEXTS as texts } from '../../i18n/label-box-messages.js';
import { TEACH_TEXTS } from '../../i18n/teach-messages.js';
import type { Carrying } from '../../session/labelling/types.js';
import { whileConnected } from '../controllers/while-connected.js';
import { icon } from '../elements/icons.js';
import { TeachCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import type { TeachCommand } from './teach-commands.js';

/**
 * A box that is carried through a recording: first how it goes, then the views it
 * gave as a strip, to be confirmed before anything is stored.
 *
 * @fires {TeachCommandEvent} teach-command - `stop-carrying` or `keep-views`.
 */
@customElement('sightline-carry-page')
export class SightlineCarryPage extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
      }

      p {
        color: var(--muted);
        font-size: 0.9375rem;
      }

      .trouble {
        min-block-size: 1.4em;
        color: var(--text);
      }

      .count b {
        color: var(--text);
        font-size: 1.5rem;
      }

      ul {
        display: grid;
        grid-auto-columns: 5.5rem;
        grid-auto-flow: column;
        justify-content: start;
        gap: 8px;
        margin: 0;
        padding: 4px;
        overflow: auto hidden;
        list-style: none;
        overscroll-behavior: contain;
      }

      .view {
        position: relative;
        inline-size: 5.5rem;
        block-size: 5.5rem;
        padding: 0;
        border-radius: 10px;
        overflow: hidden;
      }

      img {
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }

      .view span {
        position: absolute;
        inset: auto 5px 5px auto;
        display: grid;
        place-items: center;
        inline-size: 1.75rem;
        block-size: 1.75rem;
        border: 2px solid var(--on-accent);
        border-radius: 50%;
        background: var(--accent);
        color: var(--on-accent);
      }

      .view[aria-pressed='false'] img {
        opacity: 0.3;
        filter: grayscale(1);
      }

      .view[aria-pressed='false'] span {
        border-color: var(--control-line);
        background: var(--surface);
        color: transparent;
      }

      .view svg {
        inline-size: 1.125rem;
        block-size: 1.125rem;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 10px;
      }

      .actions .primary {
        flex: 1 1 auto;
      }

      /* Beside the picture there is room for all of them. */
      @media (min-width: 60rem) {
        ul {
          grid-template-columns: repeat(auto-fill, 5.5rem);
          grid-auto-flow: row;
          overflow: visible;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor carrying: Carrying | undefined;
  /** Views that are not wanted. */
  @state() private accessor dropped: ReadonlySet<string> = new Set();

  readonly #urls = new Map<string, string>();

  constructor() {
    super();
    whileConnected(this, () => () => {
      for (const url of this.#urls.values()) URL.revokeObjectURL(url);
      this.#urls.clear();
      this.dropped = new Set();
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('carrying')) return;
    for (const { id, crop } of this.carrying?.views ?? []) {
      if (!this.#urls.has(id)) this.#urls.set(id, URL.createObjectURL(crop));
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { carrying } = this;
    if (carrying === undefined) return nothing;
    return carrying.phase === 'following' ? this.#following(carrying) : this.#review(carrying);
  }

  #following({ views, most, trouble }: Carrying): TemplateResult {
    return html`<p class="count">
        <b class="number">${texts.viewCount(views.length)}</b> ${texts.viewsOf(most)}
      </p>
      <progress class="visually-hidden" max=${most} .value=${views.length}></progress>
      <p>${texts.followHint}</p>
      <p class="trouble" role="status">
        ${trouble === 'out-of-sight' ? texts.lost : trouble && TEACH_TEXTS.refusals[trouble]}
      </p>
      <div class="actions">
        <button
          class="primary"
          @click=${() => {
            this.#do({ kind: 'stop-carrying' });
          }}
        >
          ${icon('check')} ${texts.enoughViews}
        </button>
      </div>`;
  }

  #review({ views, label }: Carrying): TemplateResult {
    const kept = views.filter(({ id }) => !this.dropped.has(id)).map(({ id }) => id);
    return html`<p>${texts.reviewHint}</p>
      <ul aria-label=${texts.views}>
        ${repeat(
          views,
          ({ id }) => id,
          ({ id }, index) =>
            html`<li>
              <button
                class="view"
                aria-label=${texts.view(index + 1)}
                aria-pressed=${this.dropped.has(id) ? 'false' : 'true'}
                @click=${() => {
                  this.#toggle(id);
                }}
              >
                <img src=${this.#urls.get(id) ?? ''} alt="" draggable="false" />
                <span>${icon('check')}</span>
              </button>
            </li>`,
        )}
      </ul>
      <div class="actions">
        <button
          class="primary"
          ?disabled=${kept.length === 0}
          @click=${() => {
            this.#do({ kind: 'keep-views', ids: kept });
          }}
        >
          ${icon('check')} ${texts.keepViews(kept.length, label)}
        </button>
        <button
          @click=${() => {
            this.#do({ kind: 'keep-views', ids: [] });
          }}
        >
          ${texts.dropViews}
        </button>
      </div>`;
  }

  #toggle(id: string): void {
    const dropped = new Set(this.dropped);
    if (!dropped.delete(id)) dropped.add(id);
    this.dropped = dropped;
  }

  #do(command: TeachCommand): void {
    this.dispatchEvent(new TeachCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-carry-page': SightlineCarryPage;
  }
}
