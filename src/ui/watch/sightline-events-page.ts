import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { isEmptyFilter, type LogFilter } from '../../domain/watch/event-log.js';
import { daySpan, periodSpan } from '../../domain/watch/periods.js';
import type { WatchEvent, WatchEventKind } from '../../domain/watch/events.js';
import { errorMessage } from '../../i18n/error-messages.js';
import { LOG_TEXTS, PERIODS, type Period } from '../../i18n/log-messages.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import { EXPORT_FORMATS } from '../../session/watch/export-events.js';
import { devicePlatform } from '../device-platform.js';
import { icon } from '../elements/icons.js';
import { WatchCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { eventsPageStyles } from '../styles/events-page.js';
import './sightline-event-charts.js';
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
 * What happened, newest first: to be searched, looked at in charts, saved as a file, deleted.
 *
 * @fires {WatchCommandEvent} watch-command - `filter`, `save-events`, `remove-event` or
 *   `clear-events`.
 */
@customElement('sightline-events-page')
export class SightlineEventsPage extends LitElement {
  static override styles = [controls, eventsPageStyles];

  @property({ attribute: false }) accessor view!: WatchView;

  /** “Delete all” was pressed once. */
  @state() private accessor isAsking = false;
  @state() private accessor period: Period = 'all';
  /** Days of the period `own`, as in 2026-11-23; empty for none. */
  @state() private accessor days: readonly [from: string, to: string] = ['', ''];

  override render(): TemplateResult {
    const { kept, waiting, pruned, problem, listed, filter } = this.view.log;
    const isNothing = kept + waiting === 0;
    return html`
      ${
        problem === undefined
          ? nothing
          : html`<p class="problem" role="alert">
              ${errorMessage(problem.code, devicePlatform()).title}
              ${errorMessage(problem.code, devicePlatform()).text}
            </p>`
      }
      ${isNothing ? html`<p>${texts.noEvents}</p>` : this.#tools()}
      ${
        kept > 0 && listed.length === 0 && !isEmptyFilter(filter)
          ? html`<p role="status">${texts.noneFound}</p>`
          : nothing
      }
      ${this.#charts()} ${this.#list()}
      ${
        isNothing
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
        class="wide"
        type="search"
        aria-label=${texts.search}
        placeholder=${texts.search}
        maxlength="100"
        .value=${filter.text}
        @input=${(event: Event) => {
          this.#filter({ text: (event.target as HTMLInputElement).value });
        }}
      />
      <select
        aria-label=${texts.kinds}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          this.#filter({ kinds: KINDS.filter((kind) => kind === value) });
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
      <select
        aria-label=${LOG_TEXTS.periods}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          this.period = PERIODS.find((period) => period === value) ?? 'all';
          this.#filter(
            this.period === 'own' ? daySpan(...this.days) : periodSpan(this.period, new Date()),
          );
        }}
      >
        ${PERIODS.map(
          (period) =>
            html`<option value=${period} ?selected=${period === this.period}>
              ${LOG_TEXTS.period(period)}
            </option>`,
        )}
      </select>
      ${this.period === 'own' ? this.#days() : nothing}
    </div>`;
  }

  #days(): TemplateResult {
    const field = (text: string, index: 0 | 1): TemplateResult =>
      html`<label class="day">
        <span>${text}</span>
        <input
          type="date"
          .value=${this.days[index]}
          @change=${(event: Event) => {
            const { value } = event.target as HTMLInputElement;
            this.days = index === 0 ? [value, this.days[1]] : [this.days[0], value];
            this.#filter(daySpan(...this.days));
          }}
        />
      </label>`;
    return html`${field(LOG_TEXTS.fromDay, 0)} ${field(LOG_TEXTS.toDay, 1)}`;
  }

  #charts(): TemplateResult | typeof nothing {
    const { log, locale, picture } = this.view;
    if (log.numbers === undefined || log.numbers.total === 0) return nothing;
    return html`<details>
      <summary>${LOG_TEXTS.charts}</summary>
      <sightline-event-charts
        .numbers=${log.numbers}
        .frame=${picture ?? { width: 16, height: 9 }}
        .locale=${locale}
      ></sightline-event-charts>
    </details>`;
  }

  #list(): TemplateResult | typeof nothing {
    const { log, locale } = this.view;
    if (log.listed.length === 0) return nothing;
    return html`${
        log.numbers === undefined
          ? nothing
          : html`<p role="status">${LOG_TEXTS.found(log.numbers.total, log.listed.length)}</p>`
      }
      <ol class="events">
        ${log.listed.map((kept) => {
          const text = texts.event(kept.event, locale);
          return html`<li class=${kept.event.kind === 'rule-fired' ? 'fired' : ''}>
            <time class="number">${LOG_TEXTS.time(kept.event.time, locale)}</time>
            <span>${text}</span>
            ${this.#pictures(kept.event)}
            <button
              class="icon plain"
              aria-label=${LOG_TEXTS.deleteOne(text)}
              title=${texts.remove}
              @click=${() => {
                this.#do({ kind: 'remove-event', event: kept });
              }}
            >
              ${icon('trash')}
            </button>
          </li>`;
        })}
      </ol>`;
  }

  #pictures(event: WatchEvent): TemplateResult | typeof nothing {
    const { hasPictures, locale } = this.view;
    if (!hasPictures(event)) return nothing;
    return html`<button
      class="icon plain"
      aria-label=${texts.openEvent(texts.event(event, locale))}
      title=${texts.eventTitle}
      @click=${() => {
        this.#do({ kind: 'open-event', event });
      }}
    >
      ${icon('photo')}
    </button>`;
  }

  #buttons(kept: number): TemplateResult {
    const { filter, numbers, isSaving } = this.view.log;
    const isAll = isEmptyFilter(filter);
    const count = isAll ? kept : (numbers?.total ?? 0);
    const erase = isAll ? LOG_TEXTS.deleteAll : LOG_TEXTS.deleteFound(count);
    return html`<div class="buttons">
      <label class="save">
        ${icon('save')}
        <select
          aria-label=${LOG_TEXTS.save}
          ?disabled=${isSaving || count === 0}
          @change=${(event: Event) => {
            const select = event.target as HTMLSelectElement;
            const format = EXPORT_FORMATS.find((name) => name === select.value);
            if (format !== undefined) this.#do({ kind: 'save-events', format });
            select.value = '';
          }}
        >
          <option value="">${isSaving ? LOG_TEXTS.saving : `${LOG_TEXTS.save} …`}</option>
          ${EXPORT_FORMATS.map((name) => html`<option value=${name}>${LOG_TEXTS[name]}</option>`)}
        </select>
      </label>
      <button
        ?disabled=${count === 0}
        @click=${() => {
          if (this.isAsking) this.#do({ kind: 'clear-events' });
          this.isAsking = !this.isAsking;
        }}
        @blur=${() => {
          this.isAsking = false;
        }}
      >
        ${icon('trash')} ${this.isAsking ? LOG_TEXTS.deleteReally(count) : erase}
      </button>
    </div>`;
  }

  #filter(changes: Partial<LogFilter>): void {
    this.#do({ kind: 'filter', filter: { ...this.view.log.filter, ...changes } });
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
