import { backoff } from '../../domain/backoff.js';
import { toSightlineError, type SightlineError } from '../../domain/errors.js';
import {
  connectSources,
  WEBHOOK_LIMITS,
  webhookMessage,
  webhookTarget,
  webhookVerdict,
  type WebhookMessage,
  type WebhookProblem,
  type WebhookTarget,
} from '../../domain/watch/webhook.js';
import type { RuleFired } from '../../domain/watch/events.js';
import { Listeners } from '../../platform/listeners.js';
import { OutboxStore, type WaitingMessage } from '../../platform/outbox-store.js';
import { pagePolicy, postJson, type PostResult } from '../../platform/post.js';

/** What has become of the last try. */
export type Sending =
  | { readonly kind: 'sent'; readonly time: number }
  /** It is tried again by itself. */
  | { readonly kind: 'waiting'; readonly result: PostResult }
  /** It is let go. */
  | { readonly kind: 'refused'; readonly result: PostResult };

export interface WebhookState {
  /** Messages that wait on the disk. */
  readonly waiting: number;
  /** Messages that were let go since the page was opened: refused, too old, or too many. */
  readonly lost: number;
  readonly last: Sending | undefined;
  /** Nothing can be kept: what is sent now is not sent again after a reload. */
  readonly problem: SightlineError | undefined;
}

/** One page at a time sends: two would send everything twice. */
const LOCK = 'sightline-outbox';

/**
 * Tells other programs of rules that have fired. A message is on the disk before it is sent
 * and until it is answered, so that neither a reload nor a server that is away loses it; it
 * may come twice, with the same `id`.
 */
export class Webhooks {
  readonly #name: string | undefined;
  readonly #changes = new Listeners<WebhookState>();
  #opening: Promise<OutboxStore> | undefined;
  #state: WebhookState = { waiting: 0, lost: 0, last: undefined, problem: undefined };
  #sending: Promise<void> | undefined;
  #hasNews = false;
  readonly #closing = new AbortController();
  /** Addresses that do not answer: failures in a row, and when the next try is. */
  readonly #resting = new Map<string, { readonly failures: number; readonly until: number }>();
  /** Ends a pause between two tries. */
  #wake: (() => void) | undefined;

