import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { t } from '../../i18n/messages.js';
import { icon } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { CommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { rows } from '../styles/rows.js';

/** Keys and what they do, as the help lists them. */
const KEYS = [
  [t('help.key.space'), t('help.key.pause')],
  ['F', t('help.key.fullscreen')],
  ['M', t('help.key.mirror')],
  ['C', t('help.key.camera')],
  ['S', t('help.key.snapshot')],
  ['D', t('help.key.details')],
  ['T', t('help.key.teach')],
  ['W', t('help.key.watch')],
  ['?', t('help.key.help')],
  [t('help.key.escape'), t('help.key.close')],
] as const;

/**
 * What this is, what to try when it misses things, and the keys.
 *
 * @fires {CommandEvent} app-command - `set-shortcuts` or `toggle-panel`.
 */
@customElement('sightline-help')
export class SightlineHelp extends LitElement {
  static override styles = [
    controls,
    rows,
    css`
      h3 {
        margin-block: 1.25rem 6px;
        font-size: 1rem;
      }

      .tips {
        margin: 0;
        padding-inline-start: 1.2em;
      }

      .tips li {
        padding-block: 3px;
      }

      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 8px 1rem;
        align-items: center;
        margin: 0;
      }

      dd {
        margin: 0;
      }

      .switch {
        display: flex;
        align-items: center;
        gap: 12px;
        min-block-size: var(--target);
        margin-block-start: 8px;
        cursor: pointer;
      }

      .switch input {
        inline-size: 1.375rem;
        block-size: 1.375rem;
        margin: 0;
        accent-color: var(--accent);
      }

      .device {
        margin-block-start: 12px;
      }

      .privacy {
        margin-block-start: 1rem;
        color: var(--muted);
        font-size: 0.875rem;
      }
    `,
  ];

  @property({ type: Boolean }) accessor open = false;
  /** Whether single keys work as shortcuts; WCAG asks that they can be switched off. */
  @property({ type: Boolean }) accessor shortcuts = true;

  override render(): TemplateResult {
    return html`
      <sightline-sheet modal ?open=${this.open} heading=${t('help.title')}>
        <p>${t('help.what')}</p>
        <h3>${t('help.teach')}</h3>
        <p>${t('help.teach-text')}</p>
        <h3>${t('help.watch')}</h3>
        <p>${t('help.watch-text')}</p>
        <h3>${t('help.tips')}</h3>
        <ul class="tips">
          <li>${t('help.tip-light')}</li>
          <li>${t('help.tip-detail')}</li>
          <li>${t('help.tip-score')}</li>
          <li>${t('help.tip-labels')}</li>
          <li>${t('help.tip-speed')}</li>
        </ul>
        <h3>${t('help.keys')}</h3>
        <dl>
          ${KEYS.map(
            ([key, text]) =>
              html`<dt><kbd>${key}</kbd></dt>
                <dd>${text}</dd>`,
          )}
        </dl>
        <label class="switch">
          <input
            type="checkbox"
            .checked=${live(this.shortcuts)}
            @change=${(event: Event) => {
              const enabled = (event.target as HTMLInputElement).checked;
              this.dispatchEvent(new CommandEvent({ kind: 'set-shortcuts', enabled }));
            }}
          />
          ${t('help.shortcuts')}
        </label>
        <button
          class="device"
          @click=${() => {
            const command = { kind: 'toggle-panel', panel: 'app' } as const;
            this.dispatchEvent(new CommandEvent(command));
          }}
        >
          ${icon('app')} ${t('app-sheet.open')}
        </button>
        <p class="privacy">${t('app.privacy')}</p>
      </sightline-sheet>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-help': SightlineHelp;
  }
}
