import type { Size } from '../domain/geometry.js';
import { SightlineError } from '../domain/errors.js';
import { abortable, throwIfAborted } from './abort.js';
import { deferred } from './deferred.js';
import type { Deferred } from './deferred.js';
import type { FrameSource, SourceFrame } from './frame-source.js';

/** Largest canvas that every phone can show, in pixels. */
const MAX_SHOWN_PIXELS = 16_777_216;

/** A still picture: given once, and once more whenever it is asked to be. */
export class PhotoSource implements FrameSource {
  readonly kind = 'photo';
  readonly label: string;
  readonly element: HTMLCanvasElement;
  readonly size: Size;
  readonly facing = undefined;
  readonly deviceId = undefined;
  readonly handover = undefined;
  readonly #bitmap: ImageBitmap;
  #due = true;
  #closed: SightlineError | undefined;
  #waiter: Deferred<undefined> | undefined;

  /** @param bitmap Upright; the source takes it over. */
  constructor(bitmap: ImageBitmap, label: string) {
    this.#bitmap = bitmap;
    this.label = label;
    this.size = { width: bitmap.width, height: bitmap.height };
    this.element = canvasShowing(bitmap);
  }

  async nextFrame(signal: AbortSignal): Promise<SourceFrame> {
    for (;;) {
      throwIfAborted(signal);
      if (this.#closed !== undefined) throw this.#closed;
      if (this.#due) break;
      this.#waiter = deferred();
      await abortable(this.#waiter.promise, signal);
    }
    this.#due = false;
    try {
      const data = await abortable(createImageBitmap(this.#bitmap), signal, (late) => {
        late.close();
      });
      return { data, timestamp: 0, skipped: 0 };
    } catch (thrown) {
      throwIfAborted(signal);
      throw new SightlineError('corrupt-image', String(thrown), { cause: thrown });
    }
  }

  refresh(): void {
    this.#due = true;
    this.#wake();
  }

  play(): void {
    // Nothing moves.
  }

  pause(): void {
    // Nothing moves.
  }

  onChange(): () => void {
    return () => undefined;
  }

  onProblem(): () => void {
    return () => undefined;
  }

  close(): void {
    this.#closed = new SightlineError('aborted', 'the source was closed');
    this.#bitmap.close();
    // Gives the memory back at once, even while the element is still referred to.
    this.element.width = 0;
    this.element.height = 0;
    this.#wake();
  }

  #wake(): void {
    this.#waiter?.resolve(undefined);
    this.#waiter = undefined;
  }
}

/** A canvas with the picture, smaller than it only where phones would show nothing at all. */
function canvasShowing(bitmap: ImageBitmap): HTMLCanvasElement {
  const scale = Math.min(1, Math.sqrt(MAX_SHOWN_PIXELS / (bitmap.width * bitmap.height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(bitmap.width * scale));
  canvas.height = Math.max(1, Math.floor(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}
