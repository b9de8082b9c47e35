import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { OfflineVerdict } from '../../domain/offline-verdict.js';
import { formatPercent } from '../../i18n/format.js';
import { t } from '../../i18n/messages.js';
import type { Command } from '../commands.js';
import type { DeviceView } from '../controllers/device-controller.js';
import { devicePlatform } from '../device-platform.js';
import { icon } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { CommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { appSheetStyles } from '../styles/app-sheet.js';

/**
 * The app on this device: whether it works without a network, how to install
 * it, what it stores, and what happens to a person's data.
 *
 * @fires {CommandEvent} app-command - `install`, `check-offline`, `cancel-check` or `clear-data`.
 */
@customElement('sightline-app-sheet')
export class SightlineAppSheet extends LitElement {
  static override styles = [controls, appSheetStyles];

  @property({ type: Boolean }) accessor open = false;
  @property({ attribute: false }) accessor view: DeviceView | undefined;
  /** Whether the person was asked if really everything is to go. */
  @state() private accessor isClearing = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open')) this.isClearing = false;
  }

  override render(): TemplateResult {
    const { view } = this;
    return html`
      <sightline-sheet modal ?open=${this.open} heading=${t('app-sheet.title')}>
        ${
          view === undefined || !this.open
            ? nothing
            : html`${this.#offline(view)} ${this.#install(view)} ${this.#storage(view)}
                <p class="foot">
                  <a href="privacy.html" target="_blank" rel="noopener">${t('privacy.link')}</a>
                  ${
                    view.offline.release === undefined
                      ? nothing
                      : html`<span>${t('release.version', view.offline.release)}</span>`
                  }
                </p>`
        }
      </sightline-sheet>
    `;
  }

  #offline(view: DeviceView): TemplateResult {
    const { progress, verdict } = view;
    return html`<section>
      <h3>${t('offline.title')}</h3>
      <p>${offlineText(view)}</p>
      <div aria-live="polite">${verdict === undefined ? nothing : verdictCard(verdict)}</div>
      ${
        progress === undefined
          ? html`<button
              class="primary"
              ?disabled=${view.offline.phase === 'unsupported'}
              @click=${this.#on({ kind: 'check-offline' })}
            >
              ${t('offline.check')}
            </button>`
          : html`<div class="progress">
              <label>
                <span>${t(`offline.step.${progress.step}`)}</span>
                <progress max="1" .value=${progress.fraction}></progress>
              </label>
              <span class="number">${formatPercent(progress.fraction)}</span>
              <button @click=${this.#on({ kind: 'cancel-check' })}>${t('action.cancel')}</button>
            </div>`
      }
    </section>`;
  }

  #install({ install }: DeviceView): TemplateResult {
    return html`<section>
      <h3>${t('install.title')}</h3>
      ${
        install === 'installed'
          ? html`<p>${t('install.installed')}</p>`
          : html`<p>${t('install.text')}</p>
              ${
                install === 'offered'
                  ? html`<button @click=${this.#on({ kind: 'install' })}>
                      ${icon('app')} ${t('install.button')}
                    </button>`
                  : html`<p>${t(`install.by-hand.${devicePlatform()}`)}</p>`
              }`
      }
    </section>`;
  }

  #storage({ storage }: DeviceView): TemplateResult {
    const bytes = (value: number | undefined): string =>
      value === undefined ? t('storage.unknown') : t('storage.bytes', value);
    return html`<section>
      <h3>${t('storage.title')}</h3>
      ${
        storage === undefined
          ? nothing
          : html`<dl>
              <dt>${t('storage.used')}</dt>
              <dd class="number">${bytes(storage.used)}</dd>
              <dt>${t('storage.free')}</dt>
              <dd class="number">${bytes(storage.free)}</dd>
              <dt>${t('storage.kept')}</dt>
              <dd>${storage.persisted ? t('details.yes') : t('details.no')}</dd>
            </dl>`
      }
      ${
        this.isClearing
          ? html`<p role="alert">${t('storage.clear-warning')}</p>
              <div class="choice">
                <button class="danger" @click=${this.#on({ kind: 'clear-data' })}>
                  ${t('storage.clear-yes')}
                </button>
                <button
                  @click=${() => {
                    this.isClearing = false;
                  }}
                >
                  ${t('action.cancel')}
                </button>
              </div>`
          : html`<button
              @click=${() => {
                this.isClearing = true;
              }}
            >
              ${t('storage.clear')}
            </button>`
      }
    </section>`;
  }

  #on(command: Command): () => void {
    return () => this.dispatchEvent(new CommandEvent(command));
  }
}

function offlineText({ offline }: DeviceView): string {
  const { phase, problem, largeFiles } = offline;
  const space = problem === 'quota' ? ` ${t('offline.no-space')}` : '';
  switch (phase) {
    case 'unsupported':
    case 'starting':
      return t(`offline.${phase}`);
    case 'failed':
      return t('offline.failed') + space;
    case 'on':
      return largeFiles === undefined
        ? t('offline.on-unknown') + space
        : t('offline.on', largeFiles.stored, largeFiles.all) + space;
  }
}

function verdictCard(verdict: OfflineVerdict): TemplateResult {
  if (!verdict.isReady) {
    return html`<div class="verdict bad">
      <h4>${icon('alert')} ${t('offline.not-ready')}</h4>
      <p>${t('offline.shortcoming', verdict.reason)}</p>
    </div>`;
  }
  const { files, repaired, found, backend, persisted } = verdict;
  return html`<div class="verdict good">
    <h4>${icon('check')} ${t('offline.ready')}</h4>
    <p>${t('offline.ready-text', files, repaired, found, t('backend.name', backend))}</p>
    <p>${t(persisted ? 'offline.persisted' : 'offline.not-persisted')}</p>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-app-sheet': SightlineAppSheet;
  }
}
