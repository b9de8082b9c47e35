import { carriesFiles, droppedFile, droppedFiles } from '../../src/platform/dropped-files.js';
import { createQrReader } from '../../src/platform/qr-reader.js';
import { Installation } from '../../src/platform/installation.js';
import { OfflineKeeper } from '../../src/session/offline-keeper.js';
import type { Command } from '../../src/ui/commands.js';
import { CommandEvent } from '../../src/ui/events.js';
import { SightlineDetector } from '../../src/ui/elements/sightline-detector.js';
import { SightlineApp } from '../../src/ui/views/sightline-app.js';
import { inShadow } from './detector.js';
import { memoryStore } from './memory-store.js';
import { StandInSession } from './stand-in-session.js';

if (customElements.get('sightline-app') === undefined) {
  customElements.define('sightline-app', SightlineApp);
}

/** Gives an element of the kind that is asked for. */
interface Find {
  (selector: string): HTMLElement;
  <T extends Element>(selector: string, kind: abstract new () => T): T;
}

/** The app on the test's page, with a stand-in session. */
export interface AppOnPage {
  readonly app: SightlineApp;
  readonly session: StandInSession;
  /** Does what a button would have done. */
  readonly execute: (command: Command) => Promise<void>;
  /** Waits until everything that was asked for is on screen. */
  readonly settled: () => Promise<void>;
  /** The first match, through shadow roots; fails where there is none. */
  readonly find: Find;
  readonly has: (selector: string) => boolean;
  /** What the bar of toasts says. */
  readonly toasts: () => readonly string[];
}

let current: SightlineApp | undefined;

/** Takes the app off the page and its settings out of the address; for `afterEach`. */
export function closeApp(): void {
  current?.remove();
  current = undefined;
  history.replaceState(null, '', testAddress);
}

/** The test runner keeps its session in the query of the test's own page. */
const testAddress = location.href;

/** @param query Settings in the address, as in `score=0.3&source=demo`. */
export async function openApp(query = '', session = new StandInSession()): Promise<AppOnPage> {
  closeApp();
  const address = new URL(testAddress);
  for (const [name, value] of new URLSearchParams(query)) address.searchParams.set(name, value);
  history.replaceState(null, '', address);
  SightlineDetector.sessionFactory = () => session;
  SightlineApp.services = {
    store: memoryStore(),
    carriesFiles,
    droppedFile,
    droppedFiles,
    createQrReader,
    // As in a browser without service workers: the test's page has none.
    offline: new OfflineKeeper({
      worker: undefined,
      rehearse: () => Promise.reject(new Error('nothing is rehearsed here')),
      isOurs: () => false,
      reload: () => undefined,
    }),
    installation: new Installation(),
    receiveFiles: () => false,
  };
  const app = document.createElement('sightline-app');
  current = app;
  document.body.append(app);
  const settled = async (): Promise<void> => {
    // Events pass from the element to the app and back down: a few rounds settle all of it.
    for (let round = 0; round < 4; round++) {
      await app.updateComplete;
      await app.detector.updateComplete;
      await Promise.resolve();
    }
  };
  await settled();
  const find: Find = (selector: string, kind: abstract new () => Element = HTMLElement) => {
    const found = findDeep(app, selector);
    if (found instanceof kind) return found as HTMLElement;
    throw new Error(`the app has no ${selector} of the kind ${kind.name}`);
  };
  return {
    app,
    session,
    settled,
    find,
    has: (selector) => findDeep(app, selector) !== undefined,
    execute: async (command) => {
      app.dispatchEvent(new CommandEvent(command));
      await settled();
    },
    toasts: () =>
      [...inShadow(find('sightline-toasts'), '[role=log]').querySelectorAll('span')].map(
        ({ textContent }) => textContent,
      ),
  };
}

function findDeep(host: Element, selector: string): Element | undefined {
  const root = host.shadowRoot;
  if (root === null) return undefined;
  const here = root.querySelector(selector);
  if (here !== null) return here;
  for (const child of root.querySelectorAll('*')) {
    const found = findDeep(child, selector);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Presses a key as if nothing particular had the focus. */
export function press(
  key: string,
  init: KeyboardEventInit = {},
  target: Element = document.body,
): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...init,
  });
  target.dispatchEvent(event);
  return event;
}
