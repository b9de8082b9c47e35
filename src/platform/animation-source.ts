import type { ImageFormat } from '../domain/file-format.js';
import { IMAGE_MEDIA_TYPES } from '../domain/file-format.js';
import { SightlineError } from '../domain/errors.js';
import type { Size } from '../domain/geometry.js';
import { assertPictureSize } from '../domain/picture-limits.js';
import { abortable, abortError, throwIfAborted, wait } from './abort.js';
import { deferred } from './deferred.js';
import type { Deferred } from './deferred.js';
import type { FrameSource, SourceFrame } from './frame-source.js';

/** Browsers show images that claim to last no longer than this for `DEFAULT_DURATION`; milliseconds. */
const SHORTEST_DURATION = 10;
const DEFAULT_DURATION = 100;

/**
 * An animated picture (GIF, WebP, AVIF, PNG), played in a loop on a canvas.
 * Its clock is media time, from the start of each round.
 */
export class AnimationSource implements FrameSource {
  readonly kind = 'video';
  readonly label: string;
  readonly element = document.createElement('canvas');
  readonly size: Size;
  readonly facing = undefined;
  readonly deviceId = undefined;
  readonly handover = undefined;
  readonly #decoder: ImageDecoder;
  readonly #closing = new AbortController();
  /** Images that can be decoded; falls when a truncated file turns out to have fewer. */
  #count: number;
  /** The image on the canvas. */
  #index = 0;
  /** Media time of the image on the canvas, milliseconds. */
  #time = 0;
  #duration: number;
  #fresh = true;
  #shown = 1;
  #playing: AbortController | undefined;
  #waiter: Deferred<undefined> | undefined;

  /**
   * @param decoder Has all its data; the source takes it over.
   * @param first Its first image; the source takes it over.
   */
  constructor(decoder: ImageDecoder, count: number, first: VideoFrame, label: string) {
    this.#decoder = decoder;
    this.#count = count;
    this.label = label;
    this.size = { width: first.displayWidth, height: first.displayHeight };
    this.element.width = first.displayWidth;
    this.element.height = first.displayHeight;
    this.#duration = this.#draw(first);
  }

  async nextFrame(signal: AbortSignal): Promise<SourceFrame> {
    while (!this.#fresh) {
      throwIfAborted(signal);
      throwIfAborted(this.#closing.signal);
      this.#waiter = deferred();
      await abortable(this.#waiter.promise, signal);
    }
    throwIfAborted(signal);
    throwIfAborted(this.#closing.signal);
    const skipped = this.#shown - 1;
    const timestamp = this.#time;
    this.#fresh = false;
    this.#shown = 0;
    const data = await abortable(createImageBitmap(this.element), signal, (late) => {
      late.close();
    });
    return { data, timestamp, skipped };
  }

  refresh(): void {
    // The next image is on its way anyway.
  }

  play(): void {
    if (this.#playing !== undefined || this.#closing.signal.aborted) return;
    this.#playing = new AbortController();
    this.#run(this.#playing.signal).catch(() => undefined);
  }

  pause(): void {
    this.#playing?.abort();
    this.#playing = undefined;
  }

  onChange(): () => void {
    return () => undefined;
  }

  onProblem(): () => void {
    return () => undefined;
  }

  close(): void {
    this.pause();
    this.#closing.abort();
    this.#decoder.close();
    this.element.width = 0;
    this.element.height = 0;
    this.#wake();
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (this.#count > 1) {
      await wait(this.#duration, signal);
      const image = await this.#decodeNext(signal);
      if (image === undefined) continue;
      // In a hidden tab there is no next animation frame, so the animation waits as well.
      await nextAnimationFrame();
      if (signal.aborted) image.close();
      throwIfAborted(signal);
      this.#time = this.#index === 0 ? 0 : this.#time + this.#duration;
      this.#duration = this.#draw(image);
      this.#fresh = true;
      this.#shown++;
      this.#wake();
    }
  }

  /** @returns `undefined` at the end of a truncated file, which starts over. */
  async #decodeNext(signal: AbortSignal): Promise<VideoFrame | undefined> {
    const index = (this.#index + 1) % this.#count;
    try {
      const { image } = await this.#decoder.decode({ frameIndex: index });
      if (signal.aborted) image.close();
      throwIfAborted(signal);
      this.#index = index;
      return image;
    } catch (thrown) {
      throwIfAborted(signal);
      if (index === 0) throw thrown;
      this.#count = index;
      return undefined;
    }
  }

  /** @returns How long the image is to be seen, in milliseconds. */
  #draw(image: VideoFrame): number {
    const context = this.element.getContext('2d');
    context?.clearRect(0, 0, this.element.width, this.element.height);
    context?.drawImage(image, 0, 0, this.element.width, this.element.height);
    const duration = (image.duration ?? 0) / 1000;
    image.close();
    return duration <= SHORTEST_DURATION ? DEFAULT_DURATION : duration;
  }

  #wake(): void {
    this.#waiter?.resolve(undefined);
    this.#waiter = undefined;
  }
}

/**
 * Opens a picture as an animation.
 *
 * @returns `undefined` where it is a still one, or this browser cannot take it apart.
 * @throws SightlineError `picture-empty`, `picture-too-large` or `aborted`.
 */
export async function openAnimation(
  file: Blob,
  format: ImageFormat,
  label: string,
  signal: AbortSignal,
): Promise<AnimationSource | undefined> {
  const type = IMAGE_MEDIA_TYPES[format];
  if (typeof ImageDecoder !== 'function' || !(await ImageDecoder.isTypeSupported(type))) {
    return undefined;
  }
  const decoder = new ImageDecoder({ data: await file.arrayBuffer(), type });
  let first: VideoFrame | undefined;
  try {
    await abortable(decoder.tracks.ready, signal);
    await abortable(decoder.completed, signal);
    const track = decoder.tracks.selectedTrack;
    if (track === null || !track.animated || track.frameCount < 2) {
      decoder.close();
      return undefined;
    }
    first = (await decoder.decode({ frameIndex: 0 })).image;
    if (signal.aborted) throw abortError();
    assertPictureSize({ width: first.displayWidth, height: first.displayHeight });
    return new AnimationSource(decoder, track.frameCount, first, label);
  } catch (thrown) {
    first?.close();
    decoder.close();
    if (thrown instanceof SightlineError) throw thrown;
    // Whoever decodes stills may be more forgiving, and has the last word.
    return undefined;
  }
}

function nextAnimationFrame(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(resolve);
  });
}
