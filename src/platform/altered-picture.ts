import type { BBox, Size } from '../domain/geometry.js';
import { BACKGROUND_CELLS_ACROSS, CELLS_ACROSS, grain } from '../domain/privacy/grain.js';
import type { PrivacyOptions } from '../domain/privacy/options.js';
import type { PrivacyPlan } from '../domain/privacy/planner.js';
import type { FrameData } from '../protocol/index.js';
import { BackgroundMemory } from './background-memory.js';
import { frameSize } from './snapshot.js';
import { softMask } from './soft-mask.js';

/** What stands where nothing may be seen. */
export const PLAIN = '#39424e';
/** Largest canvas that every phone can show, in pixels. */
const MOST_PIXELS = 16_777_216;
/** How far a soft edge reaches beyond what it hides, as a part of its size. */
const FEATHER = 0.12;
/** What fades out is made this large, in pixels of its longer side: it has no detail to lose. */
const SOFT_PATCH = 160;

/**
 * A canvas with frames on it, altered.
 *
 * Everything is `drawImage` from canvas to canvas, which browsers do on the GPU where there is one;
 * no pixel is read back. Blur and pixels are made by shrinking to a few averages and enlarging those
 * again, smoothly or not: `CanvasRenderingContext2D.filter` is missing in Safari, and a Gaussian
 * could be computed back.
 */
export class AlteredPicture {
  readonly canvas = document.createElement('canvas');
  readonly #context = context2d(this.canvas);
  /** The few averages. */
  readonly #few = new Scratch();
  /** An altered region on its way to the canvas, where its edges are soft. */
  readonly #patch = new Scratch();
  readonly #memory = new BackgroundMemory();

  /** Shows nothing of anything. */
  coverAll(size: Size = this.canvas): void {
    this.#fit(size);
    this.#context.fillStyle = PLAIN;
    this.#context.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** What was remembered of another place is of no use here. */
  forget(): void {
    this.#memory.forget();
  }

  /** Shows a frame as it is. */
  showPlain(frame: FrameData): void {
    this.#fit(frameSize(frame));
    this.#context.drawImage(frame, 0, 0, this.canvas.width, this.canvas.height);
  }

  /**
   * Shows a frame, altered.
   *
   * @param plan Made for this very frame.
   */
  show(frame: FrameData, plan: PrivacyPlan, options: PrivacyOptions): void {
    const size = frameSize(frame);
    if (plan.whole) {
      this.coverAll(size);
      return;
    }
    this.#fit(size);
    const regions = plan.regions.map((region) => this.#toOwn(region, size));
    // Learnt before it is drawn: the canvas is never wholly unaltered.
    if (options.style === 'cut-out') this.#memory.learn(frame, regions, this.canvas);
    if (options.part === 'background') this.#showObjects(frame, regions, options);
    else this.#showOthers(frame, regions, options);
  }

  /** All of it is freed; it is of no use any more. */
  close(): void {
    this.canvas.width = 0;
    this.canvas.height = 0;
    this.#few.close();
    this.#patch.close();
    this.#memory.forget();
  }

  /** Everything as it is but the regions. */
  #showOthers(frame: FrameData, regions: readonly BBox[], options: PrivacyOptions): void {
    const { width, height } = this.canvas;
    this.#context.drawImage(frame, 0, 0, width, height);
    const isSoft = options.shape === 'soft';
    for (const region of regions) {
      if (isSoft) this.#alterSoftly(frame, region, options);
      else this.#alter(this.#context, frame, region, region, options, CELLS_ACROSS);
    }
  }

  /** Nothing as it is but the regions. */
  #showObjects(frame: FrameData, regions: readonly BBox[], options: PrivacyOptions): void {
    const { width, height } = this.canvas;
    const all: BBox = [0, 0, width, height];
    this.#alter(this.#context, frame, all, all, options, BACKGROUND_CELLS_ACROSS);
    for (const region of regions) {
      const [x, y, w, h] = region;
      if (options.shape === 'box') {
        this.#draw(this.#context, frame, region, region);
      } else {
        const patch = this.#patch.clear(w, h);
        this.#draw(patch, frame, region, [0, 0, w, h]);
        this.#mask(patch, w, h);
        this.#context.drawImage(this.#patch.canvas, 0, 0, w, h, x, y, w, h);
      }
    }
  }

