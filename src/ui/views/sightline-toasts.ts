import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../../i18n/messages.js';
import type { Toast } from '../controllers/toasts.js';
import { icon } from '../elements/icons.js';
import { CommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';

/**
 * Short messages, told to screen readers as they appear.
 *
 * @fires {CommandEvent} app-command - `dismiss-toast`, or what a toast offers.
 */
@customElement('sightline-toasts')
export class SightlineToasts extends LitElement {
  static override styles = [
    controls,
    css`
      .list {
        display: grid;
        justify-items: center;
        gap: 8px;
      }

      .toast {
        display: flex;
        align-items: center;
        gap: 8px;
        max-inline-size: min(30rem, 100%);
        padding: 6px 6px 6px 1rem;
        border: 1px solid var(--line);
        border-radius: 14px;
        background: var(--surface);
        color: var(--text);
        box-shadow: var(--shadow);
        font-size: 0.9375rem;
        line-height: 1.35;
        overflow-wrap: anywhere;
        animation: appear var(--quick);
        /* The space around it belongs to the picture; see the app's styles. */
        pointer-events: auto;
      }

      .action {
        flex: none;
      }

      @keyframes appear {
        from {
          opacity: 0;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor toasts: readonly Toast[] = [];

  override render(): TemplateResult {
    return html`<div
      class="list"
      role="log"
      aria-label=${t('toast.label')}
      aria-relevant="additions"
    >
      ${repeat(
        this.toasts,
        ({ id }) => id,
        ({ id, text, action }) =>
          html`<div class="toast">
            <span>${text}</span>
            ${
              action === undefined
                ? nothing
                : html`<button
                    class="action"
                    @click=${() => this.dispatchEvent(new CommandEvent(action.command))}
                  >
                    ${action.label}
                  </button>`
            }
            <button
              class="icon plain"
              aria-label=${t('action.dismiss')}
              @click=${() => this.dispatchEvent(new CommandEvent({ kind: 'dismiss-toast', id }))}
            >
              ${icon('close')}
            </button>
          </div>`,
      )}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-toasts': SightlineToasts;
  }
}
