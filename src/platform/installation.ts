import { Listeners } from './listeners.js';

/** Chromium's event: the browser would install the page if asked. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/**
 * - `installed`: this page runs as an installed app.
 * - `offered`: the browser installs it on request.
 * - `by-hand`: only the person can, by the browser's menu.
 */
export type InstallState = 'installed' | 'offered' | 'by-hand';

/** Whether and how the page can become an app of its own on this device. */
export class Installation {
  readonly #listeners = new Listeners<InstallState>();
  #offer: InstallPromptEvent | undefined;
  #isInstalled = isStandalone();

  constructor() {
    addEventListener('beforeinstallprompt', (event) => {
      // The app has a button of its own for it.
      event.preventDefault();
      this.#offer = event as InstallPromptEvent;
      this.#listeners.emit(this.state);
    });
    addEventListener('appinstalled', () => {
      this.#isInstalled = true;
      this.#offer = undefined;
      this.#listeners.emit(this.state);
    });
  }

  get state(): InstallState {
    if (this.#isInstalled) return 'installed';
    return this.#offer === undefined ? 'by-hand' : 'offered';
  }

  onChange(listener: (state: InstallState) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Shows the browser's own question. An offer is good for one answer. */
  async install(): Promise<void> {
    const offer = this.#offer;
    this.#offer = undefined;
    await offer?.prompt();
    this.#listeners.emit(this.state);
  }
}

function isStandalone(): boolean {
  const ios = (navigator as { standalone?: boolean }).standalone === true;
  return ios || matchMedia('(display-mode: standalone), (display-mode: minimal-ui)').matches;
}
