import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LONGEST_LABEL, type Sample } from '../../domain/sample.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import { BOX_TEXTS } from '../../i18n/label-box-messages.js';
import { t } from '../../i18n/messages.js';
import { icon, labelDot } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { TeachCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { samplesSheetStyles } from '../styles/samples-sheet.js';
import './sightline-find-card.js';
import './sightline-notice.js';
import './sightline-thumbnail.js';
import type { TeachCommand } from './teach-commands.js';
import type { TeachView } from './teach-view.js';

const WHEN = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/**
 * The examples of one label: look at them, choose some, give them another name,
 * delete them; rename the label.
 *
 * @fires {TeachCommandEvent} teach-command - `relabel`, `remove`, `rename`, `undo` …
 */
@customElement('sightline-samples-sheet')
export class SightlineSamplesSheet extends LitElement {
  static override styles = [controls, samplesSheetStyles];

  @property({ attribute: false }) accessor view!: TeachView;
  @state() private accessor chosen: ReadonlySet<string> = new Set();
  /** Which field is open: for the chosen examples, or for the label itself. */
  @state() private accessor naming: 'relabel' | 'rename' | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('view')) return;
    const before = changed.get('view');
    if (before?.sheet !== this.view.sheet || before?.label !== this.view.label) {
      this.naming = undefined;
      this.chosen = new Set();
      return;
    }
    // What was deleted or went to another label is not chosen any more.
    const here = new Set(this.#samples.map(({ id }) => id));
    const still = [...this.chosen].filter((id) => here.has(id));
    if (still.length < this.chosen.size) this.chosen = new Set(still);
  }

  override render(): TemplateResult {
    const { view } = this;
    const isOpen = view.sheet === 'samples';
    return html`<sightline-sheet modal ?open=${isOpen} heading=${texts.samplesOf(view.label)}>
      ${isOpen ? this.#content() : nothing}
    </sightline-sheet>`;
  }

  get #samples(): readonly Sample[] {
    const { state: teach, label } = this.view;
    return teach.samples
      .filter((sample) => sample.label === label)
      .toSorted((a, b) => b.time - a.time);
  }

  #content(): TemplateResult {
    const samples = this.#samples;
    const examples = samples.filter(({ kind }) => kind === 'example');
    const negatives = samples.filter(({ kind }) => kind === 'negative');
    return html`
      <div class="bar">
        <span role="status" class="muted">
          ${this.chosen.size === 0 ? texts.select : texts.selected(this.chosen.size)}
        </span>
        <button class="plain all" @click=${this.#chooseAll} ?disabled=${samples.length === 0}>
          ${
            this.chosen.size === samples.length && samples.length > 0
              ? texts.selectNone
              : texts.selectAll
          }
        </button>
      </div>
      ${this.#grid(examples)}
      ${
        negatives.length === 0
          ? nothing
          : html`<h3>${texts.negativesTitle(this.view.label)}</h3>
              ${this.#grid(negatives)}`
      }
      <sightline-find-card
        .label=${this.view.label}
        .boxes=${examples.length}
        .found=${this.view.state.finds.find(({ label }) => label === this.view.label)}
        .finding=${this.view.state.finding}
        .load=${this.view.picture}
      ></sightline-find-card>
      <div class="foot">
        <sightline-notice
          .notice=${this.view.notice}
          .undoable=${this.view.state.canUndo}
        ></sightline-notice>
        ${this.naming === undefined ? this.#actions() : this.#field(this.naming)}
      </div>
    `;
  }

  #grid(samples: readonly Sample[]): TemplateResult {
    return html`<ul class="grid">
      ${repeat(
        samples,
        ({ id }) => id,
        ({ id, time }, index) =>
          html`<li>
            <button
              class="pick"
              aria-pressed=${this.chosen.has(id) ? 'true' : 'false'}
              aria-label=${texts.sample(index + 1, WHEN.format(time))}
              @click=${() => {
                this.#toggle(id);
              }}
            >
              <sightline-thumbnail .sample=${id} .load=${this.view.load}></sightline-thumbnail>
              <span class="tick">${icon('check')}</span>
            </button>
          </li>`,
      )}
    </ul>`;
  }

  #actions(): TemplateResult {
    const isNone = this.chosen.size === 0;
    return html`<div class="actions">
      ${
        isNone
          ? html`<button
              @click=${() => {
                this.naming = 'rename';
              }}
            >
              ${texts.rename}
            </button>`
          : html`${this.chosen.size === 1 ? this.#fixing() : nothing}
              <button
                @click=${() => {
                  this.naming = 'relabel';
                }}
              >
                ${icon('labels')} ${texts.relabel}
              </button>
              <button
                class="danger"
                @click=${() => {
                  this.#do({ kind: 'remove', ids: [...this.chosen] });
                }}
              >
                ${icon('trash')} ${texts.remove}
              </button>`
      }
    </div>`;
  }

  #fixing(): TemplateResult {
    return html`<button
      @click=${() => {
        for (const id of this.chosen) this.#do({ kind: 'open-box', id });
      }}
    >
      ${icon('draw')} ${BOX_TEXTS.fix}
    </button>`;
  }

  #field(naming: 'relabel' | 'rename'): TemplateResult {
    const others = this.view.state.labels.filter(({ name }) => name !== this.view.label);
    return html`<form class="naming" @submit=${this.#named}>
      ${
        naming === 'relabel' && others.length > 0
          ? html`<div class="chips">
              ${others.map(
                ({ name }) =>
                  html`<button
                    type="button"
                    class="chip"
                    @click=${() => {
                      this.#relabel(name);
                    }}
                  >
                    ${labelDot(name)} ${name}
                  </button>`,
              )}
            </div>`
          : nothing
      }
      <div class="row">
        <input
          name="name"
          required
          maxlength=${LONGEST_LABEL}
          autocomplete="off"
          autocapitalize="off"
          aria-label=${naming === 'relabel' ? texts.relabelTo : texts.name}
          placeholder=${naming === 'relabel' ? texts.relabelTo : texts.name}
          .value=${naming === 'rename' ? this.view.label : ''}
        />
        <button class="primary">${texts.save}</button>
        <button
          type="button"
          class="icon plain"
          aria-label=${t('action.cancel')}
          @click=${() => {
            this.naming = undefined;
          }}
        >
          ${icon('close')}
        </button>
      </div>
    </form>`;
  }

  readonly #named = (event: SubmitEvent): void => {
    event.preventDefault();
    const value = new FormData(event.currentTarget as HTMLFormElement).get('name');
    const name = typeof value === 'string' ? value.trim() : '';
    if (name === '') return;
    if (this.naming === 'relabel') {
      this.#relabel(name);
      return;
    }
    this.naming = undefined;
    this.#do({ kind: 'rename', from: this.view.label, to: name });
  };

  #relabel(label: string): void {
    this.naming = undefined;
    this.#do({ kind: 'relabel', ids: [...this.chosen], label });
  }

  readonly #chooseAll = (): void => {
    const samples = this.#samples;
    const isAll = this.chosen.size === samples.length;
    this.chosen = new Set(isAll ? [] : samples.map(({ id }) => id));
  };

  #toggle(id: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen = chosen;
  }

  #do(command: TeachCommand): void {
    this.dispatchEvent(new TeachCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-samples-sheet': SightlineSamplesSheet;
  }
}
