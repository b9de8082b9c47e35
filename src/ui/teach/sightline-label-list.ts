import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatNumber } from '../../i18n/format.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { TaughtLabel } from '../../session/teach/types.js';
import { icon, labelDot, type IconName } from '../elements/icons.js';
import { TeachCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { labelListStyles } from '../styles/label-list.js';
import './sightline-thumbnail.js';
import type { LoadThumbnail } from './sightline-thumbnail.js';
import type { TeachCommand } from './teach-commands.js';

/**
 * What has been taught so far, a card for each label, and other ways to teach.
 *
 * @fires {TeachCommandEvent} teach-command - `open-label`, `open-room`, `draw` or `open-sheet`.
 */
@customElement('sightline-label-list')
export class SightlineLabelList extends LitElement {
  static override styles = [controls, labelListStyles];

  @property({ attribute: false }) accessor labels: readonly TaughtLabel[] = [];
  /** Pictures of the room without anything to be found. */
  @property({ type: Number }) accessor background = 0;
  /** Labels that need more examples. */
  @property({ attribute: false }) accessor lacking: ReadonlySet<string> = new Set();
  /** Without a picture nothing can be drawn on or recorded. */
  @property({ type: Boolean }) accessor blind = false;
  @property({ attribute: false }) accessor load: LoadThumbnail | undefined;

  override render(): TemplateResult {
    return html`<ul aria-label=${texts.labels}>
      ${repeat(
        this.labels,
        ({ name }) => name,
        (label) => this.#card(label),
      )}
      ${this.blind ? nothing : this.#way('draw', texts.drawBox, { kind: 'draw' })}
      ${this.#way('photo', texts.pictures, { kind: 'open-sheet', sheet: 'pictures' })}
      ${
        this.blind ? nothing : this.#way('room', texts.room, { kind: 'open-room' }, this.background)
      }
    </ul>`;
  }

  #card(label: TaughtLabel): TemplateResult {
    const { name, examples, negatives, cover } = label;
    return html`<li>
      <button
        class="card ${this.lacking.has(name) ? 'lacking' : ''}"
        aria-label=${texts.label(name, examples)}
        @click=${() => {
          this.#do({ kind: 'open-label', label: name });
        }}
      >
        <span class="cover">
          <sightline-thumbnail .sample=${cover} .load=${this.load}></sightline-thumbnail>
          ${labelDot(name)}
          <b class="count number">${formatNumber(examples)}</b>
        </span>
        <span class="name"><span>${name}</span></span>
        ${negatives > 0 ? html`<small>${texts.negativesOf(negatives)}</small>` : nothing}
      </button>
    </li>`;
  }

  #way(name: IconName, text: string, command: TeachCommand, count = 0): TemplateResult {
    return html`<li>
      <button
        class="card way"
        @click=${() => {
          this.#do(command);
        }}
      >
        <span class="cover">
          <span class="sign">${icon(name)}</span>
          ${count > 0 ? html`<b class="count number">${formatNumber(count)}</b>` : nothing}
        </span>
        <span class="name"><span>${text}</span></span>
      </button>
    </li>`;
  }

  #do(command: TeachCommand): void {
    this.dispatchEvent(new TeachCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-label-list': SightlineLabelList;
  }
}
