import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { WatchEventKind } from '../../domain/watch/events.js';
import { errorMessage } from '../../i18n/error-messages.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import { devicePlatform } from '../device-platform.js';
import { icon } from '../elements/icons.js';
import { WatchCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { eventsPageStyles } from '../styles/events-page.js';
import type { WatchCommand } from './watch-commands.js';
import type { WatchView } from './watch-view.js';

/** What is kept; who comes and goes without zone or line is not. */
const KINDS = [
  'rule-fired',
  'zone-entered',
  'zone-left',
  'line-crossed',
] as const satisfies readonly WatchEventKind[];

/**
 * What happened, newest first: to be searched, saved as a file, deleted.
 *
 * @fires {WatchCommandEvent} watch-command - `filter`, `save-events` or `clear-events`.
 */
@customElement('sightline-events-page')
export class SightlineEventsPage extends LitElement {
  static override styles = [controls, eventsPageStyles];

  @property({ attribute: false }) accessor view!: WatchView;

  /** “Delete all” was pressed once. */
  @state() private accessor isAsking = false;

  override render(): TemplateResult {
    const { kept, waiting, pruned, problem, listed, filter } = this.view.log;
    const isFiltered = filter.kinds.length > 0 || filter.text !== '';
    return html`
      ${
        problem === undefined
          ? nothing
          : html`<p class="problem" role="alert">
              ${errorMessage(problem.code, devicePlatform()).title}
              ${errorMessage(problem.code, devicePlatform()).text}
            </p>`
      }
      ${kept + waiting === 0 ? html`<p>${texts.noEvents}</p>` : this.#tools()}
      ${kept > 0 && listed.length === 0 && isFiltered ? html`<p>${texts.noneFound}</p>` : nothing}
      ${this.#list()}
      ${
        kept + waiting === 0
          ? nothing
          : html`<p>${texts.eventsKept(kept, waiting)}</p>
              ${pruned === 0 ? nothing : html`<p>${texts.eventsPruned(pruned)}</p>`}
              ${this.#buttons(kept)}`
      }
    `;
  }

  #tools(): TemplateResult {
    const { filter } = this.view.log;
    return html`<div class="tools">
      <input
        type="search"
        aria-label=${texts.search}
        placeholder=${texts.search}
        maxlength="100"
        .value=${filter.text}
        @input=${(event: Event) => {
          const text = (event.target as HTMLInputElement).value;
          this.#do({ kind: 'filter', filter: { ...filter, text } });
        }}
      />
      <select
        aria-label=${texts.kinds}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          const kinds = KINDS.filter((kind) => kind === value);
          this.#do({ kind: 'filter', filter: { ...filter, kinds } });
        }}
      >
        <option value="">${texts.kindsAll}</option>
        ${KINDS.map(
          (kind) =>
            html`<option value=${kind} ?selected=${filter.kinds.includes(kind)}>
              ${texts.kind(kind)}
            </option>`,
        )}
      </select>
    </div>`;
  }

  #list(): TemplateResult | typeof nothing {
    const { log, locale } = this.view;
    if (log.listed.length === 0) return nothing;
    return html`<ol class="events">
      ${log.listed.map(
        (event) =>
          html`<li class=${event.kind === 'rule-fired' ? 'fired' : ''}>
            <time class="number">${texts.time(event.time, locale)}</time>
            <span>${texts.event(event, locale)}</span>
          </li>`,
      )}
    </ol>`;
  }

  #buttons(kept: number): TemplateResult {
    return html`<div class="buttons">
      <button
        @click=${() => {
          this.#do({ kind: 'save-events', format: 'csv' });
        }}
      >
        ${icon('save')} ${texts.saveCsv}
      </button>
      <button
        @click=${() => {
          this.#do({ kind: 'save-events', format: 'json' });
        }}
      >
        ${icon('save')} ${texts.saveJson}
      </button>
      <button
        @click=${() => {
          if (this.isAsking) this.#do({ kind: 'clear-events' });
          this.isAsking = !this.isAsking;
        }}
        @blur=${() => {
          this.isAsking = false;
        }}
      >
        ${icon('trash')} ${this.isAsking ? texts.clearReally(kept) : texts.clearEvents}
      </button>
    </div>`;
  }

  #do(command: WatchCommand): void {
    this.dispatchEvent(new WatchCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-events-page': SightlineEventsPage;
  }
}
