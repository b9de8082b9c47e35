import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { t } from '../../i18n/messages.js';
import { CommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';

/**
 * From how sure a detection has to be to be shown.
 *
 * @fires {CommandEvent} app-command - `set-score`, while the slider moves.
 */
@customElement('sightline-score')
export class SightlineScore extends LitElement {
  static override styles = [
    controls,
    css`
      label {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: var(--gap);
        min-block-size: var(--target);
        font-size: 0.875rem;
        color: var(--muted);
        white-space: nowrap;
      }

      input {
        inline-size: 100%;
        min-inline-size: 4rem;
        block-size: var(--target);
        margin: 0;
        accent-color: var(--accent);
        cursor: pointer;
        touch-action: pan-y;
      }

      output {
        min-inline-size: 4.75em;
        color: var(--text);
        font-weight: 600;
        text-align: end;
      }
    `,
  ];

  /** 0 to 1. */
  @property({ type: Number }) accessor score = 0.5;

  override render(): TemplateResult {
    const text = t('score.value', this.score);
    return html`<label>
      <span>${t('score.label')}</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.01"
        aria-valuetext=${text}
        .value=${live(String(this.score))}
        @input=${this.#moved}
      />
      <output class="number">${text}</output>
    </label>`;
  }

  readonly #moved = (event: Event): void => {
    const score = (event.target as HTMLInputElement).valueAsNumber;
    this.dispatchEvent(new CommandEvent({ kind: 'set-score', score }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-score': SightlineScore;
  }
}
