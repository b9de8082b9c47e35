import { SightlineError, toSightlineError } from '../domain/errors.js';
import { abortError } from '../platform/abort.js';
import type { FrameSource } from '../platform/frame-source.js';
import type { StateStore } from './state-store.js';
import type { SourceInfo, SourceRequest, SourceState } from './types.js';

/** A request for something to look at. */
type PictureRequest = Exclude<SourceRequest, { readonly kind: 'none' }>;

/** Opens what a person asked to look at. */
export type OpenSource = (request: PictureRequest, signal: AbortSignal) => Promise<FrameSource>;

/**
 * Holds the one open source. A new one replaces it only once it has a picture;
 * until then, and if it fails, the old one stays. The newest request wins.
 * When a source is over for good, the camera or demo before it comes back.
 */
export class SourceKeeper {
  readonly #open: OpenSource;
  readonly #store: StateStore;
  readonly #onSource: (source: FrameSource | undefined) => void;
  readonly #elementOf: (source: FrameSource) => FrameSource['element'];
  #source: FrameSource | undefined;
  /** What `#source` was asked for with. */
  #request: PictureRequest | undefined;
  /** What is opened again when the source is over. */
  #previous: PictureRequest | undefined;
  #newest = new AbortController();

  /**
   * @param onSource Told of every change of the source, before the old one is closed.
   * @param elementOf What shows the picture of a source; `update` when that has changed.
   */
  constructor(
    open: OpenSource,
    store: StateStore,
    onSource: (source: FrameSource | undefined) => void,
    elementOf: (source: FrameSource) => FrameSource['element'],
  ) {
    this.#open = open;
    this.#store = store;
    this.#onSource = onSource;
    this.#elementOf = elementOf;
  }

  get source(): FrameSource | undefined {
    return this.#source;
  }

  /**
   * @returns What was opened; `undefined` for `none`.
   * @throws SightlineError Why it could not be opened (which `state.problem`
   *   says as well), or `aborted` when a newer request has replaced this one.
   */
  async open(request: SourceRequest): Promise<SourceInfo | undefined> {
    this.#newest.abort();
    const newest = new AbortController();
    this.#newest = newest;
    if (request.kind === 'none') {
      this.#clear();
      return undefined;
    }
    this.#store.setSource({ phase: 'opening', request });
    let source: FrameSource;
    try {
      source = await this.#acquire(request, newest.signal);
    } catch (thrown) {
      if (this.#newest !== newest || newest.signal.aborted) throw abortError();
      const error = toSightlineError(thrown);
      this.#store.setSourceAndProblem(this.#current(), error, 'opening');
      throw error;
    }
    if (newest.signal.aborted) {
      source.close();
      throw abortError();
    }
    this.#replace(source, request);
    return this.#describe(source);
  }

  /**
   * The source said that it will never give a frame again: it is closed, the
   * person told, and the one before it opened again if that can be done unasked.
   */
  lose(source: FrameSource, reason: SightlineError): void {
    if (source !== this.#source) return;
    this.#source = undefined;
    this.#request = undefined;
    const newest = this.#newest;
    this.#onSource(undefined);
    // Another one may be opening; then that is what the state goes on saying.
    const isOpening = this.#store.state.source.phase === 'opening';
    const state = isOpening ? this.#store.state.source : this.#current();
    this.#store.setSourceAndProblem(state, reason, 'source');
    source.close();
    // Whoever was told may have opened another one.
    const isFree = !isOpening && this.#newest === newest;
    if (isFree && this.#previous !== undefined) void this.#reopen(this.#previous);
  }

  /** Tells anew of the open source. */
  update(): void {
    if (this.#store.state.source.phase === 'open') this.#store.setSource(this.#current());
  }

  close(): void {
    this.#newest.abort();
    this.#clear();
  }

  /** Some phones run one camera at a time: there the old one is lent to the attempt to open the new one. */
  async #acquire(request: PictureRequest, signal: AbortSignal): Promise<FrameSource> {
    try {
      return await this.#open(request, signal);
    } catch (thrown) {
      const handover = this.#source?.handover;
      const isBusy = thrown instanceof SightlineError && thrown.code === 'camera-busy';
      if (signal.aborted || request.kind !== 'camera' || !isBusy || handover === undefined) {
        throw thrown;
      }
      handover.release();
      try {
        return await this.#open(request, signal);
      } catch (again) {
        handover.reacquire();
        throw again;
      }
    }
  }

  /** The problem stays: it says why this one is on show again. Without success nothing is. */
  async #reopen(request: PictureRequest): Promise<void> {
    const newest = new AbortController();
    this.#newest = newest;
    this.#store.setSource({ phase: 'opening', request });
    let source: FrameSource;
    try {
      source = await this.#open(request, newest.signal);
    } catch {
      if (!newest.signal.aborted) this.#store.setSource(this.#current());
      return;
    }
    if (newest.signal.aborted) {
      source.close();
      return;
    }
    // Should this one be lost as well, it is not tried for ever.
    this.#previous = undefined;
    this.#take(source, request);
    this.#store.setSource(this.#current());
  }

  #replace(source: FrameSource, request: PictureRequest): void {
    const previous = this.#source;
    if (this.#request !== undefined && canReopen(this.#request)) this.#previous = this.#request;
    this.#take(source, request);
    this.#store.setSourceAndProblem(this.#current(), undefined, 'opening');
    previous?.close();
  }

  #take(source: FrameSource, request: PictureRequest): void {
    this.#source = source;
    this.#request = request;
    this.#follow(source);
    this.#onSource(source);
  }

  /** Nothing is wanted, so nothing comes back either. */
  #clear(): void {
    const previous = this.#source;
    this.#source = undefined;
    this.#request = undefined;
    this.#previous = undefined;
    this.#onSource(undefined);
    this.#store.setSourceAndProblem(this.#current(), undefined, 'opening');
    previous?.close();
  }

  #follow(source: FrameSource): void {
    source.onChange(() => {
      if (source === this.#source) this.update();
    });
    source.onProblem((problem) => {
      if (source !== this.#source) return;
      if (problem === undefined) this.#store.mend('source');
      else this.#store.report(problem, 'source');
    });
  }

  #describe(source: FrameSource): SourceInfo {
    const { kind, label, size, facing, deviceId } = source;
    return { kind, label, element: this.#elementOf(source), size, facing, deviceId };
  }

  #current(): SourceState {
    return this.#source === undefined
      ? { phase: 'none' }
      : { phase: 'open', info: this.#describe(this.#source) };
  }
}

/** A screen would have the browser ask the person again; a file may be large, or what was lost. */
function canReopen({ kind }: PictureRequest): boolean {
  return kind === 'camera' || kind === 'demo';
}
