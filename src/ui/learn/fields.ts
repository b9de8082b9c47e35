/** Fields of the lessons: each tells its value and takes another. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

export interface SliderField {
  readonly label: string | TemplateResult;
  /** What a screen reader calls it. */
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value as it is read. */
  readonly shown: string;
  readonly changed: (value: number) => void;
}

export function slider(field: SliderField): TemplateResult {
  const { label, name, value, min, max, step, shown, changed } = field;
  return html`<label class="slider">
    <span>${label}</span>
    <input
      type="range"
      aria-label=${name}
      aria-valuetext=${shown}
      min=${min}
      max=${max}
      step=${step}
      .value=${live(String(value))}
      @input=${(event: Event) => {
        changed((event.target as HTMLInputElement).valueAsNumber);
      }}
    />
    <output class="number">${shown}</output>
  </label>`;
}

export interface ChoiceField<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Value[];
  readonly shown: (value: Value) => string;
  readonly changed: (value: Value) => void;
}

export function choice<Value extends string>(field: ChoiceField<Value>): TemplateResult {
  const { label, value, choices, shown, changed } = field;
  return html`<label class="choice">
    <span>${label}</span>
    <select
      .value=${live(value)}
      @change=${(event: Event) => {
        const { selectedIndex } = event.target as HTMLSelectElement;
        const chosen = choices[selectedIndex];
        if (chosen !== undefined) changed(chosen);
      }}
    >
      ${choices.map(
        (entry) =>
          html`<option value=${entry} ?selected=${entry === value}>${shown(entry)}</option>`,
      )}
    </select>
  </label>`;
}

/** A few choices side by side, one of which holds. */
export function segments<Value extends string>(field: ChoiceField<Value>): TemplateResult {
  const { label, value, choices, shown, changed } = field;
  return html`<div class="segments" role="group" aria-label=${label}>
    ${choices.map(
      (entry) =>
        html`<button
          aria-pressed=${entry === value ? 'true' : 'false'}
          @click=${() => {
            changed(entry);
          }}
        >
          ${shown(entry)}
        </button>`,
    )}
  </div>`;
}
