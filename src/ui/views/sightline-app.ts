import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { t } from '../../i18n/messages.js';
import type { SessionState, SessionStats, SourceInfo } from '../../session/types.js';
import type { Command } from '../commands.js';
import { AppController } from '../controllers/app-controller.js';
import { DeviceController, isDeviceCommand } from '../controllers/device-controller.js';
import { FileDrop } from '../controllers/file-drop.js';
import { LearnGate } from '../controllers/learn-gate.js';
import { LongPress } from '../controllers/long-press.js';
import { PrivacyController } from '../controllers/privacy-controller.js';
import { SeenController } from '../controllers/seen-controller.js';
import { IDLE_STATE, NO_STATS } from '../controllers/idle-session.js';
import { Shortcuts } from '../controllers/shortcuts.js';
import { TeachGate } from '../controllers/teach-gate.js';
import { WatchGate } from '../controllers/watch-gate.js';
import { devicePlatform } from '../device-platform.js';
import { icon, mark } from '../elements/icons.js';
import { resolveMirror } from '../elements/layout.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
import type { CommandEvent, DetectionsEvent, StatsChangeEvent } from '../events.js';
import type { AppServices } from '../services.js';
import { isSavingData } from '../saving-data.js';
import { appStyles } from '../styles/app.js';
import { card } from '../styles/card.js';
import { controls } from '../styles/controls.js';
import { stageStyles } from '../styles/stage.js';
import { tokens } from '../styles/tokens.js';
import { sheets } from './sheets.js';
import './sightline-score.js';
import './sightline-toasts.js';
import './sightline-toolbar.js';
import { overPicture, placeholder, type StageView } from './stage-content.js';

/** The catalogue is English, so the names on the picture are, too. */
const LOCALE = 'en';

/**
 * The whole page: a `<sightline-detector>` and everything a person needs
 * around it. Uses nothing but the element's public face.
 */
export class SightlineApp extends LitElement {
  static override styles = [tokens, controls, card, stageStyles, appStyles];

  /** Set by the composition root before the first app is made. */
  static services: AppServices | undefined;

  @query('sightline-detector') accessor detector!: SightlineDetector;
  @query('input[type=file]') private accessor fileInput!: HTMLInputElement;

  @state() private accessor session: SessionState = IDLE_STATE;
  @state() private accessor stats: SessionStats = NO_STATS;
  /** The source on show; it stays while another is being opened. */
  @state() private accessor source: SourceInfo | undefined;

  readonly #app: AppController;
  readonly #device: DeviceController;
  readonly #teach: TeachGate;
  readonly #learn: LearnGate;
  readonly #watch: WatchGate;
  readonly #privacy: PrivacyController;
  readonly #drop: FileDrop;
  readonly #seen = new SeenController(this);
  readonly #handheld = devicePlatform() !== 'desktop';
  readonly #canShareScreen =
    'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;
  /** Where data is to be saved, nothing is loaded before it is used. */
  readonly #preload = isSavingData() ? 'none' : 'auto';

