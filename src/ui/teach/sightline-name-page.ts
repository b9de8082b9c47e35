import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { LONGEST_LABEL } from '../../domain/sample.js';
import { BOX_TEXTS } from '../../i18n/label-box-messages.js';
import { labelName } from '../../i18n/label-names.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { Recording } from '../../session/teach/types.js';
import { icon, labelDot } from '../elements/icons.js';
import { TeachCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { namePageStyles } from '../styles/name-page.js';
import './sightline-record-button.js';
import type { TeachCommand } from './teach-commands.js';

/** Names that do not fit on two lines of a phone are found by typing. */
const MOST_CHIPS = 12;

/**
 * "What is this?": a name for what is chosen, from those so far or a new one, and
 * the button that records it.
 *
 * @fires {TeachCommandEvent} teach-command - `set-name`, `record`, `stop-recording` or `reject`.
 */
@customElement('sightline-name-page')
export class SightlineNamePage extends LitElement {
  static override styles = [controls, namePageStyles];

  @property() accessor name = '';
  /** Names so far. */
  @property({ attribute: false }) accessor labels: readonly string[] = [];
  /** What the detector calls it; empty for a drawn box. */
  @property() accessor base = '';
  /** Of a drawn box there is one picture only. */
  @property({ type: Boolean }) accessor single = false;
  /** The picture goes on after it, so that a drawn box can be followed. */
  @property({ type: Boolean }) accessor followable = false;
  @property({ attribute: false }) accessor recording: Recording | undefined;
  @property() accessor locale = 'en';

  @query('input') private accessor input!: HTMLInputElement;

  /** Puts the cursor into the field, where there is a keyboard or nothing to choose from. */
  override focus(): void {
    void this.updateComplete.then(() => {
      this.input.focus();
    });
  }

  override render(): TemplateResult {
    const isRecording = this.recording !== undefined;
    const isNamed = this.name.trim() !== '';
    return html`
      <div class="field">
        <input
          aria-label=${texts.name}
          placeholder=${texts.namePlaceholder}
          maxlength=${LONGEST_LABEL}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          enterkeyhint="done"
          ?disabled=${isRecording}
          .value=${live(this.name)}
          @input=${this.#typed}
          @keydown=${this.#keyed}
        />
        ${
          this.base === '' || isRecording
            ? nothing
            : html`<button
                class="not"
                title=${texts.notThatHint}
                @click=${() => {
                  this.#do({ kind: 'reject' });
                }}
              >
                ${texts.notThatNamed}
              </button>`
        }
      </div>
      ${this.#chips(isRecording)}
      ${
        this.single
          ? html`<div class="ways">
                ${
                  this.followable
                    ? html`<button
                        ?disabled=${!isNamed}
                        @click=${() => {
                          this.#do({ kind: 'carry' });
                        }}
                      >
                        ${icon('play')} ${BOX_TEXTS.follow}
                      </button>`
                    : nothing
                }
                <button class="primary wide" ?disabled=${!isNamed} @click=${this.#recorded}>
                  ${texts.takeBox}
                </button>
              </div>
              <p class="hint">${isNamed ? nothing : texts.nameFirst}</p>`
          : html`<sightline-record-button
              .recording=${this.recording}
              .disabled=${!isNamed}
              .why=${texts.nameFirst}
            ></sightline-record-button>`
      }
    `;
  }

  #chips(disabled: boolean): TemplateResult | typeof nothing {
    const wanted = this.name.trim().toLowerCase();
    const isNew = !this.labels.some((label) => label.toLowerCase() === wanted);
    const fitting =
      isNew && wanted !== ''
        ? this.labels.filter((label) => label.toLowerCase().includes(wanted))
        : this.labels;
    const suggestion = wanted === '' ? this.#suggestion() : undefined;
    if (fitting.length === 0 && suggestion === undefined) return nothing;
    return html`<ul aria-label=${texts.labelsSoFar}>
      ${fitting.slice(0, MOST_CHIPS).map((label) => this.#chip(label, label, disabled))}
      ${
        suggestion === undefined
          ? nothing
          : this.#chip(suggestion, texts.newName(suggestion), disabled)
      }
    </ul>`;
  }

  #chip(name: string, text: string, disabled: boolean): TemplateResult {
    const isNew = name !== text;
    return html`<li>
      <button
        class="chip ${isNew ? 'new' : ''}"
        aria-pressed=${isNew ? nothing : name === this.name.trim() ? 'true' : 'false'}
        ?disabled=${disabled}
        @click=${() => {
          this.#do({ kind: 'set-name', name });
        }}
      >
        ${isNew ? nothing : labelDot(name)} ${text}
      </button>
    </li>`;
  }

  /** A name that needs no typing; it can be changed at any time. */
  #suggestion(): string | undefined {
    if (this.base === '') return undefined;
    const base = labelName(this.base, this.locale);
    for (let number = 1; ; number++) {
      const name = texts.suggestion(base, number);
      if (!this.labels.includes(name)) return name;
    }
  }

  readonly #typed = (event: Event): void => {
    this.#do({ kind: 'set-name', name: (event.target as HTMLInputElement).value });
  };

  /** Done with typing: a keyboard on the screen goes, and the picture comes back. */
  readonly #keyed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.isComposing) this.input.blur();
  };

  readonly #recorded = (): void => {
    this.#do({ kind: 'record' });
  };

  #do(command: TeachCommand): void {
    this.dispatchEvent(new TeachCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-name-page': SightlineNamePage;
  }
}
