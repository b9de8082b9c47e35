import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatPercent } from '../../i18n/format.js';
import { t } from '../../i18n/messages.js';
import type { LoadProgress } from '../../session/types.js';
import { CommandEvent } from '../events.js';
import { card } from '../styles/card.js';
import { controls } from '../styles/controls.js';

/**
 * How far the engine is, with a number, and a way to stop it.
 *
 * @fires {CommandEvent} app-command - `cancel-load`.
 */
@customElement('sightline-loading-card')
export class SightlineLoadingCard extends LitElement {
  static override styles = [
    controls,
    card,
    css`
      .card {
        padding: 14px 1rem;
        gap: 8px;
      }

      :host {
        display: block;
      }

      :host([quiet]) .card {
        padding: 0;
        border: 0;
        border-radius: 0;
        background: none;
        box-shadow: none;
      }

      :host([quiet]) .card h2 {
        color: var(--muted);
        font-size: 0.875rem;
        font-weight: 500;
      }

      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap);
      }

      .card h2 {
        font-size: 1rem;
      }

      .head button {
        margin: -6px -8px -6px 0;
        padding-inline: 12px;
        color: var(--accent);
        font-size: 0.9375rem;
      }

      .foot {
        display: flex;
        justify-content: space-between;
        gap: var(--gap);
        color: var(--muted);
        font-size: 0.875rem;
      }
    `,
  ];

  @property({ attribute: false }) accessor progress: LoadProgress | undefined;
  /** Part of a page instead of a card over a picture. */
  @property({ type: Boolean, reflect: true }) accessor quiet = false;

  override render(): TemplateResult | typeof nothing {
    const { progress } = this;
    if (progress === undefined) return nothing;
    const { loadedBytes, totalBytes } = progress;
    return html`
      <section class="card" aria-labelledby="title">
        <div class="head">
          <h2 id="title">${stageText(progress)}</h2>
          <button
            class="plain"
            @click=${() => this.dispatchEvent(new CommandEvent({ kind: 'cancel-load' }))}
          >
            ${t('action.cancel')}
          </button>
        </div>
        <progress max="1" .value=${progress.fraction} aria-labelledby="title"></progress>
        <div class="foot number">
          <span>${formatPercent(progress.fraction)}</span>
          ${
            loadedBytes === undefined || totalBytes === undefined
              ? nothing
              : html`<span>${t('loading.megabytes', loadedBytes, totalBytes)}</span>`
          }
        </div>
      </section>
    `;
  }
}

function stageText({ stage, backend }: LoadProgress): string {
  if (stage !== 'compile') return t(`loading.${stage}`);
  return t('loading.compile', backend === undefined ? '' : t('backend.name', backend));
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-loading-card': SightlineLoadingCard;
  }
}