  /** Fades out around the region; all of the region itself is altered. */
  #alterSoftly(frame: FrameData, region: BBox, options: PrivacyOptions): void {
    const [x, y, width, height] = region;
    // The mask is opaque but for `FEATHER` of its own size on each side.
    const [across, down] = [width, height].map((side) => (side * FEATHER) / (1 - 2 * FEATHER));
    const left = x - (across ?? 0);
    const top = y - (down ?? 0);
    const outer: BBox = [left, top, width + 2 * (across ?? 0), height + 2 * (down ?? 0)];
    const scale = Math.min(1, SOFT_PATCH / Math.max(outer[2], outer[3]));
    const [w, h] = [Math.ceil(outer[2] * scale), Math.ceil(outer[3] * scale)];
    const patch = this.#patch.clear(w, h);
    this.#alter(patch, frame, outer, [0, 0, w, h], options, CELLS_ACROSS);
    this.#mask(patch, w, h);
    this.#context.drawImage(this.#patch.canvas, 0, 0, w, h, outer[0], outer[1], outer[2], outer[3]);
    // Where the mask is opaque only nearly, for rounding, the box itself is altered once more.
    this.#alter(this.#context, frame, region, region, options, CELLS_ACROSS);
  }

  #mask(patch: OffscreenCanvasRenderingContext2D, width: number, height: number): void {
    patch.globalCompositeOperation = 'destination-in';
    patch.drawImage(softMask(FEATHER), 0, 0, width, height);
    patch.globalCompositeOperation = 'source-over';
  }

  /** @param from Region of the canvas. @param to Where it goes to, of any context. */
  #alter(
    context: Context,
    frame: FrameData,
    from: BBox,
    to: BBox,
    { style }: PrivacyOptions,
    across: number,
  ): void {
    const [x, y, width, height] = to;
    // Under everything else: what is transparent must not show what was there.
    context.fillStyle = PLAIN;
    context.fillRect(x, y, width, height);
    if (style === 'cover') return;
    if (style === 'cut-out') {
      this.#memory.draw(context, from, to, this.canvas);
      return;
    }
    const cells = grain({ width, height }, across);
    const few = this.#few.clear(cells.width, cells.height);
    few.fillStyle = PLAIN;
    few.fillRect(0, 0, cells.width, cells.height);
    this.#draw(few, frame, from, [0, 0, cells.width, cells.height]);
    context.imageSmoothingEnabled = style === 'blur';
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.#few.canvas, 0, 0, cells.width, cells.height, x, y, width, height);
    context.imageSmoothingEnabled = true;
  }

  /** Part of the frame, told in pixels of the canvas. */
  #draw(context: Context, frame: FrameData, from: BBox, [x, y, width, height]: BBox): void {
    const size = frameSize(frame);
    const [across, down] = [size.width / this.canvas.width, size.height / this.canvas.height];
    context.imageSmoothingQuality = 'medium';
    context.drawImage(
      frame,
      from[0] * across,
      from[1] * down,
      from[2] * across,
      from[3] * down,
      x,
      y,
      width,
      height,
    );
  }

  #toOwn([x, y, width, height]: BBox, size: Size): BBox {
    const [across, down] = [this.canvas.width / size.width, this.canvas.height / size.height];
    if (across === 1 && down === 1) return [x, y, width, height];
    const [left, top] = [Math.floor(x * across), Math.floor(y * down)];
    const [right, bottom] = [Math.ceil((x + width) * across), Math.ceil((y + height) * down)];
    return [left, top, right - left, bottom - top];
  }

  #fit({ width, height }: Size): void {
    const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
    const own = {
      width: Math.max(1, Math.floor(width * scale)),
      height: Math.max(1, Math.floor(height * scale)),
    };
    if (this.canvas.width === own.width && this.canvas.height === own.height) return;
    this.canvas.width = own.width;
    this.canvas.height = own.height;
    this.forget();
  }
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

function context2d(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('there is no 2D canvas');
  return context;
}

/** A canvas that is used over and over; it grows, but seldom. */
class Scratch {
  readonly canvas = new OffscreenCanvas(1, 1);
  readonly #context = this.canvas.getContext('2d');

  /** Its first so many pixels, transparent. */
  clear(width: number, height: number): OffscreenCanvasRenderingContext2D {
    if (this.#context === null) throw new Error('there is no 2D canvas');
    const [wide, high] = [Math.ceil(width), Math.ceil(height)];
    if (this.canvas.width < wide) this.canvas.width = wide;
    if (this.canvas.height < high) this.canvas.height = high;
    this.#context.clearRect(0, 0, wide, high);
    return this.#context;
  }

  close(): void {
    this.canvas.width = 1;
    this.canvas.height = 1;
  }
}
