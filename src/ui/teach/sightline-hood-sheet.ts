import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { ACTIVATION_NAMES } from '../../domain/network/activation.js';
import { LOSS_NAMES } from '../../domain/network/loss.js';
import { OPTIMISER_NAMES } from '../../domain/network/optimiser.js';
import type { TeachSettings } from '../../domain/teach/settings.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import '../elements/sightline-sheet.js';
import { TeachCommandEvent } from '../events.js';
import { charts } from '../styles/charts.js';
import { controls } from '../styles/controls.js';
import { hoodSheetStyles } from '../styles/hood-sheet.js';
import type { TeachView } from './teach-view.js';
import { trainingFigure } from './training-figure.js';
import { newestHead } from './verdict.js';
import { weightFigures } from './weight-figures.js';

/** Settings that are numbers, with what they may be. */
interface NumberField {
  readonly key:
    | 'epochs'
    | 'batchSize'
    | 'learningRate'
    | 'denseUnits'
    | 'weightDecay'
    | 'l2'
    | 'validationSplit'
    | 'seed';
  readonly min: number;
  readonly max: number;
  readonly step: number | 'any';
  readonly hint?: string;
}

const MAIN: readonly NumberField[] = [
  { key: 'epochs', min: 1, max: 10_000, step: 1, hint: texts.epochsHint },
  { key: 'batchSize', min: 0, max: 4096, step: 1, hint: texts.batchSizeHint },
  { key: 'learningRate', min: 1e-6, max: 10, step: 'any', hint: texts.learningRateHint },
  { key: 'denseUnits', min: 0, max: 1024, step: 1, hint: texts.denseUnitsHint },
];

const MORE: readonly NumberField[] = [
  { key: 'weightDecay', min: 0, max: 1, step: 'any' },
  { key: 'l2', min: 0, max: 1, step: 'any' },
  { key: 'validationSplit', min: 0, max: 0.5, step: 0.05, hint: texts.validationSplitHint },
  { key: 'seed', min: 0, max: 2 ** 32 - 1, step: 1, hint: texts.seedHint },
];

/**
 * "Under the hood": what the training does, in the field's own words, how it went,
 * and the weights that came of it.
 *
 * @fires {TeachCommandEvent} teach-command - `change-settings`.
 */
@customElement('sightline-hood-sheet')
export class SightlineHoodSheet extends LitElement {
  static override styles = [controls, charts, hoodSheetStyles];

  @property({ attribute: false }) accessor view!: TeachView;
  /** Feature maps of the model that is loaded. */
  @property({ attribute: false }) accessor maps: readonly string[] = [];

  override render(): TemplateResult {
    const isOpen = this.view.sheet === 'hood';
    return html`<sightline-sheet modal ?open=${isOpen} heading=${texts.hood}>
      ${isOpen ? this.#content(this.view.state.settings) : nothing}
    </sightline-sheet>`;
  }