  constructor() {
    super();
    const { services } = SightlineApp;
    if (services === undefined) throw new Error('SightlineApp.services is not set');
    const app = new AppController(this, services);
    this.#app = app;
    this.#device = new DeviceController(this, app, services);
    this.#teach = new TeachGate(this, app, services);
    this.#learn = new LearnGate(this, app, services);
    this.#privacy = new PrivacyController(this, services.store);
    this.#watch = new WatchGate(this, { app, services, privacy: this.#privacy, locale: LOCALE });
    this.#drop = new FileDrop(this, {
      services,
      opened: (file) => {
        this.#execute({ kind: 'open', request: { kind: 'file', file } });
      },
      took: (transfer) => {
        if (this.#learn.take(transfer)) return true;
        void this.#teach.mode?.take(transfer);
        return this.#teach.mode !== undefined;
      },
      refused: () => {
        app.toasts.remark(t('toast.unsupported-drop'));
      },
    });
    new Shortcuts(this, {
      isEnabled: () => app.shortcuts && !this.#learn.isWanted,
      execute: (command) => {
        this.#execute(command);
      },
      escape: () => {
        if (this.#learn.escape()) return;
        if (app.panel !== undefined || !this.#escapeMode()) app.escape();
      },
    });
    new LongPress(this, () => {
      if (app.settings.kiosk) this.#execute({ kind: 'leave-kiosk' });
    });
    this.addEventListener('app-command', (event: CommandEvent) => {
      this.#execute(event.command);
    });
    this.addEventListener('sheet-close', () => {
      this.#execute({ kind: 'close-panel' });
    });
  }

  /** Opens the browser's file dialog. */
  pickFile(): void {
    this.fileInput.click();
  }

  override willUpdate(): void {
    this.toggleAttribute('kiosk', this.#app.settings.kiosk);
    this.toggleAttribute('empty', this.source === undefined);
    this.toggleAttribute('panel', this.#teach.isWanted || this.#watch.isWanted);
    this.toggleAttribute('learn', this.#learn.isWanted);
  }

  override firstUpdated(): void {
    void this.updateComplete.then(() => this.#app.begin());
  }

  override render(): TemplateResult {
    const { settings } = this.#app;
    const view = this.#stageView();
    return html`
      <main ?inert=${this.#learn.isWanted}>
        <h1 class="visually-hidden">${t('app.name')}</h1>
        <sightline-detector
          .backend=${settings.backend}
          .runtime=${settings.runtime}
          .detail=${settings.detail}
          .model=${settings.model}
          .fit=${settings.fit}
          .mirror=${settings.mirror}
          .preload=${this.#learn.isWanted ? 'none' : this.#preload}
          .scoreThreshold=${settings.score}
          .categoryAllowlist=${settings.classes}
          .displayNamesLocale=${LOCALE}
          @detections=${this.#detected}
          @state-change=${this.#stateChanged}
          @stats-change=${this.#statsChanged}
          @privacy-change=${this.#pictureChanged}
        >
          ${
            this.source === undefined
              ? html`<div slot="placeholder" class="place">${placeholder(view)}</div>`
              : overPicture(view)
          }
        </sightline-detector>
      </main>
      ${this.#learn.content()}
      ${this.source === undefined || this.#learn.isWanted ? nothing : this.#controls()}
      ${this.#modePanel()}
      ${sheets({
        app: this.#app,
        device: this.#device.view,
        settings,
        source: this.source,
        info: this.session.engine.phase === 'ready' ? this.session.engine.info : undefined,
        stats: this.stats,
        seen: this.#seen.seen,
        mirrored: this.#mirrored,
        handheld: this.#handheld,
        canShareScreen: this.#canShareScreen,
        canFullscreen: document.fullscreenEnabled,
        locale: LOCALE,
      })}
      ${this.#teach.mode?.sheets(LOCALE) ?? nothing}
      <sightline-toasts .toasts=${this.#app.toasts.list}></sightline-toasts>
      <input
        type="file"
        accept="image/*,video/*"
        hidden
        aria-label=${t('action.open-file')}
        @change=${this.#picked}
      />
      ${
        this.#drop.hovering
          ? html`<div class="drop">${icon('photo')}<span>${t('app.drop')}</span></div>`
          : nothing
      }
    `;
  }

  #controls(): TemplateResult {
    const { settings, panel, busy, isFullscreen } = this.#app;
    return html`
      <div class="brand">${mark()} ${t('app.name')}</div>
      <sightline-score .score=${settings.score}></sightline-score>
      <sightline-toolbar
        .running=${this.session.running}
        .mirrored=${this.#mirrored}
        .fullscreen=${isFullscreen}
        .canFullscreen=${document.fullscreenEnabled}
        .busy=${busy}
        .chosen=${settings.classes.length}
        .teaching=${this.#teach.isWanted}
        .watching=${this.#watch.isWanted}
        .panel=${panel}
      ></sightline-toolbar>
    `;
  }

  #stageView(): StageView {
    const { settings, cameras } = this.#app;
    return {
      state: this.session,
      stats: this.stats,
      source: this.source,
      seen: this.#seen.seen,
      nothingSeen: this.#seen.idle,
      layer: this.#teach.mode?.layer(LOCALE),
      zones: this.#teach.isWanted ? undefined : this.#watch.mode?.layer(this.#watch.isWanted),
      isWatching: this.#watch.isWanted,
      privacy: this.source && this.#privacy.badge(LOCALE),
      chosen: settings.classes.length,
      canFlip: this.source?.kind === 'camera' && cameras.length > 1,
      canShareScreen: this.#canShareScreen,
      screenFirst: settings.source === 'screen',
      locale: LOCALE,
      execute: (command) => {
        this.#execute(command);
      },
    };
  }

  /** What takes the place of the bar, in a mode that has a panel. */
  #modePanel(): TemplateResult | typeof nothing {
    const watch = this.#watch.isWanted ? this.#watch.mode?.panel() : undefined;
    return this.#teach.mode?.panel(LOCALE) ?? watch ?? nothing;
  }

  /** @returns Whether the mode that the person is in had something to close. */
  #escapeMode(): boolean {
    const mode = this.#watch.isWanted ? this.#watch.mode : this.#teach.mode;
    return mode?.escape() ?? false;
  }

  get #mirrored(): boolean {
    return resolveMirror(this.#app.settings.mirror, this.source);
  }

  #execute(command: Command): void {
    if (isDeviceCommand(command)) this.#device.execute(command);
    else this.#app.execute(command);
    if (command.kind === 'toggle-panel' && command.panel === 'app') void this.#device.refresh();
  }

  readonly #detected = (event: DetectionsEvent): void => {
    if (event.detections.length > 0) this.#device.seen();
    this.#seen.add(event.detections, this.source?.kind === 'photo');
  };

  readonly #pictureChanged = (): void => {
    this.requestUpdate();
  };

  readonly #stateChanged = (): void => {
    // First of all: nothing of a source may be shown that is to be altered.
    this.#privacy.follow();
    const { sourceInfo, state } = this.detector;
    const isBlind = state.engine.phase !== 'ready';
    if (isBlind || sourceInfo?.element !== this.source?.element) this.#seen.reset();
    this.source = sourceInfo;
    this.session = state;
    this.#app.stateChanged(state);
    if (!isBlind) this.#device.engineReady();
  };

  readonly #statsChanged = (event: StatsChangeEvent): void => {
    this.stats = event.stats;
  };

  readonly #picked = (): void => {
    const file = this.fileInput.files?.[0];
    // Emptied, so that the same file can be chosen again.
    this.fileInput.value = '';
    if (file !== undefined) this.#execute({ kind: 'open', request: { kind: 'file', file } });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-app': SightlineApp;
  }
}
