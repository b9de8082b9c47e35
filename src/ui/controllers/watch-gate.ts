import type { ReactiveController } from 'lit';
import { t } from '../../i18n/messages.js';
import { isWatched, sourceKey } from '../../session/watch/watch-memory.js';
import type { AppServices } from '../services.js';
import type { WatchMode, WatchModeParts } from '../watch/watch-mode.js';
import type { AppController } from './app-controller.js';

interface WatchGateParts {
  readonly app: AppController;
  readonly services: AppServices;
  readonly privacy: WatchModeParts['privacy'];
  readonly locale: string;
}

/**
 * Loads the Watch mode when it is first wanted, or when something is kept to be watched for
 * on the source that is open: that goes on outside of the mode, and in a kiosk.
 */
export class WatchGate implements ReactiveController {
  readonly #host: WatchModeParts['host'];
  readonly #parts: WatchGateParts;
  #mode: WatchMode | undefined;
  #isLoading = false;
  /** What is only to go on by itself is not tried over and over. */
  #hasFailed = false;
  #wasWanted = false;

  constructor(host: WatchModeParts['host'], parts: WatchGateParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  /** Once it is loaded, also while the person is not in it. */
  get mode(): WatchMode | undefined {
    return this.#mode;
  }

  /** The person is in it. */
  get isWanted(): boolean {
    const { view, kiosk } = this.#parts.app.settings;
    return (view === 'watch' || view === 'privacy') && !kiosk;
  }

  /** A way in that leads to one of its pages: there once, it is the mode like any other. */
  #enter(): void {
    const { app } = this.#parts;
    if (this.#mode === undefined || app.settings.view !== 'privacy') return;
    this.#mode.openPrivacy();
    app.execute({ kind: 'set-view', view: 'watch' });
  }

  hostUpdated(): void {
    const { sourceInfo } = this.#host.detector;
    const isKept =
      sourceInfo !== undefined && isWatched(this.#parts.services.store, sourceKey(sourceInfo));
    const isDue = this.isWanted || (isKept && !this.#hasFailed);
    if (this.#mode === undefined && !this.#isLoading && isDue) void this.#load();
    if (this.isWanted) this.#enter();
    if (this.#wasWanted && !this.isWanted) {
      this.#mode?.left();
      // The button that closed it is gone.
      this.#host.shadowRoot?.querySelector('sightline-toolbar')?.focus();
    }
    this.#wasWanted = this.isWanted;
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    const { app, services, privacy, locale } = this.#parts;
    try {
      const { WatchMode: Mode } = await import('../watch/watch-mode.js');
      this.#mode = new Mode({
        host: this.#host,
        store: services.store,
        privacy,
        locale,
        settings: () => {
          const { score, classes, detail } = app.settings;
          return { score, classes, detail };
        },
        applySettings: ({ score, classes, detail }) => {
          app.execute({ kind: 'set-score', score });
          app.execute({ kind: 'set-classes', classes });
          app.execute({ kind: 'set-detail', detail });
        },
        remark: (text) => {
          app.toasts.remark(text);
        },
        leave: () => {
          app.execute({ kind: 'set-view', view: 'live' });
        },
      });
    } catch {
      // A part of the page could not be fetched; the button can be pressed again.
      this.#hasFailed = true;
      app.toasts.tell(t('toast.watch-failed'));
      if (this.isWanted) app.execute({ kind: 'set-view', view: 'live' });
    } finally {
      this.#isLoading = false;
      this.#host.requestUpdate();
    }
  }
}
