import type { ReactiveController } from 'lit';
import { t } from '../../i18n/messages.js';
import type { AppServices } from '../services.js';
import type { TeachMode, TeachModeParts } from '../teach/teach-mode.js';
import type { AppController } from './app-controller.js';

/** Loads the Teach mode when it is first wanted, and tells it when it is entered and left. */
export class TeachGate implements ReactiveController {
  readonly #host: TeachModeParts['host'];
  readonly #app: AppController;
  readonly #services: AppServices;
  #mode: TeachMode | undefined;
  #isLoading = false;
  #isIn = false;

  constructor(host: TeachModeParts['host'], app: AppController, services: AppServices) {
    this.#host = host;
    this.#app = app;
    this.#services = services;
    host.addController(this);
  }

  /** The mode, while the person is in it. */
  get mode(): TeachMode | undefined {
    return this.isWanted ? this.#mode : undefined;
  }

  get isWanted(): boolean {
    const { view, kiosk } = this.#app.settings;
    return view === 'teach' && !kiosk;
  }

  hostUpdated(): void {
    if (this.isWanted && this.#mode === undefined) {
      if (!this.#isLoading) void this.#load();
      return;
    }
    if (this.isWanted === this.#isIn) return;
    this.#isIn = this.isWanted;
    if (this.#isIn) this.#mode?.enter();
    else {
      this.#mode?.exit();
      // The button that closed it is gone.
      this.#host.shadowRoot?.querySelector('sightline-toolbar')?.focus();
    }
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    try {
      const { TeachMode: Mode } = await import('../teach/teach-mode.js');
      this.#mode = new Mode({
        host: this.#host,
        session: this.#host.detector.teach,
        services: this.#services,
        openFile: (file) => {
          this.#app.execute({ kind: 'open', request: { kind: 'file', file } });
        },
        leave: () => {
          this.#app.execute({ kind: 'set-view', view: 'live' });
        },
      });
    } catch {
      // A part of the page could not be fetched; the button can be pressed again.
      this.#app.toasts.tell(t('toast.teach-failed'));
      this.#app.execute({ kind: 'set-view', view: 'live' });
    } finally {
      this.#isLoading = false;
      this.#host.requestUpdate();
    }
  }
}
