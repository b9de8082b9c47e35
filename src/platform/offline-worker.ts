import type { OfflineProblem } from '../domain/offline-verdict.js';
import {
  OFFLINE_PROTOCOL_VERSION,
  type OfflineCallName,
  type OfflineCalls,
  type OfflineNotice,
  type OfflineRequest,
  type OfflineResponse,
} from '../protocol/offline.js';
import { Listeners } from './listeners.js';
import { scriptUrl } from './script-url.js';

export class OfflineError extends Error {
  override readonly name = 'OfflineError';
  readonly problem: OfflineProblem;

  constructor(problem: OfflineProblem, detail = '', options?: ErrorOptions) {
    super(detail === '' ? problem : `${problem}: ${detail}`, options);
    this.problem = problem;
  }
}

export interface OfflineCallOptions {
  /** 0 to 1; each report begins the patience anew. */
  readonly onProgress?: (fraction: number) => void;
  /** Milliseconds without any word until the worker counts as deaf. */
  readonly patience?: number;
}

const PATIENCE_MS = 30_000;

/** What happens to the registered workers, as far as a page needs to know it. */
export type OfflineEvent =
  | { readonly kind: 'notice'; readonly notice: OfflineNotice }
  /** A new release is stored and waits. */
  | { readonly kind: 'update-ready' }
  /** The first release could not be installed. */
  | { readonly kind: 'install-failed' }
  /** Another release than the one that served this page answers from now on. */
  | { readonly kind: 'taken-over' };

/**
 * The service worker as the page sees it: registration, its life, and calls
 * with answers. All rejections are `OfflineError`s.
 */
export class OfflineWorker {
  readonly #container: ServiceWorkerContainer;
  readonly #url: string;
  readonly #events = new Listeners<OfflineEvent>();
  #registration: ServiceWorkerRegistration | undefined;

  /**
   * @param container `navigator.serviceWorker`.
   * @param url Of the script, in the root of the site.
   */
  constructor(container: ServiceWorkerContainer, url: string) {
    this.#container = container;
    this.#url = url;
    let wasControlled = container.controller !== null;
    container.addEventListener('controllerchange', () => {
      // The very first one merely begins to look after the page.
      if (wasControlled) this.#events.emit({ kind: 'taken-over' });
      wasControlled = true;
    });
    container.addEventListener('message', ({ data }: MessageEvent<Partial<OfflineNotice>>) => {
      if (data.type?.startsWith('sightline-offline-') !== true) return;
      this.#events.emit({ kind: 'notice', notice: data as OfflineNotice });
    });
  }

  /** Whether the page's requests go through a service worker. */
  get isControlled(): boolean {
    return this.#container.controller !== null;
  }

  onEvent(listener: (event: OfflineEvent) => void): () => void {
    return this.#events.add(listener);
  }

  /** Installs the worker, or looks for a newer one. */
  async register(): Promise<void> {
    try {
      const registration = await this.#container.register(scriptUrl(this.#url), {
        updateViaCache: 'none',
      });
      this.#registration = registration;
      if (registration.waiting !== null) this.#events.emit({ kind: 'update-ready' });
      this.#follow(registration.installing);
      registration.addEventListener('updatefound', () => {
        this.#follow(registration.installing);
      });
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      throw new OfflineError('internal', detail, { cause: thrown });
    }
  }

  /** Asks the server for a newer release; without a network there is none. */
  async lookForUpdate(): Promise<void> {
    await this.#registration?.update().catch(() => undefined);
  }

  /** Resolves when a release is installed and answers; rejects when none comes. */
  async ready(): Promise<void> {
    if (this.#registration === undefined) throw new OfflineError('no-answer', 'not registered');
    if (this.#registration.active !== null) return;
    const isLost = new Promise<never>((_resolve, reject) => {
      this.onEvent(({ kind }) => {
        if (kind === 'install-failed') reject(new OfflineError('no-answer', 'not installed'));
      });
    });
    await Promise.race([this.#container.ready, isLost]);
  }

  /**
   * Asks the active worker.
   *
   * @throws OfflineError `other-release` when it speaks another version of these messages.
   */
  async call<Name extends OfflineCallName>(
    name: Name,
    params: OfflineCalls[Name]['params'],
    options: OfflineCallOptions = {},
  ): Promise<OfflineCalls[Name]['result']> {
    const worker = this.#registration?.active ?? this.#container.controller;
    if (worker === null) throw new OfflineError('no-answer', 'there is no active worker');
    const { protocol } = await ask(worker, 'hello', undefined, { patience: 10_000 });
    if (protocol !== OFFLINE_PROTOCOL_VERSION) {
      const detail = `page ${OFFLINE_PROTOCOL_VERSION}, worker ${protocol}`;
      throw new OfflineError('other-release', detail);
    }
    return ask(worker, name, params, options);
  }

  /** Lets a waiting release take over; `taken-over` tells when. */
  async activateUpdate(): Promise<void> {
    const waiting = this.#registration?.waiting;
    if (waiting) await ask(waiting, 'activate', undefined, { patience: 10_000 });
  }

  /** Takes the worker out of the browser; what it stored has to be cleared before. */
  async unregister(): Promise<void> {
    await this.#registration?.unregister();
    this.#registration = undefined;
  }

  #follow(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', () => {
      const hasOlder = this.#registration?.active !== null;
      if (worker.state === 'installed' && hasOlder) this.#events.emit({ kind: 'update-ready' });
      if (worker.state === 'redundant' && !hasOlder) this.#events.emit({ kind: 'install-failed' });
    });
  }
}

function ask<Name extends OfflineCallName>(
  worker: ServiceWorker,
  name: Name,
  params: OfflineCalls[Name]['params'],
  { onProgress, patience = PATIENCE_MS }: OfflineCallOptions,
): Promise<OfflineCalls[Name]['result']> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      timer = setTimeout(() => {
        port1.close();
        reject(new OfflineError('no-answer', `${name}: nothing for ${patience} ms`));
      }, patience);
    };
    port1.onmessage = ({ data }: MessageEvent<OfflineResponse>) => {
      clearTimeout(timer);
      if (data.type === 'progress') {
        onProgress?.(data.fraction);
        wait();
        return;
      }
      port1.close();
      if (data.type === 'result') resolve(data.result);
      else if (data.reason === 'unknown-request') {
        reject(new OfflineError('other-release', data.detail));
      } else reject(new OfflineError(data.reason, data.detail));
    };
    wait();
    const request: Pick<OfflineRequest, 'type' | 'name'> = { type: 'sightline-offline', name };
    worker.postMessage({ ...request, params }, [port2]);
  });
}
