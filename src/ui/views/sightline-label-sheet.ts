import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatNumber } from '../../i18n/format.js';
import { labelName } from '../../i18n/label-names.js';
import { t } from '../../i18n/messages.js';
import type { Seen } from '../controllers/seen-controller.js';
import { icon, labelDot } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { CommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { labelSheetStyles } from '../styles/label-sheet.js';

/**
 * Which labels to look for: a list to search, several may be chosen, none
 * means all. What is in sight when the list opens stands first.
 *
 * @fires {CommandEvent} app-command - `set-classes`, at every choice.
 */
@customElement('sightline-label-sheet')
export class SightlineLabelSheet extends LitElement {
  static override styles = [controls, labelSheetStyles];

  @property({ type: Boolean }) accessor open = false;
  /** All labels of the model. */
  @property({ attribute: false }) accessor labels: readonly string[] = [];
  /** The chosen ones; empty for all. */
  @property({ attribute: false }) accessor chosen: readonly string[] = [];
  @property({ attribute: false }) accessor seen: readonly Seen[] = [];
  @property() accessor locale = 'en';

  @state() private accessor search = '';
  /** Labels to list first. Frozen while open: rows that jump cannot be hit. */
  #first: readonly string[] = [];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) {
      this.search = '';
      const inSight = this.seen.map(({ label }) => label);
      this.#first = [...new Set([...this.chosen, ...inSight])];
    }
  }

  override render(): TemplateResult {
    return html`
      <sightline-sheet modal clear ?open=${this.open} heading=${t('labels.title')}>
        <div slot="header" class="head" ?hidden=${this.labels.length === 0}>
          <div class="search">
            ${icon('search')}
            <input
              type="search"
              aria-label=${t('labels.search')}
              placeholder=${t('labels.search')}
              autocomplete="off"
              autocapitalize="off"
              spellcheck="false"
              enterkeyhint="search"
              .value=${live(this.search)}
              @input=${this.#searched}
            />
          </div>
          <div class="summary">
            <span role="status">${this.#summary()}</span>
            <button
              class="plain all"
              ?disabled=${this.chosen.length === 0}
              @click=${() => {
                this.#choose([]);
              }}
            >
              ${t('labels.all')}
            </button>
          </div>
        </div>
        ${this.open ? this.#list() : nothing}
      </sightline-sheet>
    `;
  }

  #summary(): string {
    const { length } = this.labels;
    return this.chosen.length === 0
      ? t('labels.summary-all', length)
      : t('labels.summary-some', this.chosen.length, length);
  }

  #list(): TemplateResult {
    if (this.labels.length === 0) return html`<p class="empty">${t('labels.not-loaded')}</p>`;
    const wanted = this.search.trim().toLowerCase();
    const labels = this.#ordered().filter(
      (label) =>
        label.toLowerCase().includes(wanted) ||
        labelName(label, this.locale).toLowerCase().includes(wanted),
    );
    if (labels.length === 0) {
      return html`<p class="empty">${t('labels.none-found', this.search.trim())}</p>`;
    }
    const counts = new Map(this.seen.map(({ label, count }) => [label, count]));
    return html`<ul>
      ${repeat(
        labels,
        (label) => label,
        (label) => this.#row(label, counts.get(label) ?? 0),
      )}
    </ul>`;
  }

  #ordered(): readonly string[] {
    const rank = new Map(this.#first.map((label, index) => [label, index]));
    const name = (label: string): string => labelName(label, this.locale);
    return this.labels.toSorted(
      (a, b) =>
        (rank.get(a) ?? Infinity) - (rank.get(b) ?? Infinity) ||
        name(a).localeCompare(name(b), this.locale),
    );
  }

  #row(label: string, count: number): TemplateResult {
    return html`<li>
      <label>
        <input
          type="checkbox"
          .checked=${live(this.chosen.includes(label))}
          @change=${() => {
            this.#toggle(label);
          }}
        />
        ${labelDot(label)}
        <span>${labelName(label, this.locale)}</span>
        ${
          count > 0
            ? html`<span class="count number" aria-hidden="true">${formatNumber(count)}</span
                ><span class="visually-hidden">${t('labels.count', count)}</span>`
            : ''
        }
      </label>
    </li>`;
  }

  #toggle(label: string): void {
    this.#choose(
      this.chosen.includes(label)
        ? this.chosen.filter((chosen) => chosen !== label)
        : [...this.chosen, label],
    );
  }

  #choose(classes: readonly string[]): void {
    this.dispatchEvent(new CommandEvent({ kind: 'set-classes', classes }));
  }

  readonly #searched = (event: Event): void => {
    this.search = (event.target as HTMLInputElement).value;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-label-sheet': SightlineLabelSheet;
  }
}
