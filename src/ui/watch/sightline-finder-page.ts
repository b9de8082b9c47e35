import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FIND_GUIDE_TEXTS as texts } from '../../i18n/guide-messages.js';
import { labelName } from '../../i18n/label-names.js';
import { WATCH_TEXTS } from '../../i18n/watch-messages.js';
import { icon } from '../elements/icons.js';
import { WatchCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { finderPageStyles } from '../styles/finder-page.js';
import { checkField } from './fields.js';
import { GUIDES } from './guides.js';
import type { WatchCommand } from './watch-commands.js';
import type { WatchView } from './watch-view.js';

/** What is offered before anything has been seen. */
const COMMON = ['chair', 'cup', 'cell phone', 'bottle', 'person', 'door'];
const MOST_OFFERED = 6;

/**
 * Leads to a thing: to be used with a screen reader, and with the eyes closed.
 *
 * @fires {WatchCommandEvent} watch-command - `find` or `guides`.
 */
@customElement('sightline-finder-page')
export class SightlineFinderPage extends LitElement {
  static override styles = [controls, finderPageStyles];

  @property({ attribute: false }) accessor view!: WatchView;

  override render(): TemplateResult {
    const { blind, finder } = this.view;
    if (blind) return html`<p>${WATCH_TEXTS.noPicture}</p>`;
    return finder.label === undefined ? this.#choice() : this.#way(finder.label);
  }

  #choice(): TemplateResult {
    const { seen, labels, locale } = this.view;
    const known = new Set(labels);
    const offered = [...new Set([...seen, ...COMMON.filter((label) => known.has(label))])];
    return html`<p>${texts.choose}</p>
      <div class="offers">
        ${offered.slice(0, MOST_OFFERED).map(
          (label) =>
            html`<button
              class="offer"
              @click=${() => {
                this.#do({ kind: 'find', label });
              }}
            >
              ${labelName(label, locale)}
            </button>`,
        )}
        <select
          class="offer"
          aria-label=${texts.other}
          @change=${(event: Event) => {
            const select = event.target as HTMLSelectElement;
            if (select.value !== '') this.#do({ kind: 'find', label: select.value });
            select.value = '';
          }}
        >
          <option value="">${texts.other}</option>
          ${labels.map((label) => html`<option value=${label}>${labelName(label, locale)}</option>`)}
        </select>
      </div>
      ${this.#guides()}`;
  }

  #way(label: string): TemplateResult {
    const { finder, locale } = this.view;
    const { finding, guides } = finder;
    // The voice says it already: a screen reader would say it at the same time.
    const live = guides.has('speech') ? 'off' : 'assertive';
    return html`<p>${texts.looking(label, locale)}</p>
      <p class="finding ${finding.kind}" role="status" aria-live=${live}>
        ${texts.finding(finding, label, locale)}
      </p>
      ${finding.kind === 'found' ? this.#arrow(finding.guidance.pan, finding.guidance.rise) : nothing}
      <button
        class="offer"
        @click=${() => {
          this.#do({ kind: 'find', label: undefined });
        }}
      >
        ${icon('search')} ${texts.another}
      </button>
      ${this.#guides()}`;
  }

  /** Where it is, for eyes that see a little: a spot in the field of view. */
  #arrow(pan: number, rise: number): TemplateResult {
    return html`<svg class="field" viewBox="-1.15 -0.65 2.3 1.3" aria-hidden="true">
      ${svg`<rect x="-1.1" y="-0.6" width="2.2" height="1.2" rx="0.12"></rect>
        <line x1="0" y1="-0.12" x2="0" y2="0.12"></line>
        <line x1="-0.12" y1="0" x2="0.12" y2="0"></line>
        <circle cx=${pan.toFixed(2)} cy=${(-rise / 2).toFixed(2)} r="0.14"></circle>`}
    </svg>`;
  }

  #guides(): TemplateResult {
    const { guides } = this.view.finder;
    return html`<fieldset>
      <legend>${texts.guides}</legend>
      ${GUIDES.map((guide) =>
        checkField(texts.guide(guide), guides.has(guide), (isOn) => {
          const wanted = GUIDES.filter((other) => (other === guide ? isOn : guides.has(other)));
          this.#do({ kind: 'guides', guides: new Set(wanted) });
        }),
      )}
    </fieldset>`;
  }

  #do(command: WatchCommand): void {
    this.dispatchEvent(new WatchCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-finder-page': SightlineFinderPage;
  }
}
