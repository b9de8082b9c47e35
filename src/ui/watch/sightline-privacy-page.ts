import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  ALTERATIONS,
  DEFAULT_PRIVACY,
  type Alteration,
  type PrivacyOptions,
} from '../../domain/privacy/options.js';
import { labelName } from '../../i18n/label-names.js';
import { WATCH_TEXTS } from '../../i18n/watch-messages.js';
import { icon } from '../elements/icons.js';
import { WatchCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { placePageStyles } from '../styles/place-page.js';
import { privacyPageStyles } from '../styles/privacy-page.js';
import type { WatchCommand } from './watch-commands.js';
import type { WatchView } from './watch-view.js';

const texts = WATCH_TEXTS.privacy;
const STYLES = ['off', ...ALTERATIONS] as const;
const MOST_CHIPS = 7;

/**
 * How the picture is altered before anybody sees, keeps or gets it.
 *
 * @fires {WatchCommandEvent} watch-command - `privacy` or `float`.
 */
@customElement('sightline-privacy-page')
export class SightlinePrivacyPage extends LitElement {
  static override styles = [controls, placePageStyles, privacyPageStyles];

  @property({ attribute: false }) accessor view!: WatchView;

  override render(): TemplateResult {
    const { privacy } = this.view;
    return html`
      <p>${texts.intro}</p>
      <fieldset>
        <legend>${texts.how}</legend>
        ${STYLES.map((style) => this.#style(style))}
      </fieldset>
      ${privacy === undefined ? nothing : this.#what(privacy)}
      <p>${privacy === undefined ? nothing : texts.kept} ${texts.limits}</p>
      ${this.view.canFloat && !this.view.blind ? this.#float() : nothing}
    `;
  }

  #style(style: Alteration | 'off'): TemplateResult {
    const { privacy } = this.view;
    return html`<label class="choice">
      <input
        type="radio"
        name="style"
        .checked=${(privacy?.style ?? 'off') === style}
        @change=${() => {
          this.#set(style === 'off' ? undefined : { ...(privacy ?? DEFAULT_PRIVACY), style });
        }}
      />
      <span>${texts.style(style)}<small>${texts.styleHint(style)}</small></span>
    </label>`;
  }

  #what(privacy: PrivacyOptions): TemplateResult {
    const { seen, labels, locale } = this.view;
    const isBackground = privacy.part === 'background';
    const isAll = !isBackground && privacy.labels.length === 0;
    const offered = new Set(['person', ...privacy.labels, ...seen]);
    const chips = [...offered].slice(0, Math.max(MOST_CHIPS, privacy.labels.length));
    const others = labels.filter((label) => !chips.includes(label));
    const choose = (wanted: readonly string[]): void => {
      // Nothing at all would mean everything.
      const chosen = wanted.length === 0 ? DEFAULT_PRIVACY.labels : wanted;
      this.#set({ ...privacy, part: 'objects', labels: chosen });
    };
    return html`<fieldset>
        <legend>${texts.what}</legend>
        <div class="chips">
          ${chips.map((label) => {
            const isOn = !isBackground && privacy.labels.includes(label);
            const name = label === 'person' ? texts.people : labelName(label, locale);
            return this.#chip(name, isOn, () => {
              const rest = isBackground ? [] : privacy.labels.filter((other) => other !== label);
              choose(isOn ? rest : [...rest, label]);
            });
          })}
          ${this.#chip(texts.everything, isAll, () => {
            this.#set({ ...privacy, part: 'objects', labels: [] });
          })}
          ${this.#chip(texts.background, isBackground, () => {
            this.#set({ ...privacy, part: 'background', labels: DEFAULT_PRIVACY.labels });
          })}
          <select
            aria-label=${WATCH_TEXTS.otherLabel}
            @change=${(event: Event) => {
              const select = event.target as HTMLSelectElement;
              if (select.value !== '') {
                choose([...(isBackground ? [] : privacy.labels), select.value]);
              }
              select.value = '';
            }}
          >
            <option value="">${WATCH_TEXTS.otherLabel}</option>
            ${others.map(
              (label) => html`<option value=${label}>${labelName(label, locale)}</option>`,
            )}
          </select>
        </div>
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          .checked=${privacy.shape === 'soft'}
          @change=${(event: Event) => {
            const isSoft = (event.target as HTMLInputElement).checked;
            this.#set({ ...privacy, shape: isSoft ? 'soft' : 'box' });
          }}
        />
        <span>${texts.soft}</span>
      </label>`;
  }

  #float(): TemplateResult {
    const { isFloating } = this.view;
    return html`<button
      aria-pressed=${isFloating}
      @click=${() => {
        this.#do({ kind: 'float', isWanted: !isFloating });
      }}
    >
      ${icon('screen')} ${isFloating ? texts.unfloat : texts.float}
    </button>`;
  }

  #chip(text: string, isOn: boolean, pressed: () => void): TemplateResult {
    return html`<button class="chip" aria-pressed=${isOn} @click=${pressed}>${text}</button>`;
  }

  #set(options: PrivacyOptions | undefined): void {
    this.#do({ kind: 'privacy', options });
  }

  #do(command: WatchCommand): void {
    this.dispatchEvent(new WatchCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-privacy-page': SightlinePrivacyPage;
  }
}
