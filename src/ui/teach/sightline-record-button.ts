import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatNumber } from '../../i18n/format.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { Recording } from '../../session/teach/types.js';
import { whileConnected } from '../controllers/while-connected.js';
import { TeachCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { recordButtonStyles } from '../styles/record-button.js';
import type { TeachCommand } from './teach-commands.js';

/** A shorter press is a tap, which goes on until the next. */
const TAP_MS = 400;

/**
 * "Hold to record": records while it is held. A tap, a key or a switch, with which
 * nobody can hold and turn a thing at once, starts it, and the next one stops it.
 *
 * @fires {TeachCommandEvent} teach-command - `start`, then `stop-recording`.
 */
@customElement('sightline-record-button')
export class SightlineRecordButton extends LitElement {
  static override styles = [controls, recordButtonStyles];

  /** What begins a recording. */
  @property({ attribute: false }) accessor start: TeachCommand = { kind: 'record' };
  @property({ attribute: false }) accessor recording: Recording | undefined;
  @property({ type: Boolean }) accessor disabled = false;
  /** Why it is disabled. */
  @property() accessor why = '';

  /** Since when a finger or the mouse has been down. */
  #heldSince: number | undefined;
  /** The click that ends a press is no press of its own. */
  #ignoresClick = false;
  #wasTapped = false;

  constructor() {
    super();
    whileConnected(this, () => {
      window.addEventListener('blur', this.#stop);
      return () => {
        window.removeEventListener('blur', this.#stop);
        this.#stop();
      };
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('recording') && this.recording === undefined) this.#wasTapped = false;
  }

  override render(): TemplateResult {
    const { recording } = this;
    const isOn = recording !== undefined;
    return html`
      <button
        class=${isOn ? 'on' : ''}
        aria-pressed=${isOn ? 'true' : 'false'}
        aria-describedby="hint"
        ?disabled=${this.disabled && !isOn}
        @pointerdown=${this.#pressed}
        @pointerup=${this.#released}
        @pointercancel=${this.#cancelled}
        @contextmenu=${prevent}
        @keydown=${this.#keyed}
        @click=${this.#clicked}
      >
        <i></i>
        <span>${isOn ? texts.stop : texts.hold}</span>
        ${isOn ? html`<b class="number">${formatNumber(recording.taken)}</b>` : nothing}
      </button>
      <p id="hint" class=${this.#refusal === '' ? '' : 'refused'}>
        ${this.#refusal || (this.disabled && !isOn ? this.why : texts.holdHint)}
      </p>
    `;
  }

  get #refusal(): string {
    const refused = this.recording?.refused;
    return refused === undefined ? '' : texts.refusals[refused];
  }

  readonly #pressed = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary) return;
    this.#ignoresClick = true;
    if (this.recording !== undefined && this.#wasTapped) {
      this.#stop();
      return;
    }
    // Held, it stays so wherever the finger slips to.
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#heldSince = event.timeStamp;
    this.#wasTapped = false;
    this.dispatchEvent(new TeachCommandEvent(this.start));
  };

  readonly #released = (event: PointerEvent): void => {
    const since = this.#heldSince;
    if (since === undefined) return;
    this.#heldSince = undefined;
    if (event.timeStamp - since < TAP_MS) this.#wasTapped = true;
    else this.#stop();
  };

  readonly #cancelled = (): void => {
    this.#ignoresClick = false;
    if (this.#heldSince !== undefined) this.#stop();
  };

  readonly #keyed = (): void => {
    this.#ignoresClick = false;
  };

  readonly #clicked = (): void => {
    if (this.#ignoresClick) {
      this.#ignoresClick = false;
      return;
    }
    if (this.recording === undefined) {
      this.#wasTapped = true;
      this.dispatchEvent(new TeachCommandEvent(this.start));
    } else this.#stop();
  };

  readonly #stop = (): void => {
    const isIdle = this.#heldSince === undefined && this.recording === undefined;
    this.#heldSince = undefined;
    if (isIdle && !this.#wasTapped) return;
    this.#wasTapped = false;
    this.dispatchEvent(new TeachCommandEvent({ kind: 'stop-recording' }));
  };
}

/** A long press is a recording, and no menu. */
function prevent(event: Event): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-record-button': SightlineRecordButton;
  }
}
