import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { FIND_TEXTS as texts } from '../../i18n/find-messages.js';
import type { FindingState, FoundLabel } from '../../session/new-class/types.js';
import { icon } from '../elements/icons.js';
import { TeachCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { findCardStyles } from '../styles/find-card.js';
import { reportView } from './find-report-parts.js';
import './sightline-find-preview.js';
import type { LoadPicture } from './sightline-find-preview.js';
import type { FindOrder } from './find-orders.js';

/** Boxes from which on a person is not asked for more. */
const ENOUGH = 8;
/** Ends of the slider: beyond them everything is told, or nothing. */
const LOOSEST = 0.2;
const STRICTEST = 0.98;

/**
 * Has one label found by itself: learns it, tells how far that is, and switches it
 * on and off.
 *
 * @fires {TeachCommandEvent} teach-command - `finder`.
 */
@customElement('sightline-find-card')
export class SightlineFindCard extends LitElement {
  static override styles = [controls, findCardStyles];

  @property() accessor label = '';
  /** Drawn and recorded boxes of the label. */
  @property({ type: Number }) accessor boxes = 0;
  /** Only what gets on: on a page that is about other things too. */
  @property({ type: Boolean, reflect: true }) accessor brief = false;
  @property({ attribute: false }) accessor found: FoundLabel | undefined;
  @property({ attribute: false }) accessor load: LoadPicture | undefined;
  @property({ attribute: false }) accessor finding: FindingState = { phase: 'idle' };

  /** Where the slider is while it is held: what it would mean is told at once. */
  @state() private accessor draft: number | undefined;

  override render(): TemplateResult {
    const { found, finding } = this;
    const isBusy = finding.phase === 'looking' || finding.phase === 'training';
    return html`<section aria-labelledby="title">
      <h3 id="title">${this.brief ? texts.titleOf(this.label) : texts.title}</h3>
      ${this.brief ? nothing : found === undefined ? html`<p>${texts.intro}</p>` : this.#live(found)}
      ${isBusy ? this.#busy(finding) : this.#rest()}
    </section>`;
  }

  #live({ id, isOn, threshold, learntThreshold, report }: FoundLabel): TemplateResult {
    const shown = this.draft ?? threshold;
    return html`${report === undefined ? nothing : reportView(report, shown)}
      <label class="switch">
        <span>${texts.live}</span>
        <input
          type="checkbox"
          .checked=${isOn}
          @change=${(event: Event) => {
            const { checked } = event.currentTarget as HTMLInputElement;
            this.#do({ do: 'set-on', id, isOn: checked });
          }}
        />
      </label>
      <label class="strictness">
        <span>${texts.strictness}</span>
        <input
          type="range"
          min=${LOOSEST}
          max=${STRICTEST}
          step="0.01"
          .value=${String(shown)}
          aria-valuetext=${texts.progress(shown)}
          @input=${(event: Event) => {
            this.draft = (event.currentTarget as HTMLInputElement).valueAsNumber;
          }}
          @change=${(event: Event) => {
            const { valueAsNumber } = event.currentTarget as HTMLInputElement;
            this.draft = undefined;
            this.#do({ do: 'set-threshold', id, threshold: valueAsNumber });
          }}
        />
        <span class="ends"><small>${texts.looser}</small><small>${texts.stricter}</small></span>
      </label>
      ${
        threshold === learntThreshold
          ? nothing
          : html`<button
              class="plain standard"
              @click=${() => {
                this.#do({ do: 'set-threshold', id, threshold: learntThreshold });
              }}
            >
              ${texts.standard}
            </button>`
      }`;
  }

  #busy(
    finding: Extract<FindingState, { readonly phase: 'looking' | 'training' }>,
  ): TemplateResult {
    if (finding.label !== this.label) return html`<p>${texts.other(finding.label)}</p>`;
    const isLooking = finding.phase === 'looking';
    const share = isLooking ? finding.done / Math.max(1, finding.of) : finding.fraction;
    return html`<div class="progress">
        <label>
          <span>${isLooking ? texts.looking : texts.learning}</span>
          <progress max="1" .value=${share}></progress>
        </label>
        <span class="number">${texts.progress(share)}</span>
        <button
          @click=${() => {
            this.#do({ do: 'cancel' });
          }}
        >
          ${texts.stop}
        </button>
      </div>
      ${
        finding.phase === 'training'
          ? html`<sightline-find-preview
              .preview=${finding.preview}
              .load=${this.load}
            ></sightline-find-preview>`
          : nothing
      }`;
  }

  /** What has happened, and what can be done. */
  #rest(): TemplateResult {
    const { found, finding } = this;
    const isOwn = 'label' in finding && finding.label === this.label;
    return html`<p role="status" class="muted">
        ${isOwn && finding.phase === 'interrupted' ? texts.interrupted : nothing}
        ${isOwn && finding.phase === 'done' ? this.#outcome(finding) : nothing}
        ${found?.isOutdated === true ? texts.outdated : nothing}
        ${found === undefined ? texts.boxes(this.boxes) : nothing}
        ${found === undefined && this.boxes < ENOUGH ? texts.few : nothing}
      </p>
      <div class="actions">
        <button
          class=${found === undefined || found.isOutdated ? 'primary' : ''}
          ?disabled=${this.boxes === 0}
          @click=${() => {
            this.#do({ do: 'learn', label: this.label });
          }}
        >
          ${icon('teach')} ${found === undefined ? texts.learn : texts.again}
        </button>
        ${
          found === undefined || this.brief
            ? nothing
            : html`<button
                class="danger"
                @click=${() => {
                  this.#do({ do: 'remove', id: found.id });
                }}
              >
                ${icon('trash')} ${texts.forget}
              </button>`
        }
      </div>`;
  }

  #outcome({
    end,
    milliseconds,
    contradictions,
    unusableBoxes,
    unusedPictures,
  }: Extract<FindingState, { readonly phase: 'done' }>): string {
    const how = end === 'cancelled' ? texts.cancelled : texts.done(milliseconds);
    return [
      how,
      ...(contradictions > 0 ? [texts.contradictions(contradictions)] : []),
      ...(unusableBoxes > 0 ? [texts.unusable(unusableBoxes)] : []),
      ...(unusedPictures > 0 ? [texts.unused(unusedPictures)] : []),
    ].join(' ');
  }

  #do(order: FindOrder): void {
    this.dispatchEvent(new TeachCommandEvent({ kind: 'finder', order }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-find-card': SightlineFindCard;
  }
}
