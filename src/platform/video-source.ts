import { SightlineError } from '../domain/errors.js';
import type { Size } from '../domain/geometry.js';
import type { FrameSource, Handover, SourceFrame } from './frame-source.js';
import { Listeners } from './listeners.js';
import { emptyVideo, tryToPlay } from './video-element.js';
import { VideoPuller } from './video-puller.js';

export interface VideoSourceOptions {
  readonly kind: 'camera' | 'screen' | 'demo' | 'video';
  readonly label: string;
  /** Has its first frame; the source takes it over. */
  readonly video: HTMLVideoElement;
  /** Runs once, when the source is closed. */
  readonly release?: () => void;
}

/** Frames of a video element: a clip, a shared screen, or (see `CameraSource`) a camera. */
export class VideoSource implements FrameSource {
  readonly kind: VideoSourceOptions['kind'];
  readonly element: HTMLVideoElement;
  readonly #puller: VideoPuller;
  readonly #release: (() => void) | undefined;
  readonly #changes = new Listeners<undefined>();
  readonly #problems = new Listeners<SightlineError | undefined>();
  #label: string;
  #playing = false;
  #closed = false;

  constructor(options: VideoSourceOptions) {
    this.kind = options.kind;
    this.element = options.video;
    this.#label = options.label;
    this.#release = options.release;
    const isLive = options.kind === 'camera' || options.kind === 'screen';
    this.#puller = new VideoPuller(this.element, isLive ? 'capture' : 'media');
    this.element.addEventListener('resize', this.#onResize);
    this.element.addEventListener('error', this.#onError);
    this.element.addEventListener('pause', this.#onPause);
    this.element.pause();
  }

  get label(): string {
    return this.#label;
  }

  get size(): Size {
    return { width: this.element.videoWidth, height: this.element.videoHeight };
  }

  get facing(): 'user' | 'environment' | undefined {
    return undefined;
  }

  get deviceId(): string | undefined {
    return undefined;
  }

  get handover(): Handover | undefined {
    return undefined;
  }

  nextFrame(signal: AbortSignal): Promise<SourceFrame> {
    return this.#puller.next(signal);
  }

  refresh(): void {
    // The next frame is on its way anyway.
  }

  play(): void {
    this.#playing = true;
    tryToPlay(this.element);
  }

  pause(): void {
    this.#playing = false;
    this.element.pause();
  }

  onChange(listener: () => void): () => void {
    return this.#changes.add(listener);
  }

  onProblem(listener: (problem: SightlineError | undefined) => void): () => void {
    return this.#problems.add(listener);
  }

  /** No frame will come any more; whoever asks is told why. */
  end(reason: SightlineError): void {
    this.#puller.end(reason);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#puller.end(new SightlineError('aborted', 'the source was closed'));
    this.element.removeEventListener('resize', this.#onResize);
    this.element.removeEventListener('error', this.#onError);
    this.element.removeEventListener('pause', this.#onPause);
    emptyVideo(this.element);
    this.#changes.clear();
    this.#problems.clear();
    this.#release?.();
  }

  protected get closed(): boolean {
    return this.#closed;
  }

  protected changed(label = this.#label): void {
    this.#label = label;
    this.#changes.emit(undefined);
  }

  protected trouble(problem: SightlineError | undefined): void {
    this.#problems.emit(problem);
  }

  /** Shows another stream in the same element. */
  protected show(stream: MediaStream): void {
    this.#puller.restart();
    this.element.srcObject = stream;
    tryToPlay(this.element);
    // A paused element would stay black: it shows one picture of the new stream.
    this.element.addEventListener('loadeddata', this.#onNewStream, { once: true });
  }

  readonly #onNewStream = (): void => {
    if (!this.#playing) this.element.pause();
  };

  readonly #onResize = (): void => {
    this.changed();
  };

  /** An element that is taken off the page is paused by the browser; its frames are wanted as before. */
  readonly #onPause = (): void => {
    const isOffPage = !this.element.isConnected && !this.element.ended;
    if (this.#playing && isOffPage) tryToPlay(this.element);
  };

  readonly #onError = (): void => {
    this.end(new SightlineError('corrupt-video', this.element.error?.message));
  };
}