  #content(settings: TeachSettings): TemplateResult {
    const { training, heads } = this.view.state;
    const curve = training.phase === 'training' || training.phase === 'done' ? training.curve : [];
    const head = newestHead(heads)?.head;
    return html`
      <p class="hint">${texts.hoodHint}</p>
      <div class="fields">
        ${MAIN.map((field) => this.#number(field, settings))}
        ${this.#choice('activation', ACTIVATION_NAMES, texts.activationName, settings)}
        ${this.#choice('optimiser', OPTIMISER_NAMES, texts.optimiserName, settings)}
        ${this.#choice('loss', LOSS_NAMES, texts.lossName, settings)}
        ${this.#choice(
          'schedule',
          ['constant', 'cosine'] as const,
          (name) => texts.schedules[name],
          settings,
        )}
        ${MORE.map((field) => this.#number(field, settings))} ${this.#smoothing(settings)}
      </div>
      ${this.#switch(texts.flip, settings.flip, (flip) => ({ flip }))}
      ${this.#switch(texts.normalisation, settings.normalisation === 'l2', (isOn) => ({
        normalisation: isOn ? 'l2' : 'none',
      }))}
      ${this.#maps(settings)}
      ${
        curve.length === 0
          ? nothing
          : html`<section>
              <h3>${texts.curves}</h3>
              ${trainingFigure(curve)}
              ${
                training.phase === 'done'
                  ? html`<p class="hint">
                      ${texts.learnt(training.steps, training.milliseconds)}.
                      ${texts.trainingEnd(training.end)}
                    </p>`
                  : nothing
              }
            </section>`
      }
      ${head === undefined ? nothing : weightFigures(head.network)}
    `;
  }

  #number({ key, min, max, step, hint }: NumberField, settings: TeachSettings): TemplateResult {
    return html`<label class="field">
      <span>${texts[key]}${hint === undefined ? nothing : html`<small>${hint}</small>`}</span>
      <input
        type="number"
        inputmode=${step === 1 ? 'numeric' : 'decimal'}
        min=${min}
        max=${max}
        step=${step}
        .value=${live(String(settings[key]))}
        @change=${(event: Event) => {
          this.#changed(event, (value) => ({ [key]: value }));
        }}
      />
    </label>`;
  }

  #smoothing({ lossOptions }: TeachSettings): TemplateResult {
    return html`<label class="field">
      <span>${texts.labelSmoothing}</span>
      <input
        type="number"
        inputmode="decimal"
        min="0"
        max="0.9"
        step="any"
        .value=${live(String(lossOptions.labelSmoothing))}
        @change=${(event: Event) => {
          this.#changed(event, (labelSmoothing) => ({
            lossOptions: { ...lossOptions, labelSmoothing },
          }));
        }}
      />
    </label>`;
  }

  #choice<Key extends 'activation' | 'optimiser' | 'loss' | 'schedule'>(
    key: Key,
    values: readonly TeachSettings[Key][],
    name: (value: TeachSettings[Key]) => string,
    settings: TeachSettings,
  ): TemplateResult {
    return html`<label class="field">
      <span>${texts[key]}</span>
      <select
        .value=${live(settings[key])}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          const chosen = values.find((candidate) => candidate === value);
          if (chosen !== undefined) this.#change({ [key]: chosen });
        }}
      >
        ${values.map(
          (value) =>
            html`<option value=${value} ?selected=${value === settings[key]}>
              ${name(value)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #switch(
    text: string,
    isOn: boolean,
    change: (isOn: boolean) => Partial<TeachSettings>,
    disabled = false,
  ): TemplateResult {
    return html`<label class="switch">
      <input
        type="checkbox"
        .checked=${live(isOn)}
        ?disabled=${disabled}
        @change=${(event: Event) => {
          this.#change(change((event.target as HTMLInputElement).checked));
        }}
      />
      ${text}
    </label>`;
  }

  #maps({ maps }: TeachSettings): TemplateResult | typeof nothing {
    if (this.maps.length < 2) return nothing;
    return html`<fieldset>
      <legend>${texts.maps}</legend>
      ${this.maps.map((map) =>
        this.#switch(
          map,
          maps.includes(map),
          (isOn) => ({
            // In the order of the network, whatever the order of the choices.
            maps: this.maps.filter((name) => (name === map ? isOn : maps.includes(name))),
          }),
          maps.length === 1 && maps[0] === map,
        ),
      )}
    </fieldset>`;
  }

  /** Takes a number if it is one that may be; else the field goes back to what holds. */
  #changed(event: Event, change: (value: number) => Partial<TeachSettings>): void {
    const field = event.target as HTMLInputElement;
    if (field.value !== '' && field.validity.valid) this.#change(change(field.valueAsNumber));
    this.requestUpdate();
  }

  #change(changes: Partial<TeachSettings>): void {
    this.dispatchEvent(new TeachCommandEvent({ kind: 'change-settings', changes }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-hood-sheet': SightlineHoodSheet;
  }
}
