import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  alertsOf,
  LINE_ALERTS,
  ZONE_ALERTS,
  type AlertKind,
  type Alerts,
} from '../../domain/watch/alerts.js';
import { ANCHORS, type Anchor } from '../../domain/watch/anchor.js';
import { RULE_ACTIONS, WATCH_LIMITS, type RuleAction } from '../../domain/watch/config.js';
import { labelName } from '../../i18n/label-names.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import { icon } from '../elements/icons.js';
import { WatchCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { placePageStyles } from '../styles/place-page.js';
import type { PlaceChanges, WatchCommand } from './watch-commands.js';
import type { EditedPlace, WatchView } from './watch-view.js';

/** What is offered before anything has been seen. */
const COMMON = ['person', 'car', 'bicycle', 'dog', 'cat'];
/** Chips in a row are for a few labels; all others are in the list beside them. */
const MOST_CHIPS = 7;

/**
 * One zone or line: what it is called, what counts, and when to tell.
 *
 * @fires {WatchCommandEvent} watch-command - `change`, `alerts` or `swap`.
 */
@customElement('sightline-place-page')
export class SightlinePlacePage extends LitElement {
  static override styles = [controls, placePageStyles];

  @property({ attribute: false }) accessor view!: WatchView;

  override render(): TemplateResult | typeof nothing {
    const { edited, problem } = this.view;
    if (edited === undefined) return nothing;
    const alerts = alertsOf(edited.place.id, this.view.config);
    return html`
      ${
        problem === undefined
          ? html`<p>${edited.kind === 'zone' ? texts.drawZone : texts.drawLine}</p>`
          : html`<p class="problem" role="alert">${icon('alert')} ${texts.problem(problem)}</p>`
      }
      ${
        edited.kind === 'line'
          ? html`<div class="swap">
              <p>${texts.direction}</p>
              <button
                @click=${() => {
                  this.#do({ kind: 'swap' });
                }}
              >
                ${texts.swap}
              </button>
            </div>`
          : nothing
      }
      <label class="field">
        <span>${texts.name}</span>
        <input
          .value=${edited.place.name}
          maxlength=${WATCH_LIMITS.nameCharacters}
          autocomplete="off"
          @change=${(event: Event) => {
            this.#change({ name: (event.target as HTMLInputElement).value.trim() });
          }}
        />
      </label>
      ${this.#labels(edited)} ${this.#alerts(edited, alerts)} ${this.#more(edited)}
    `;
  }

  #labels({ place }: EditedPlace): TemplateResult {
    const { seen, labels, locale } = this.view;
    const offered = new Set([...place.objects, ...seen, ...COMMON]);
    const chips = [...offered].slice(0, Math.max(MOST_CHIPS, place.objects.length));
    const others = labels.filter((label) => !chips.includes(label));
    return html`<fieldset>
      <legend>${texts.counts}</legend>
      <div class="chips">
        ${this.#chip(texts.everything, place.objects.length === 0, () => {
          this.#change({ objects: [] });
        })}
        ${chips.map((label) => {
          const isOn = place.objects.includes(label);
          return this.#chip(labelName(label, locale), isOn, () => {
            this.#change({
              objects: isOn
                ? place.objects.filter((other) => other !== label)
                : [...place.objects, label],
            });
          });
        })}
        <select
          aria-label=${texts.otherLabel}
          @change=${(event: Event) => {
            const select = event.target as HTMLSelectElement;
            if (select.value !== '') this.#change({ objects: [...place.objects, select.value] });
            select.value = '';
          }}
        >
          <option value="">${texts.otherLabel}</option>
          ${others.map(
            (label) => html`<option value=${label}>${labelName(label, locale)}</option>`,
          )}
        </select>
      </div>
    </fieldset>`;
  }

  #chip(text: string, isOn: boolean, press: () => void): TemplateResult {
    return html`<button class="chip" aria-pressed=${isOn} @click=${press}>${text}</button>`;
  }

  #alerts({ kind }: EditedPlace, alerts: Alerts): TemplateResult {
    const kinds: readonly AlertKind[] = kind === 'zone' ? ZONE_ALERTS : LINE_ALERTS;
    return html`<fieldset>
        <legend>${texts.tellMe}</legend>
        ${kinds.map((alert) => this.#alert(alert, alerts))}
      </fieldset>
      ${alerts.on.size === 0 ? nothing : this.#how(alerts)}`;
  }

  #alert(alert: AlertKind, alerts: Alerts): TemplateResult {
    const set = (changes: Partial<Alerts>): void => {
      this.#do({ kind: 'alerts', alerts: { ...alerts, ...changes } });
    };
    const toggled = (isOn: boolean): void => {
      const on = new Set(alerts.on);
      if (isOn) on.add(alert);
      else on.delete(alert);
      set({ on });
    };
    return html`<div class="switch">
      ${this.#check(texts.alert(alert), alerts.on.has(alert), toggled)}
      ${
        alert === 'zone-dwell'
          ? this.#amount(texts.seconds, alerts.seconds, WATCH_LIMITS.seconds, (seconds) => {
              set({ seconds });
            })
          : nothing
      }
      ${
        alert === 'zone-count'
          ? this.#amount(texts.objects, alerts.count, WATCH_LIMITS.count, (count) => {
              set({ count });
            })
          : nothing
      }
    </div>`;
  }

  #how(alerts: Alerts): TemplateResult {
    const set = (changes: Partial<Alerts>): void => {
      this.#do({ kind: 'alerts', alerts: { ...alerts, ...changes } });
    };
    const { hours } = alerts;
    return html`<fieldset>
      <legend>${texts.how}</legend>
      ${RULE_ACTIONS.map((action: RuleAction) =>
        this.#check(texts.action(action), alerts.actions.includes(action), (isOn) => {
          const others = alerts.actions.filter((other) => other !== action);
          set({ actions: isOn ? [...others, action] : others });
        }),
      )}
      <div class="switch">
        ${this.#check(texts.hours, hours !== undefined, (isOn) => {
          set({ hours: isOn ? { from: 22 * 60, to: 6 * 60, days: [] } : undefined });
        })}
        ${
          hours === undefined
            ? nothing
            : html`<span class="hours">
                ${this.#hour(texts.from, hours.from, (from) => {
                  set({ hours: { ...hours, from } });
                })}
                ${this.#hour(texts.to, hours.to, (to) => {
                  set({ hours: { ...hours, to } });
                })}
              </span>`
        }
      </div>
    </fieldset>`;
  }

  #more({ kind, place }: EditedPlace): TemplateResult {
    return html`<details>
      <summary>${texts.more}</summary>
      <label class="field">
        <span>${texts.anchor}</span>
        <select
          @change=${(event: Event) => {
            this.#change({ anchor: (event.target as HTMLSelectElement).value as Anchor });
          }}
        >
          ${ANCHORS.map(
            (anchor) =>
              html`<option value=${anchor} ?selected=${anchor === place.anchor}>
                ${texts.anchorName(anchor)}
              </option>`,
          )}
        </select>
      </label>
      ${
        kind === 'zone'
          ? this.#amount(texts.inertia, place.inertia, WATCH_LIMITS.frames, (inertia) => {
              this.#change({ inertia });
            })
          : this.#amount(
              texts.threshold,
              place.minimumCrossingThreshold,
              WATCH_LIMITS.frames,
              (minimumCrossingThreshold) => {
                this.#change({ minimumCrossingThreshold });
              },
            )
      }
    </details>`;
  }

  #check(text: string, isOn: boolean, toggled: (isOn: boolean) => void): TemplateResult {
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

  /** A whole number from 1 on; anything else is put back. */
  #amount(text: string, value: number, most: number, set: (value: number) => void): TemplateResult {
    return html`<label class="amount">
      <input
        type="number"
        min="1"
        max=${most}
        inputmode="numeric"
        .value=${String(value)}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          const wanted = input.valueAsNumber;
          if (Number.isInteger(wanted) && wanted >= 1 && wanted <= most) set(wanted);
          else input.value = String(value);
        }}
      />
      <span>${text}</span>
    </label>`;
  }

  #hour(text: string, minutes: number, set: (minutes: number) => void): TemplateResult {
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

  #change(changes: PlaceChanges): void {
    this.#do({ kind: 'change', changes });
  }

  #do(command: WatchCommand): void {
    this.dispatchEvent(new WatchCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-place-page': SightlinePlacePage;
  }
}