  /** @param name Of the database; the app's own where it is left out. */
  constructor(name?: string) {
    this.#name = name;
    addEventListener('online', this.#online);
  }

  get state(): WebhookState {
    return this.#state;
  }

  /** @returns unsubscribe. */
  onChange(listener: (state: WebhookState) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Where an address leads from this page. */
  target(address: string): WebhookTarget {
    return webhookTarget(address, {
      base: document.baseURI,
      allowed: connectSources(pagePolicy()),
    });
  }

  /** Sends what has waited since before. */
  async open(): Promise<void> {
    const waiting = (await this.#guard((store) => store.count())) ?? 0;
    this.#tell({ waiting });
    if (waiting > 0) this.#send();
  }

  /**
   * Tells a program; resolves when the message is on the disk.
   *
   * @returns Why it cannot be sent there at all.
   */
  async tell(
    address: string,
    fired: RuleFired,
    { isTest = false } = {},
  ): Promise<WebhookProblem | undefined> {
    const target = this.target(address);
    if ('problem' in target) return target.problem;
    const message: WebhookMessage = {
      ...webhookMessage(fired, crypto.randomUUID()),
      ...(isTest ? { test: true } : {}),
    };
    await this.#keep({ url: target.url, body: JSON.stringify(message), time: Date.now() });
    return undefined;
  }

  /** Lets go of everything that waits. */
  async clear(): Promise<void> {
    this.#resting.clear();
    await this.#guard(async (store) => {
      await store.clear();
      this.#tell({ waiting: 0, last: undefined });
    });
    this.#wake?.();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    removeEventListener('online', this.#online);
    this.#wake?.();
    await this.#sending;
    (await this.#opening?.catch(() => undefined))?.close();
    this.#changes.clear();
  }

  readonly #online = (): void => {
    for (const [url, rest] of this.#resting) this.#resting.set(url, { ...rest, until: 0 });
    this.#wake?.();
    this.#send();
  };

  async #keep(message: WaitingMessage): Promise<void> {
    const isKept = await this.#guard(async (store) => {
      const gone = await store.add(message, WEBHOOK_LIMITS.messages);
      this.#tell({
        waiting: await store.count(),
        lost: this.#state.lost + gone,
        problem: undefined,
      });
      return true;
    });
    if (isKept === true) this.#send();
    // Where nothing can be kept, one try is better than none.
    else if (!(await this.#post(message))) this.#tell({ lost: this.#state.lost + 1 });
  }

  #send(): void {
    this.#hasNews = true;
    this.#sending ??= this.#underLock().finally(() => {
      this.#sending = undefined;
      if (this.#hasNews && !this.#isClosed) this.#send();
    });
  }

  async #underLock(): Promise<void> {
    const { locks } = navigator as { locks?: LockManager };
    const send = (): Promise<void> => this.#sendAll();
    if (locks === undefined) return send();
    const { signal } = this.#closing;
    // Another page holds the lock, and this one goes: nothing is left to be done here.
    await locks.request(`${LOCK}.${this.#name ?? ''}`, { signal }, send).catch(() => undefined);
  }

  /** Until nothing waits any more. */
  async #sendAll(): Promise<void> {
    for (;;) {
      this.#hasNews = false;
      if (this.#isClosed) return;
      const first = await this.#guard((store) => store.first((url) => this.#mayTry(url)));
      if (first === undefined) {
        if (this.#state.waiting === 0 || !(await this.#pause())) return;
        continue;
      }
      const { key, message } = first;
      const isOld = Date.now() - message.time > WEBHOOK_LIMITS.age;
      const isOver = isOld || (await this.#post(message));
      if (isOver) {
        const waiting = await this.#guard(async (store) => {
          await store.remove(key);
          return store.count();
        });
        // What cannot be taken off the list would be sent for ever.
        if (waiting === undefined) return;
        this.#tell({ waiting, lost: this.#state.lost + (isOld ? 1 : 0) });
      }
    }
  }

  /** @returns Whether that is the end of it. */
  async #post({ url, body }: WaitingMessage): Promise<boolean> {
    const result = await postJson(url, body, WEBHOOK_LIMITS.timeout);
    if (
      result === 'unreachable' ||
      (result !== 'forbidden' && webhookVerdict(result) === 'later')
    ) {
      const failures = (this.#resting.get(url)?.failures ?? 0) + 1;
      const { firstPause, longestPause } = WEBHOOK_LIMITS;
      const until = Date.now() + backoff(failures, firstPause, longestPause);
      this.#resting.set(url, { failures, until });
      this.#tell({ last: { kind: 'waiting', result } });
      return false;
    }
    this.#resting.delete(url);
    if (result !== 'forbidden' && webhookVerdict(result) === 'done') {
      this.#tell({ last: { kind: 'sent', time: Date.now() } });
    } else {
      this.#tell({ last: { kind: 'refused', result }, lost: this.#state.lost + 1 });
    }
    return true;
  }

  #mayTry(url: string): boolean {
    const until = this.#resting.get(url)?.until ?? 0;
    const { longestPause } = WEBHOOK_LIMITS;
    // A clock that was put back must not make the pause a long one.
    return until <= Date.now() || until > Date.now() + longestPause;
  }

  /** Until an address may be tried again. @returns Whether there is one. */
  async #pause(): Promise<boolean> {
    if (this.#resting.size === 0) return false;
    const next = Math.min(...[...this.#resting.values()].map(({ until }) => until));
    const rest = Math.min(Math.max(next - Date.now(), 50), WEBHOOK_LIMITS.longestPause);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, rest);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return true;
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** @returns `undefined` where it could not be done; the state then says why. */
  async #guard<T>(work: (store: OutboxStore) => Promise<T>): Promise<T | undefined> {
    try {
      this.#opening ??= OutboxStore.open(this.#name);
      return await work(await this.#opening);
    } catch (thrown) {
      // A database that was taken away is opened again the next time.
      this.#opening = undefined;
      this.#tell({ problem: toSightlineError(thrown, 'storage-unavailable') });
      return undefined;
    }
  }

  #tell(change: Partial<WebhookState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changes.emit(this.#state);
  }
}
