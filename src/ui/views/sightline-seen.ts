import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatNumber } from '../../i18n/format.js';
import { labelName } from '../../i18n/label-names.js';
import { t } from '../../i18n/messages.js';
import type { Seen } from '../controllers/seen-controller.js';
import { labelDot } from '../elements/icons.js';
import { controls } from '../styles/controls.js';

/** More chips than this would cover the picture that they speak of. */
const MOST_CHIPS = 8;

/** What is in sight, one chip for each label. Screen readers are told by the detector itself. */
@customElement('sightline-seen')
export class SightlineSeen extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        min-inline-size: 0;
      }

      ul,
      p {
        display: flex;
        gap: 6px;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      ul {
        flex-wrap: wrap-reverse;
      }

      li,
      p {
        display: flex;
        align-items: center;
        gap: 8px;
        inline-size: fit-content;
        max-inline-size: 100%;
        padding: 5px 12px 5px 10px;
        border: 1px solid var(--over-line);
        border-radius: 999px;
        background: var(--over);
        color: var(--over-text);
        font-size: 0.875rem;
        line-height: 1.4;
      }

      p {
        padding-inline: 14px;
        border-radius: 1rem;
      }

      li.gone {
        opacity: 0.6;
      }

      b {
        font-weight: 700;
      }
    `,
  ];

  @property({ attribute: false }) accessor seen: readonly Seen[] = [];
  /** How many labels are chosen; 0 for all. */
  @property({ type: Number }) accessor chosen = 0;
  /** Nothing has been seen for a while. */
  @property({ type: Boolean }) accessor idle = false;
  @property({ attribute: false }) accessor locale = 'en';

  override render(): TemplateResult | typeof nothing {
    if (this.seen.length === 0) {
      return this.idle
        ? html`<p>
            ${this.chosen > 0 ? t('seen.nothing-chosen', this.chosen) : t('seen.nothing')}
          </p>`
        : nothing;
    }
    return html`<ul aria-label=${t('seen.label')}>
      ${repeat(
        this.seen.slice(0, MOST_CHIPS),
        ({ label }) => label,
        ({ label, count }) =>
          html`<li class=${count === 0 ? 'gone' : ''}>
            ${labelDot(label)} ${labelName(label, this.locale)}
            ${count > 1 ? html`<b class="number">${formatNumber(count)}</b>` : ''}
          </li>`,
      )}
      ${
        this.seen.length > MOST_CHIPS
          ? html`<li>${t('seen.more', this.seen.length - MOST_CHIPS)}</li>`
          : nothing
      }
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-seen': SightlineSeen;
  }
}
