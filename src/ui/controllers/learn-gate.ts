import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { t } from '../../i18n/messages.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
import type { LessonExit } from '../learn/learn-commands.js';
import type { AppServices } from '../services.js';
import type { AppController } from './app-controller.js';
import { reported } from './reported.js';

export interface LearnHost extends ReactiveControllerHost, HTMLElement {
  readonly detector: SightlineDetector;
}

/** Loads the lessons when they are first wanted; nobody watches meanwhile, so the detector rests. */
export class LearnGate implements ReactiveController {
  readonly #host: LearnHost;
  readonly #app: AppController;
  readonly #services: AppServices;
  #phase: 'none' | 'loading' | 'loaded' = 'none';
  #isIn = false;
  /** Whether the detector was running when the lessons began. */
  #wasRunning = false;

  constructor(host: LearnHost, app: AppController, services: AppServices) {
    this.#host = host;
    this.#app = app;
    this.#services = services;
    host.addController(this);
  }

  get isWanted(): boolean {
    const { view, kiosk } = this.#app.settings;
    return view === 'learn' && !kiosk;
  }

  hostUpdated(): void {
    if (this.isWanted && this.#phase === 'none') void this.#load();
    if (this.isWanted === this.#isIn) return;
    this.#isIn = this.isWanted;
    const { detector } = this.#host;
    if (this.#isIn) {
      this.#wasRunning = detector.state.running;
      if (this.#wasRunning) detector.detectStop();
    } else if (this.#wasRunning) reported(detector.detectStart());
    // A lesson that was opened by its link has left the camera alone.
    else if (detector.state.source.phase === 'none') void this.#app.openUsual();
  }

  /** The lessons, over everything else, while the person is in them. */
  content(): TemplateResult | typeof nothing {
    if (!this.isWanted || this.#phase !== 'loaded') return nothing;
    return html`<sightline-learn
      .store=${this.#services.store}
      .teach=${this.#host.detector.teach}
      @learn-command=${({ command }: HTMLElementEventMap['learn-command']) => {
        if (command.kind === 'leave') this.#leave(command.to);
      }}
    ></sightline-learn>`;
  }

  /**
   * Takes files that are dropped during a lesson.
   *
   * @returns Whether there is a lesson.
   */
  take(transfer: DataTransfer | null): boolean {
    if (!this.isWanted) return false;
    const file = transfer?.files[0];
    if (file !== undefined) this.#lessons?.take(file);
    return true;
  }

  get #lessons(): HTMLElementTagNameMap['sightline-learn'] | null | undefined {
    return this.#host.shadowRoot?.querySelector('sightline-learn');
  }

  /** @returns Whether there was a lesson to leave. */
  escape(): boolean {
    if (!this.isWanted) return false;
    if (this.#lessons?.escape() !== true) this.#leave('live');
    return true;
  }

  #leave(view: LessonExit): void {
    this.#app.execute({ kind: 'set-view', view });
  }

  async #load(): Promise<void> {
    this.#phase = 'loading';
    try {
      await import('../learn/sightline-learn.js');
      this.#phase = 'loaded';
    } catch {
      // A part of the page could not be fetched; the button can be pressed again.
      this.#phase = 'none';
      this.#app.toasts.tell(t('toast.learn-failed'));
      this.#leave('live');
    } finally {
      this.#host.requestUpdate();
    }
  }
}
