import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Line, Zone } from '../../domain/watch/config.js';
import { PRIVACY_TEXTS } from '../../i18n/privacy-messages.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import { icon, type IconName } from '../elements/icons.js';
import { WatchCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { rows } from '../styles/rows.js';
import { teachPanelStyles } from '../styles/teach-panel.js';
import { watchPanelStyles } from '../styles/watch-panel.js';
import './sightline-event-page.js';
import './sightline-events-page.js';
import './sightline-finder-page.js';
import './sightline-place-page.js';
import './sightline-privacy-page.js';
import type { WatchCommand } from './watch-commands.js';
import type { WatchView } from './watch-view.js';

/**
 * The panel of the Watch mode, below the picture or beside it: zones and lines with their
 * counts, one of them to be changed, or what happened.
 *
 * @fires {WatchCommandEvent} watch-command - Everything a person asks for.
 */
@customElement('sightline-watch')
export class SightlineWatch extends LitElement {
  static override styles = [controls, teachPanelStyles, rows, watchPanelStyles];

  @property({ attribute: false }) accessor view!: WatchView;

  @query('h2') private accessor headline!: HTMLHeadingElement;

  override render(): TemplateResult {
    const { page, notice } = this.view;
    return html`
      <section aria-labelledby="title">
        <header>
          ${page === 'home' ? nothing : this.#icon('back', texts.back, { kind: 'back' })}
          <h2 id="title" tabindex="-1">${this.#title()}</h2>
          ${page === 'place' ? this.#icon('trash', texts.remove, { kind: 'remove' }) : nothing}
          ${page === 'home' ? this.#tools() : nothing}
        </header>
        <div class="body">${this.#content()}</div>
        <div class="foot">${this.#foot()}</div>
      </section>
      <p class="visually-hidden" role="status">${notice?.text ?? ''}</p>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    const before = changed.get('view')?.page;
    // On the page of a zone the first of its handles has the focus.
    if (before !== undefined && before !== this.view.page && this.view.page !== 'place') {
      this.headline.focus();
    }
  }

  #title(): string {
    const { page, edited } = this.view;
    if (page === 'events') return texts.events;
    if (page === 'find') return texts.find;
    if (page === 'event') return texts.eventTitle;
    if (page === 'privacy') return texts.privacy.title;
    if (page === 'place' && edited !== undefined) {
      return edited.kind === 'zone' ? texts.zone : texts.line;
    }
    return texts.title;
  }

  #tools(): TemplateResult {
    const { zones, lines } = this.view.config;
    return html`
      ${
        zones.length + lines.length === 0
          ? nothing
          : html`${this.#icon('undo', texts.reset, { kind: 'reset' })}
            ${this.#icon('list', texts.events, { kind: 'open-events' })}`
      }
      ${this.view.blind ? nothing : this.#icon('search', texts.find, { kind: 'open-finder' })}
      ${this.#icon('close', texts.leave, { kind: 'leave' })}
    `;
  }

  #content(): TemplateResult {
    const { page, edited } = this.view;
    if (page === 'events') {
      return html`<sightline-events-page .view=${this.view}></sightline-events-page>`;
    }
    if (page === 'find') {
      return html`<sightline-finder-page .view=${this.view}></sightline-finder-page>`;
    }
    if (page === 'place' && edited !== undefined) {
      return html`<sightline-place-page .view=${this.view}></sightline-place-page>`;
    }
    if (page === 'event') {
      return html`<sightline-event-page .view=${this.view}></sightline-event-page>`;
    }
    if (page === 'privacy') {
      return html`<sightline-privacy-page .view=${this.view}></sightline-privacy-page>`;
    }
    return this.#home();
  }

  #home(): TemplateResult {
    const { config, blind, notice } = this.view;
    const isEmpty = config.zones.length + config.lines.length === 0;
    return html`
      ${isEmpty || blind ? html`<p>${blind ? texts.noPicture : texts.start}</p>` : nothing}
      ${
        isEmpty
          ? nothing
          : html`<ul class="rows" aria-label=${texts.places}>
              ${config.zones.map((zone) => this.#zone(zone))}
              ${config.lines.map((line) => this.#line(line))}
            </ul>`
      }
      ${this.#privacy()}
      ${
        notice === undefined
          ? nothing
          : html`<p class="notice">
              <span>${notice.text}</span>
              ${notice.undo ? this.#button(texts.undo, { kind: 'undo' }) : nothing}
            </p>`
      }
      ${
        isEmpty && !blind
          ? this.#button(html`${icon('room')} ${texts.addDoor}`, { kind: 'add-door' })
          : nothing
      }
      ${blind ? nothing : this.#file(isEmpty)}
    `;
  }

  #file(isEmpty: boolean): TemplateResult {
    return html`<details>
      <summary>${texts.file}</summary>
      <p>${texts.fileText}</p>
      <div class="pair">
        ${isEmpty ? nothing : this.#button(texts.saveConfig, { kind: 'save-config' })}
        <label class="button">
          <input
            class="visually-hidden"
            type="file"
            accept=".json,application/json"
            @change=${(event: Event) => {
              const input = event.target as HTMLInputElement;
              const file = input.files?.[0];
              input.value = '';
              if (file !== undefined) this.#do({ kind: 'open-config', file });
            }}
          />
          ${texts.openConfig}
        </label>
      </div>
    </details>`;
  }

  #privacy(): TemplateResult {
    const { privacy, locale } = this.view;
    const now = privacy === undefined ? texts.privacy.off : PRIVACY_TEXTS.on(privacy, locale);
    return html`<div class="rows">
      <button
        class="row"
        aria-current=${privacy === undefined ? nothing : 'true'}
        @click=${() => {
          this.#do({ kind: 'open-privacy' });
        }}
      >
        <span class="badge">${icon('shield')}</span>
        <span>${texts.privacy.title}<small>${texts.privacy.hint}</small></span>
        <span class=${privacy === undefined ? 'muted' : 'state'}>${now}</span>
      </button>
    </div>`;
  }

  #zone({ id, name }: Zone): TemplateResult {
    const { counts, locale } = this.view;
    const count = counts.zones.get(id);
    const now = count === undefined ? '' : texts.byLabel(count.occupancyByLabel, locale);
    const parts = [texts.entered(count?.entries ?? 0)];
    if (count !== undefined && count.occupancy > 0) parts.push(texts.longest(count.longestDwell));
    const figure = count?.occupancy ?? 0;
    return this.#row(id, name, 'zone', texts.inside(figure), [now, ...parts].filter(Boolean));
  }

  #line({ id, name }: Line): TemplateResult {
    const count = this.view.counts.lines.get(id);
    const both = `${texts.inCount(count?.inCount ?? 0)} · ${texts.outCount(count?.outCount ?? 0)}`;
    const { locale } = this.view;
    const parts = count === undefined ? [] : [texts.byLabel(count.inCountByLabel, locale)];
    return this.#row(id, name, 'line', both, parts.filter(Boolean));
  }

  #row(
    id: string,
    name: string,
    glyph: IconName,
    figure: string,
    details: readonly string[],
  ): TemplateResult {
    return html`<li>
      <button
        class="row"
        @click=${() => {
          this.#do({ kind: 'edit', id });
        }}
      >
        <span class="badge">${icon(glyph)}</span>
        <span>${name}<small class="number">${details.join(' · ')}</small></span>
        <b class="figure number">${figure}</b>
        <span class="visually-hidden">${texts.edit(name)}</span>
      </button>
    </li>`;
  }

  #foot(): TemplateResult | typeof nothing {
    const { page, blind } = this.view;
    if (page === 'place') {
      return html`<button
        class="primary wide"
        @click=${() => {
          this.#do({ kind: 'back' });
        }}
      >
        ${icon('check')} ${texts.done}
      </button>`;
    }
    if (page !== 'home' || blind) return nothing;
    return html`<div class="pair">
      ${this.#button(html`${icon('zone')} ${texts.addZone}`, { kind: 'add', what: 'zone' })}
      ${this.#button(html`${icon('line')} ${texts.addLine}`, { kind: 'add', what: 'line' })}
    </div>`;
  }

  #button(text: TemplateResult | string, command: WatchCommand): TemplateResult {
    return html`<button
      @click=${() => {
        this.#do(command);
      }}
    >
      ${text}
    </button>`;
  }

  #icon(name: IconName, text: string, command: WatchCommand): TemplateResult {
    return html`<button
      class="icon plain"
      aria-label=${text}
      title=${text}
      @click=${() => {
        this.#do(command);
      }}
    >
      ${icon(name)}
    </button>`;
  }

  #do(command: WatchCommand): void {
    this.dispatchEvent(new WatchCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-watch': SightlineWatch;
  }
}
