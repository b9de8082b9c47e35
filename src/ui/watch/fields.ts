/** Fields of forms, as the pages of the Watch mode share them; `placePageStyles` is their look. */
import { html, type TemplateResult } from 'lit';

export function checkField(
  text: string,
  isOn: boolean,
  toggled: (isOn: boolean) => void,
): TemplateResult {
  return html`<label class="check">
    <input
      type="checkbox"
      .checked=${isOn}
      @change=${(event: Event) => {
        toggled((event.target as HTMLInputElement).checked);
      }}
    />
    <span>${text}</span>
  </label>`;
}

/** A whole number; anything else is put back. */
export function amountField(
  text: string,
  value: number,
  most: number,
  set: (value: number) => void,
  least = 1,
): TemplateResult {
  return html`<label class="amount">
    <input
      type="number"
      min=${least}
      max=${most}
      inputmode="numeric"
      .value=${String(value)}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const wanted = input.valueAsNumber;
        if (Number.isInteger(wanted) && wanted >= least && wanted <= most) set(wanted);
        else input.value = String(value);
      }}
    />
    <span>${text}</span>
  </label>`;
}

/** A time of the day. @param minutes Since midnight. */
export function hourField(
  text: string,
  minutes: number,
  set: (minutes: number) => void,
): TemplateResult {
  const pad = (number: number): string => String(Math.floor(number)).padStart(2, '0');
  return html`<label>
    <span>${text}</span>
    <input
      type="time"
      .value=${`${pad(minutes / 60)}:${pad(minutes % 60)}`}
      @change=${(event: Event) => {
        const milliseconds = (event.target as HTMLInputElement).valueAsNumber;
        if (Number.isFinite(milliseconds)) set(Math.floor(milliseconds / 60_000));
      }}
    />
  </label>`;
}

/** One of a row of choices. */
export function chip(text: string, isOn: boolean, press: () => void): TemplateResult {
  return html`<button class="chip" aria-pressed=${isOn} @click=${press}>${text}</button>`;
}
