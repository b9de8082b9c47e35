import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ANCHORS, type Anchor } from '../../domain/watch/anchor.js';
import { WATCH_LIMITS } from '../../domain/watch/config.js';
import { labelName } from '../../i18n/label-names.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import { icon } from '../elements/icons.js';
import { WatchCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { placePageStyles } from '../styles/place-page.js';
import { amountField, chip } from './fields.js';
import './sightline-alerts.js';
import type { PlaceChanges, WatchCommand } from './watch-commands.js';
import type { EditedPlace, WatchView } from './watch-view.js';

/** What is offered before anything has been seen. */
const COMMON = ['person', 'car', 'bicycle', 'dog', 'cat'];
/** Chips in a row are for a few labels; all others are in the list beside them. */
const MOST_CHIPS = 7;

/**
 * One zone or line: what it is called, what counts, and when to tell.
 *
 * @fires {WatchCommandEvent} watch-command - `change` or `swap`.
 */
@customElement('sightline-place-page')
export class SightlinePlacePage extends LitElement {
  static override styles = [controls, placePageStyles];

  @property({ attribute: false }) accessor view!: WatchView;

  override render(): TemplateResult | typeof nothing {
    const { edited, problem } = this.view;
    if (edited === undefined) return nothing;
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
      ${this.#labels(edited)}
      <sightline-alerts .view=${this.view}></sightline-alerts>
      ${this.#more(edited)}
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
        ${chip(texts.everything, place.objects.length === 0, () => {
          this.#change({ objects: [] });
        })}
        ${chips.map((label) => {
          const isOn = place.objects.includes(label);
          return chip(labelName(label, locale), isOn, () => {
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
          ? amountField(texts.inertia, place.inertia, WATCH_LIMITS.frames, (inertia) => {
              this.#change({ inertia });
            })
          : amountField(
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
