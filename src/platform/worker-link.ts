import { SightlineError, type ErrorCode } from '../domain/errors.js';
import { PROTOCOL_VERSION } from '../protocol/index.js';
import type { AnswerOf, CallTable, RequestOf, ResponseOf } from '../protocol/index.js';
import { missingFeatures } from './browser-support.js';
import { deferred } from './deferred.js';
import { scriptUrl } from './script-url.js';

export interface WorkerLinkOptions {
  /** Of the worker, for whoever debugs it. */
  readonly name: string;
  /** Milliseconds until the worker must have said hello. */
  readonly helloTimeout: number;
  /** Where the worker's lock is watched; without it a silent death is only noticed by its silence. */
  readonly locks: LockManager | undefined;
}

export interface WorkerLinkHandlers<Known extends CallTable<Known>, Notice> {
  readonly message: (message: AnswerOf<Known, Notice>) => void;
  /** Told once when the worker dies of itself or could not start; not after `close()`. */
  readonly death: (cause: SightlineError) => void;
}

/**
 * A worker that speaks our protocol, from its start to its death.
 *
 * A worker can go without any event: the browser kills it for memory, or it
 * closes itself. It therefore holds a Web Lock while it lives; we ask for the
 * same lock and get it the moment it is gone.
 */
export class WorkerLink<Known extends CallTable<Known>, Notice = never> {
  /** Settles with the handshake; rejects with the cause when the worker ends before. */
  readonly ready: Promise<undefined>;
  readonly #ready = deferred<undefined>();
  readonly #worker: Worker | undefined;
  readonly #handlers: WorkerLinkHandlers<Known, Notice>;
  readonly #options: WorkerLinkOptions;
  readonly #lockWatch = new AbortController();
  readonly #helloTimer: ReturnType<typeof setTimeout>;
  #greeted = false;
  #ended: SightlineError | undefined;

  /** @param workerUrl A classic script. */
  constructor(
    workerUrl: string,
    handlers: WorkerLinkHandlers<Known, Notice>,
    options: WorkerLinkOptions,
  ) {
    this.#handlers = handlers;
    this.#options = options;
    this.ready = this.#ready.promise;
    // Whoever waits hears of it; nobody has to wait.
    this.ready.catch(() => undefined);
    this.#helloTimer = setTimeout(() => {
      this.#die('engine-start-failed', `no hello within ${options.helloTimeout} ms`);
    }, options.helloTimeout);
    const missing = missingFeatures();
    if (missing.length > 0) {
      queueMicrotask(() => {
        this.#die('unsupported-browser', `missing: ${missing.join(', ')}`);
      });
      return;
    }
    try {
      this.#worker = new Worker(scriptUrl(workerUrl), { name: options.name });
    } catch (thrown) {
      // The owner is still being constructed and could not handle a death yet.
      queueMicrotask(() => {
        this.#die('engine-start-failed', String(thrown));
      });
      return;
    }
    this.#listen(this.#worker);
  }

  /** Why the worker is no more, or `undefined` while it lives. */
  get ended(): SightlineError | undefined {
    return this.#ended;
  }

  /**
   * Sends a message; only after `ready`.
   *
   * @throws DataCloneError where something in it cannot be transferred.
   */
  post(message: RequestOf<Known>, transfer: Transferable[] = []): void {
    if (this.#ended === undefined) this.#worker?.postMessage(message, transfer);
  }

  /** Ends the worker because it misbehaves: the death is announced. */
  kill(cause: SightlineError): void {
    this.#end(cause, true);
  }

  /** Ends the worker because it is no longer needed: nothing is announced. */
  close(): void {
    this.#end(new SightlineError('aborted', 'the engine was closed'), false);
  }

  #listen(worker: Worker): void {
    worker.addEventListener('message', (event: MessageEvent<ResponseOf<Known, Notice>>) => {
      this.#receive(event.data);
    });
    worker.addEventListener('messageerror', () => {
      this.#die('engine-died', 'a message could not be read');
    });
    worker.addEventListener('error', (event) => {
      // An engine that threw outside of any call is in an unknown state.
      event.preventDefault();
      const place = event.filename ? ` (${event.filename}:${event.lineno})` : '';
      const detail = (event.message || 'the worker script could not be loaded') + place;
      this.#die(this.#greeted ? 'engine-died' : 'engine-start-failed', detail);
    });
  }

  #receive(message: ResponseOf<Known, Notice>): void {
    if (this.#ended !== undefined) return;
    switch (message.type) {
      case 'hello':
        this.#greet(message.version, message.lock);
        break;
      case 'engine-start-failed':
        this.#die('engine-start-failed', message.detail);
        break;
      case 'progress':
      case 'result':
      case 'error':
      case 'notice':
        this.#handlers.message(message);
    }
  }

  #greet(version: number, lock: string | undefined): void {
    clearTimeout(this.#helloTimer);
    if (version !== PROTOCOL_VERSION) {
      const detail = `page ${PROTOCOL_VERSION}, engine ${version}`;
      this.#die('protocol-mismatch', detail);
      return;
    }
    this.#greeted = true;
    if (lock !== undefined) this.#watchLock(lock);
    this.#ready.resolve(undefined);
  }

  #watchLock(name: string): void {
    const request = this.#options.locks?.request(name, { signal: this.#lockWatch.signal }, () => {
      this.#die('engine-died', 'the worker ended');
    });
    // Rejects when we stop watching, which is as it should be.
    request?.catch(() => undefined);
  }

  #die(code: ErrorCode, detail: string): void {
    this.#end(new SightlineError(code, detail), true);
  }

  #end(cause: SightlineError, announce: boolean): void {
    if (this.#ended !== undefined) return;
    this.#ended = cause;
    clearTimeout(this.#helloTimer);
    this.#lockWatch.abort();
    this.#worker?.terminate();
    this.#ready.reject(cause);
    if (announce) this.#handlers.death(cause);
  }
}

/** `undefined` where the browser has none, or an insecure address hides them. */
export function webLocks(): LockManager | undefined {
  return 'locks' in navigator ? navigator.locks : undefined;
}
