import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SightlineError } from '../../domain/errors.js';
import { errorMessage } from '../../i18n/error-messages.js';
import { t } from '../../i18n/messages.js';
import type { Command } from '../commands.js';
import { devicePlatform } from '../device-platform.js';
import { icon } from '../elements/icons.js';
import { CommandEvent } from '../events.js';
import { card } from '../styles/card.js';
import { controls } from '../styles/controls.js';
import { isSourceFault, nextStep } from './next-steps.js';

/**
 * A fault in plain words, and the step that leads out of it.
 *
 * @fires {CommandEvent} app-command - The step, or a way round.
 */
@customElement('sightline-problem-card')
export class SightlineProblemCard extends LitElement {
  static override styles = [
    controls,
    card,
    css`
      /* The card scrolls within where its place is too low for it. */
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
      }

      .title {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: 10px;
        align-items: start;
      }

      .title > svg {
        margin-block-start: 1px;
        color: var(--danger);
      }

      .title button {
        margin: -10px -10px -10px 0;
      }

      details {
        color: var(--muted);
        font-size: 0.8125rem;
      }

      summary {
        padding-block: 6px;
        inline-size: fit-content;
        cursor: pointer;
      }

      code {
        display: block;
        padding: 8px 10px;
        border-radius: 8px;
        background: var(--raised);
        font-size: 0.8125rem;
        overflow-wrap: anywhere;
        user-select: text;
      }
    `,
  ];

  @property({ attribute: false }) accessor error: SightlineError | undefined;
  /** The previous picture goes on behind it: the card can be put away. */
  @property({ type: Boolean }) accessor dismissible = false;

  override render(): TemplateResult | typeof nothing {
    const { error } = this;
    if (error === undefined) return nothing;
    const { title, text, action } = errorMessage(error.code, devicePlatform());
    const step = nextStep(error.code);
    return html`
      <section class="card" role="alert" aria-labelledby="title">
        <div class="title">
          ${icon('alert')}
          <h2 id="title">${title}</h2>
          ${
            this.dismissible
              ? html`<button
                  class="icon plain"
                  aria-label=${t('action.dismiss')}
                  @click=${() => {
                    this.#do({ kind: 'dismiss-problem' });
                  }}
                >
                  ${icon('close')}
                </button>`
              : nothing
          }
        </div>
        <p>${text} ${this.dismissible ? t('problem.kept') : ''}</p>
        <div class="actions">
          <button
            class="primary"
            @click=${() => {
              this.#do(step);
            }}
          >
            ${action}
          </button>
          ${isSourceFault(error.code) && !this.dismissible ? this.#waysRound(step) : nothing}
        </div>
        ${
          error.detail === ''
            ? nothing
            : html`<details>
                <summary>${t('problem.detail')}</summary>
                <code>${error.code}: ${error.detail}</code>
              </details>`
        }
      </section>
    `;
  }

  /** Other pictures to look at, except the one that the main button already offers. */
  #waysRound(step: Command): readonly TemplateResult[] {
    const ways: readonly (readonly [string, Command])[] = [
      [t('action.demo'), { kind: 'open', request: { kind: 'demo' } }],
      [t('action.open-file'), { kind: 'pick-file' }],
    ];
    return ways
      .filter(([, command]) => JSON.stringify(command) !== JSON.stringify(step))
      .map(
        ([text, command]) =>
          html`<button
            @click=${() => {
              this.#do(command);
            }}
          >
            ${text}
          </button>`,
      );
  }

  #do(command: Command): void {
    this.dispatchEvent(new CommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-problem-card': SightlineProblemCard;
  }
}
