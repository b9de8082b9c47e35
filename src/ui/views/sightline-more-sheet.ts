import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../../i18n/messages.js';
import type { Command } from '../commands.js';
import { icon, type IconName } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { CommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { rows } from '../styles/rows.js';

/**
 * What the bar has no room for on a phone.
 *
 * @fires {CommandEvent} app-command - An entry was chosen.
 */
@customElement('sightline-more-sheet')
export class SightlineMoreSheet extends LitElement {
  static override styles = [controls, rows];

  @property({ type: Boolean }) accessor open = false;
  @property({ type: Boolean }) accessor mirrored = false;
  @property({ type: Boolean }) accessor fullscreen = false;
  @property({ type: Boolean }) accessor canFullscreen = false;

  override render(): TemplateResult {
    return html`
      <sightline-sheet modal ?open=${this.open} heading=${t('toolbar.more')}>
        <div class="rows">
          ${this.#row('mirror', t('toolbar.mirror'), { kind: 'toggle-mirror' }, this.mirrored)}
          ${
            this.canFullscreen
              ? this.#row(
                  'fullscreen',
                  t('toolbar.fullscreen'),
                  { kind: 'toggle-fullscreen' },
                  this.fullscreen,
                )
              : nothing
          }
          ${this.#row('learn', t('toolbar.learn'), { kind: 'set-view', view: 'learn' })}
          ${this.#row('details', t('toolbar.details'), { kind: 'toggle-panel', panel: 'details' })}
          ${this.#row('app', t('app-sheet.open'), { kind: 'toggle-panel', panel: 'app' })}
          ${this.#row('help', t('toolbar.help'), { kind: 'toggle-panel', panel: 'help' })}
        </div>
      </sightline-sheet>
    `;
  }

  #row(name: IconName, text: string, command: Command, pressed?: boolean): TemplateResult {
    return html`<button
      class="row"
      aria-pressed=${pressed ?? nothing}
      @click=${() => this.dispatchEvent(new CommandEvent(command))}
    >
      <span class="badge">${icon(name)}</span>
      <span>${text}</span>
      ${pressed === true ? html`<span class="state">${icon('check')}</span>` : nothing}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-more-sheet': SightlineMoreSheet;
  }
}
