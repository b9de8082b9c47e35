import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import { t } from '../../i18n/messages.js';
import { icon } from '../elements/icons.js';
import { TeachCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import type { Notice } from './teach-view.js';

/**
 * What has just been done, near the thumb, and the way back. Screen readers are told
 * by the panel's live region.
 *
 * @fires {TeachCommandEvent} teach-command - `undo` or `dismiss-notice`.
 */
@customElement('sightline-notice')
export class SightlineNotice extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }

      div {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 4px 4px 4px 14px;
        border-radius: 14px;
        background: var(--raised);
        font-size: 0.9375rem;
        line-height: 1.35;
      }

      span {
        flex: 1;
        padding-block: 6px;
        overflow-wrap: anywhere;
      }

      .undo {
        color: var(--accent);
      }
    `,
  ];

  @property({ attribute: false }) accessor notice: Notice | undefined;
  /** Whether there still is a way back. */
  @property({ type: Boolean }) accessor undoable = false;

  override render(): TemplateResult | typeof nothing {
    const { notice } = this;
    if (notice === undefined) return nothing;
    return html`<div>
      <span>${notice.text}</span>
      ${
        notice.undo && this.undoable
          ? html`<button
              class="plain undo"
              @click=${() => this.dispatchEvent(new TeachCommandEvent({ kind: 'undo' }))}
            >
              ${icon('undo')} ${texts.undo}
            </button>`
          : nothing
      }
      <button
        class="icon plain"
        aria-label=${t('action.dismiss')}
        @click=${() => this.dispatchEvent(new TeachCommandEvent({ kind: 'dismiss-notice' }))}
      >
        ${icon('close')}
      </button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-notice': SightlineNotice;
  }
}
