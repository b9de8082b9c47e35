import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  alertsOf,
  LINE_ALERTS,
  ZONE_ALERTS,
  type AlertKind,
  type Alerts,
} from '../../domain/watch/alerts.js';
import { RULE_ACTIONS, WATCH_LIMITS, type Hours } from '../../domain/watch/config.js';
import { WEBHOOK_LIMITS } from '../../domain/watch/webhook.js';
import { ALERT_TEXTS as texts } from '../../i18n/alert-messages.js';
import { errorMessage } from '../../i18n/error-messages.js';
import { devicePlatform } from '../device-platform.js';
import { icon } from '../elements/icons.js';
import { WatchCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { placePageStyles } from '../styles/place-page.js';
import { amountField, checkField, chip, hourField } from './fields.js';
import type { WatchCommand } from './watch-commands.js';
import type { WatchView } from './watch-view.js';

/** From Monday on; 0 is Sunday. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;

/**
 * When a person is to be told of one zone or line, and how.
 *
 * @fires {WatchCommandEvent} watch-command - `alerts`, `try-webhook` or `forget-webhooks`.
 */
@customElement('sightline-alerts')
export class SightlineAlerts extends LitElement {
  static override styles = [controls, placePageStyles];

  /** `edited` says which zone or line. */
  @property({ attribute: false }) accessor view!: WatchView;

  override render(): TemplateResult | typeof nothing {
    const { edited, config } = this.view;
    if (edited === undefined) return nothing;
    const alerts = alertsOf(edited.place.id, config);
    const kinds: readonly AlertKind[] = edited.kind === 'zone' ? ZONE_ALERTS : LINE_ALERTS;
    return html`<fieldset>
        <legend>${texts.tellMe}</legend>
        ${kinds.map((alert) => this.#alert(alert, alerts))}
      </fieldset>
      ${alerts.on.size === 0 ? nothing : html`${this.#how(alerts)} ${this.#when(alerts)}`}`;
  }

  #alert(alert: AlertKind, alerts: Alerts): TemplateResult {
    return html`<div class="switch">
      ${checkField(texts.alert(alert), alerts.on.has(alert), (isOn) => {
        const on = new Set(alerts.on);
        if (isOn) on.add(alert);
        else on.delete(alert);
        this.#set(alerts, { on });
      })}
      ${
        alert === 'zone-dwell'
          ? amountField(texts.seconds, alerts.seconds, WATCH_LIMITS.seconds, (seconds) => {
              this.#set(alerts, { seconds });
            })
          : nothing
      }
      ${
        alert === 'zone-count'
          ? amountField(texts.objects, alerts.count, WATCH_LIMITS.count, (count) => {
              this.#set(alerts, { count });
            })
          : nothing
      }
    </div>`;
  }

  #how(alerts: Alerts): TemplateResult {
    return html`<fieldset>
      <legend>${texts.how}</legend>
      ${RULE_ACTIONS.map((action) =>
        checkField(texts.action(action), alerts.actions.includes(action), (isOn) => {
          const others = alerts.actions.filter((other) => other !== action);
          this.#set(alerts, { actions: isOn ? [...others, action] : others });
        }),
      )}
      ${alerts.actions.includes('webhook') ? this.#webhook(alerts) : nothing}
    </fieldset>`;
  }

  #webhook(alerts: Alerts): TemplateResult {
    const { webhooks } = this.view;
    const target = webhooks.target(alerts.webhook);
    const { waiting, lost, last, problem } = webhooks.state;
    return html`<div class="webhook">
      <label class="field">
        <span>${texts.webhookAddress}</span>
        <input
          type="text"
          inputmode="url"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          placeholder="/hook"
          maxlength=${WEBHOOK_LIMITS.addressCharacters}
          aria-describedby="webhook-state"
          .value=${alerts.webhook}
          @change=${(event: Event) => {
            this.#set(alerts, { webhook: (event.target as HTMLInputElement).value.trim() });
          }}
        />
      </label>
      <div id="webhook-state" role="status">
        ${
          'problem' in target
            ? html`<p class="problem">
                ${icon('alert')} ${texts.webhookProblem(target.problem, target.origin)}
              </p>`
            : html`<p>${texts.webhookSends(target.url)}</p>`
        }
        ${last === undefined ? nothing : html`<p>${texts.webhookLast(last, this.view.locale)}</p>`}
        ${waiting === 0 ? nothing : html`<p>${texts.webhooksWaiting(waiting)}</p>`}
        ${lost === 0 ? nothing : html`<p>${texts.webhooksLost(lost)}</p>`}
        ${
          problem === undefined
            ? nothing
            : html`<p class="problem">
                ${icon('alert')} ${errorMessage(problem.code, devicePlatform()).text}
              </p>`
        }
      </div>
      <div class="chips">
        <button
          ?disabled=${'problem' in target}
          @click=${() => {
            this.#do({ kind: 'try-webhook', address: alerts.webhook });
          }}
        >
          ${texts.tryWebhook}
        </button>
        ${
          waiting === 0
            ? nothing
            : html`<button
                @click=${() => {
                  this.#do({ kind: 'forget-webhooks' });
                }}
              >
                ${texts.forgetWebhooks}
              </button>`
        }
      </div>
    </div>`;
  }

  #when(alerts: Alerts): TemplateResult {
    const { hours } = alerts;
    return html`<fieldset>
      <legend>${texts.when}</legend>
      ${amountField(
        texts.cooldown,
        alerts.cooldown,
        WATCH_LIMITS.seconds,
        (cooldown) => {
          this.#set(alerts, { cooldown });
        },
        0,
      )}
      ${checkField(texts.hours, hours !== undefined, (isOn) => {
        const night = { from: 22 * 60, to: 6 * 60, days: [] };
        this.#set(alerts, { hours: isOn ? night : undefined });
      })}
      ${hours === undefined ? nothing : this.#hours(alerts, hours)}
    </fieldset>`;
  }

  #hours(alerts: Alerts, hours: Hours): TemplateResult {
    const { locale } = this.view;
    const set = (changes: Partial<Hours>): void => {
      this.#set(alerts, { hours: { ...hours, ...changes } });
    };
    const isOn = (day: number): boolean => hours.days.length === 0 || hours.days.includes(day);
    return html`<div class="hours">
        ${hourField(texts.from, hours.from, (from) => {
          set({ from });
        })}
        ${hourField(texts.to, hours.to, (to) => {
          set({ to });
        })}
      </div>
      <div class="chips days" role="group" aria-label=${texts.days}>
        ${WEEK.map((day) =>
          chip(texts.day(day, locale), isOn(day), () => {
            const days = WEEK.filter((other) => isOn(other) !== (other === day));
            // None at all would be a rule that never fires: that has a switch of its own.
            if (days.length > 0) set({ days: days.length === WEEK.length ? [] : days });
          }),
        )}
      </div>
      <p>${texts.hoursExplained(hours)}</p>`;
  }

  #set(alerts: Alerts, changes: Partial<Alerts>): void {
    this.#do({ kind: 'alerts', alerts: { ...alerts, ...changes } });
  }

  #do(command: WatchCommand): void {
    this.dispatchEvent(new WatchCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-alerts': SightlineAlerts;
  }
}
