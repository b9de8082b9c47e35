import { SightlineError, toSightlineError } from '../domain/errors.js';
import type { TaughtClass } from '../domain/detector-head/taught-class.js';
import type { BBox } from '../domain/geometry.js';
import { decodeError } from '../protocol/index.js';
import type {
  AnchorPass,
  AnswerOf,
  CallName,
  CallOptions,
  Calls,
  DetectionResult,
  Engine,
  EngineInfo,
  EngineNotice,
  EngineStats,
  FrameData,
  FrameOptions,
  LoadOptions,
  LoadProgress,
  Request,
} from '../protocol/index.js';
import { abortable, abortError, throwIfAborted } from './abort.js';
import { EngineWatch } from './engine-watch.js';
import type { EnginePatience } from './engine-watch.js';
import { Listeners } from './listeners.js';
import { WorkerLink, webLocks } from './worker-link.js';

export interface EngineClientOptions {
  /** Milliseconds until the worker must have said hello. */
  readonly helloTimeout?: number;
  readonly patience?: EnginePatience;
  /** `undefined` where the browser has no Web Locks. */
  readonly locks?: LockManager | undefined;
}

/** An engine that lives in a process of its own and can die there. */
export interface MortalEngine extends Engine {
  /** Whether it was ended because it went on with a cancelled load; what waited behind is not to blame. */
  readonly isStuckInCancelledLoad: boolean;
  onNotice(listener: (notice: EngineNotice) => void): () => void;
  /** Told once, at an unexpected end; every pending call has been rejected with the cause. */
  onDeath(listener: (cause: SightlineError) => void): () => void;
  /** Ends it because it is of no use any more: a death like any other, with this cause. */
  kill(cause: SightlineError): void;
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
  readonly #link: WorkerLink<Calls, EngineNotice>;
  readonly #watch: EngineWatch;
  readonly #pending = new Map<number, PendingCall>();
  readonly #notices = new Listeners<EngineNotice>();
  readonly #deaths = new Listeners<SightlineError>();
  #lastId = 0;
  /** Those that the worker knows. */
  #taught: readonly TaughtClass[] = [];
  #isStuckInCancelledLoad = false;

  /** @param workerUrl The engine's classic script. The worker starts at once. */
  constructor(workerUrl: string, options: EngineClientOptions = {}) {
    this.#watch = new EngineWatch((cause, isCancelledLoad) => {
      this.#isStuckInCancelledLoad = isCancelledLoad;
      this.#link.kill(cause);
    }, options.patience);
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
        name: 'sightline-engine',
        helloTimeout: options.helloTimeout ?? HELLO_TIMEOUT,
        locks: 'locks' in options ? options.locks : webLocks(),
      },
    );
  }

  get isStuckInCancelledLoad(): boolean {
    return this.#isStuckInCancelledLoad;
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
    options: FrameOptions,
    call: CallOptions = {},
  ): Promise<DetectionResult> {
    const params = (): Calls['detect']['params'] => ({ frame, timestamp, ...this.#lean(options) });
    return this.#send(frame, this.#call('detect', params, call, [frame]));
  }

  async embed(
    frame: FrameData,
    boxes: readonly BBox[],
    maps: readonly string[],
    call: CallOptions = {},
  ): Promise<readonly Float32Array[]> {
    return this.#send(frame, this.#call('embed', { frame, boxes, maps }, call, [frame]));
  }

  async anchors(frame: FrameData, call: CallOptions = {}): Promise<AnchorPass> {
    return this.#send(frame, this.#call('anchors', { frame }, call, [frame]));
  }

  stats(): Promise<EngineStats> {
    return this.#call('stats', undefined);
  }

  async dispose(): Promise<void> {
    await this.#call('dispose', undefined);
  }

  kill(cause: SightlineError): void {
    this.#link.kill(cause);
  }

  terminate(): void {
    this.#link.close();
    this.#rejectAll(new SightlineError('aborted', 'the engine was closed'));
    this.#notices.clear();
    this.#deaths.clear();
  }

  async #send<Result>(frame: FrameData, answer: Promise<Result>): Promise<Result> {
    try {
      return await answer;
    } finally {
      // Without effect on a frame that went over: transferring leaves an empty shell.
      frame.close();
    }
  }

  /** Taught classes go over when they are others: tens of kilobytes each, for every frame. */
  #lean(options: FrameOptions): Pick<Calls['detect']['params'], 'options' | 'sameTaught'> {
    const { taught = [], ...others } = options;
    const before = this.#taught;
    const isSame = taught.length === before.length && taught.every((one, at) => one === before[at]);
    this.#taught = taught;
    return taught.length > 0 && isSame ? { options: others, sameTaught: true } : { options };
  }

  /** @param params Made when they are sent: some say what has changed since the message before. */
  async #call<Name extends CallName>(
    name: Name,
    params: Calls[Name]['params'] | (() => Calls[Name]['params']),
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
      const call = this.#settle(id, undefined);
      if (call === undefined) return;
      this.#link.post({ type: 'abort', id });
      if (name === 'load') this.#watch.cancel(id);
      call.reject(abortError());
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      this.#watch.begin(id, name);
      const sent = typeof params === 'function' ? params() : params;
      this.#link.post({ type: 'call', id, name, params: sent } as Request, transfer);
      return await answer;
    } catch (thrown) {
      this.#settle(id, undefined);
      // It may never have gone over.
      this.#taught = [];
      throw toSightlineError(thrown);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  #receive(message: AnswerOf<Calls, EngineNotice>): void {
    switch (message.type) {
      case 'progress':
        this.#watch.progress(message.id);
        this.#pending.get(message.id)?.onProgress?.(message.progress);
        break;
      case 'result':
        this.#watch.answered(message.id);
        this.#settle(message.id, 'answered')?.resolve(message.result);
        break;
      case 'error':
        this.#watch.answered(message.id);
        this.#settle(message.id, 'answered')?.reject(decodeError(message.error));
        break;
      case 'notice':
        this.#watch.notice(message.notice);
        this.#notices.emit(message.notice);
        break;
    }
  }

  /** Takes a call off the list; unknown ids are answers to cancelled calls. */
  #settle(id: number, how: 'answered' | undefined): PendingCall | undefined {
    const call = this.#pending.get(id);
    if (call === undefined) return undefined;
    this.#pending.delete(id);
    const latency = how === undefined ? undefined : performance.now() - call.sent;
    this.#watch.end(id, call.name, latency);
    return call;
  }

  #rejectAll(cause: SightlineError): void {
    this.#watch.stop();
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of calls) call.reject(cause);
  }
}
