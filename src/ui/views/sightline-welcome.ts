import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../../i18n/messages.js';
import type { LoadProgress, SourceRequest } from '../../session/types.js';
import type { Command } from '../commands.js';
import { icon, mark } from '../elements/icons.js';
import { CommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { welcomeStyles } from '../styles/welcome.js';
import './sightline-loading-card.js';
import { welcomePicture } from './welcome-picture.js';

/**
 * The first screen, for a person who has not chosen anything yet: what this
 * is, and the ways to begin. The camera is asked for only after a tap.
 *
 * @fires {CommandEvent} app-command - `open`, `pick-file`, `set-view` or `toggle-panel`.
 */
@customElement('sightline-welcome')
export class SightlineWelcome extends LitElement {
  static override styles = [controls, welcomeStyles];

  /** What is being opened at the moment. */
  @property({ attribute: false }) accessor opening: SourceRequest | undefined;
  /** The engine loads while the person reads. */
  @property({ attribute: false }) accessor progress: LoadProgress | undefined;
  @property({ type: Boolean }) accessor canShareScreen = false;
  /** The address asks for a screen, which browsers share only after a tap. */
  @property({ type: Boolean }) accessor screenFirst = false;
  @property() accessor locale = 'en';

  override render(): TemplateResult {
    return html`
      <div class="welcome">
        <div class="brand">${mark()} ${t('app.name')}</div>
        ${welcomePicture(this.locale)}
        <div class="column">
          <div class="words">
            <h2>${t('welcome.title')}</h2>
            <p>${t('welcome.text')}</p>
          </div>
          <div class="foot">
            ${this.opening === undefined ? this.#ways() : this.#waiting(this.opening)}
            <p class="privacy">
              ${icon('lock')}
              <a href="privacy.html" target="_blank" rel="noopener">${t('welcome.privacy')}</a>
            </p>
            <sightline-loading-card quiet .progress=${this.progress}></sightline-loading-card>
          </div>
        </div>
      </div>
    `;
  }

  #ways(): TemplateResult {
    const screen = html`<button
      class=${this.screenFirst ? 'big primary' : 'plain'}
      @click=${this.#on({ kind: 'open', request: { kind: 'screen' } })}
    >
      ${this.screenFirst ? icon('screen') : nothing}${t('welcome.screen')}
    </button>`;
    return html`<div class="ways">
      ${this.screenFirst ? screen : nothing}
      <button
        class="big ${this.screenFirst ? '' : 'primary'}"
        @click=${this.#on({ kind: 'open', request: { kind: 'camera' } })}
      >
        ${icon('camera')}${t('welcome.camera')}
      </button>
      <button class="big" @click=${this.#on({ kind: 'open', request: { kind: 'demo' } })}>
        ${icon('play')}${t('action.demo')}
      </button>
      <div class="small">
        <button class="plain" @click=${this.#on({ kind: 'pick-file' })}>
          ${t('action.open-file')}
        </button>
        ${this.canShareScreen && !this.screenFirst ? screen : nothing}
        <button class="plain" @click=${this.#on({ kind: 'set-view', view: 'learn' })}>
          ${t('welcome.learn')}
        </button>
        <button class="plain" @click=${this.#on({ kind: 'toggle-panel', panel: 'app' })}>
          ${t('app-sheet.open')}
        </button>
      </div>
    </div>`;
  }

  #waiting(request: SourceRequest): TemplateResult {
    const text =
      request.kind === 'camera'
        ? t('welcome.opening-camera')
        : request.kind === 'screen'
          ? t('welcome.opening-screen')
          : t('welcome.opening');
    return html`<div class="opening">
      <p role="status">${text}</p>
      <button @click=${this.#on({ kind: 'open', request: { kind: 'none' } })}>
        ${t('action.cancel')}
      </button>
    </div>`;
  }

  #on(command: Command): () => void {
    return () => this.dispatchEvent(new CommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-welcome': SightlineWelcome;
  }
}
