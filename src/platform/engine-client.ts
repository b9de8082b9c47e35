import type { DetectionOptions } from '../domain/detection.js';
import { SightlineError, toSightlineError } from '../domain/errors.js';
import { decodeError } from '../protocol/index.js';
import type {
  CallName,
  CallOptions,
  Calls,
  DetectionResult,
  Engine,
  EngineInfo,
  EngineNotice,
  EngineStats,
  FrameData,
  LoadOptions,
  LoadProgress,
  Request,
  Response,
} from '../protocol/index.js';
import { abortable, abortError, throwIfAborted } from './abort.js';
import { Listeners } from './listeners.js';
import { StallWatch } from './stall-watch.js';
import type { StallOptions } from './stall-watch.js';
import { WorkerLink } from './worker-link.js';

export interface EngineClientOptions {
  /** Milliseconds until the worker must have said hello. */
  readonly helloTimeout?: number;
  readonly stall?: StallOptions;
  /** `undefined` where the browser has no Web Locks. */
  readonly locks?: LockManager | undefined;
}

/** An engine that lives in a process of its own and can die there. */
export interface MortalEngine extends Engine {
  onNotice(listener: (notice: EngineNotice) => void): () => void;
  /** Told once, at an unexpected end; every pending call has been rejected with the cause. */
  onDeath(listener: (cause: SightlineError) => void): () => void;
  /** Ends it now; pending calls reject with `aborted`. */
  terminate(): void;
}

const HELLO_TIMEOUT = 30_000;

interface PendingCall {
  readonly name: CallName;
  /** Milliseconds on the page's clock. */
  readonly sent: number;
  readonly resolve: (result: Calls[CallName]['result']) => void;
  readonly reject: (error: SightlineError) => void;
  readonly onProgress: ((progress: LoadProgress) => void) | undefined;
}

interface CallSettings extends CallOptions {
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/**
 * The engine as the page sees it: every call is a message to a worker, every
 * answer a message back. One client, one worker; any number of clients.
 */
export class EngineClient implements MortalEngine {
  readonly #link: WorkerLink;
  readonly #stall: StallWatch;
  readonly #pending = new Map<number, PendingCall>();
  readonly #notices = new Listeners<EngineNotice>();
  readonly #deaths = new Listeners<SightlineError>();
  #lastId = 0;

  /** @param workerUrl The engine's classic script. The worker starts at once. */
  constructor(workerUrl: string, options: EngineClientOptions = {}) {
    this.#stall = new StallWatch((waited) => {
      const detail = `no answer for ${Math.round(waited)} ms`;
      this.#link.kill(new SightlineError('engine-stalled', detail));
    }, options.stall);
    this.#link = new WorkerLink(
      workerUrl,
      {
        message: (message) => {
          this.#receive(message);
        },
        death: (cause) => {
          this.#rejectAll(cause);
          this.#deaths.emit(cause);
        },
      },
      {
        helloTimeout: options.helloTimeout ?? HELLO_TIMEOUT,
        locks: 'locks' in options ? options.locks : webLocks(),
      },
    );
  }

  onNotice(listener: (notice: EngineNotice) => void): () => void {
    return this.#notices.add(listener);
  }

  onDeath(listener: (cause: SightlineError) => void): () => void {
    return this.#deaths.add(listener);
  }

  load(options: LoadOptions, call: CallSettings = {}): Promise<EngineInfo> {
    return this.#call('load', options, call);
  }

  async detect(
    frame: FrameData,
    timestamp: number,
    options: DetectionOptions,
    call: CallOptions = {},
  ): Promise<DetectionResult> {
    try {
      return await this.#call('detect', { frame, timestamp, options }, call, [frame]);
    } finally {
      // Without effect on a frame that went over: transferring leaves an empty shell.
      frame.close();
    }
  }

  stats(): Promise<EngineStats> {
    return this.#call('stats', undefined);
  }

  async dispose(): Promise<void> {
    await this.#call('dispose', undefined);
  }

  terminate(): void {
    this.#link.close();
    this.#rejectAll(new SightlineError('aborted', 'the engine was closed'));
    this.#notices.clear();
    this.#deaths.clear();
  }

  async #call<Name extends CallName>(
    name: Name,
    params: Calls[Name]['params'],
    settings: CallSettings = {},
    transfer: Transferable[] = [],
  ): Promise<Calls[Name]['result']> {
    const { signal } = settings;
    throwIfAborted(signal);
    await abortable(this.#link.ready, signal);
    if (this.#link.ended !== undefined) throw this.#link.ended;
    const id = ++this.#lastId;
    const answer = new Promise<Calls[Name]['result']>((resolve, reject) => {
      this.#pending.set(id, {
        name,
        sent: performance.now(),
        resolve: (result) => {
          resolve(result);
        },
        reject,
        onProgress: settings.onProgress,
      });
    });
    const abort = () => {
      this.#link.post({ type: 'abort', id });
      this.#settle(id, undefined)?.reject(abortError());
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      if (name === 'detect') this.#stall.begin(id);
      // A load may take minutes, and frames queue up behind it.
      if (name === 'load') this.#stall.hold();
      this.#link.post({ type: 'call', id, name, params } as Request, transfer);
      return await answer;
    } catch (thrown) {
      this.#settle(id, undefined);
      throw toSightlineError(thrown);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  #receive(message: Response): void {
    switch (message.type) {
      case 'progress':
        this.#pending.get(message.id)?.onProgress?.(message.progress);
        break;
      case 'result':
        this.#settle(message.id, 'answered')?.resolve(message.result);
        break;
      case 'error':
        this.#settle(message.id, 'answered')?.reject(decodeError(message.error));
        break;
      case 'notice':
        // A lost device takes its time to be replaced; frames rightly wait for it.
        this.#stall.reset();
        this.#notices.emit(message.notice);
        break;
      // The link has dealt with these.
      case 'hello':
      case 'engine-start-failed':
        break;
    }
  }

  /** Takes a call off the list; unknown ids are answers to cancelled calls. */
  #settle(id: number, how: 'answered' | undefined): PendingCall | undefined {
    const call = this.#pending.get(id);
    if (call === undefined) return undefined;
    this.#pending.delete(id);
    this.#stall.end(id, how === undefined ? undefined : performance.now() - call.sent);
    if (call.name === 'load') this.#stall.release();
    return call;
  }

  #rejectAll(cause: SightlineError): void {
    this.#stall.stop();
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of calls) call.reject(cause);
  }
}

function webLocks(): LockManager | undefined {
  return 'locks' in navigator ? navigator.locks : undefined;
}
