import type { BBox, Size } from '../domain/geometry.js';
import type { FrameData } from '../protocol/index.js';

/** Learnt from so often: more costs frames and shows no more, in milliseconds. */
const EVERY_MS = 200;
/** How much of a frame goes into what is remembered: who passes unnoticed fades in seconds. */
const SHARE = 0.12;
/** Pixels of its longer side; what stands behind somebody need not be sharp. */
const LONGEST_SIDE = 960;

/**
 * What a scene looks like where nothing is in front of it. Only pixels outside of all regions are
 * learnt from, and each frame weighs little.
 */
export class BackgroundMemory {
  #canvas: OffscreenCanvas | undefined;
  #learntAt = -Infinity;

  forget(): void {
    this.#canvas = undefined;
    this.#learntAt = -Infinity;
  }

  /** @param regions Not to be learnt from, in pixels of a picture of `size`. */
  learn(frame: FrameData, regions: readonly BBox[], size: Size): void {
    const now = performance.now();
    if (now - this.#learntAt < EVERY_MS) return;
    this.#learntAt = now;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(size.width, size.height));
    this.#canvas ??= new OffscreenCanvas(
      Math.max(1, Math.round(size.width * scale)),
      Math.max(1, Math.round(size.height * scale)),
    );
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    context.save();
    // One path each: where two regions overlap, even-odd would let them through.
    for (const [x, y, wide, high] of regions) {
      const outside = new Path2D();
      outside.rect(0, 0, width, height);
      const [left, top] = [Math.floor(x * scale) - 1, Math.floor(y * scale) - 1];
      const [right, bottom] = [
        Math.ceil((x + wide) * scale) + 1,
        Math.ceil((y + high) * scale) + 1,
      ];
      outside.rect(left, top, right - left, bottom - top);
      context.clip(outside, 'evenodd');
    }
    context.globalAlpha = SHARE;
    context.drawImage(frame, 0, 0, width, height);
    context.restore();
  }

  /** @param from In pixels of a picture of the size that was learnt with. */
  draw(
    context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    from: BBox,
    [x, y, width, height]: BBox,
    size: Size,
  ): void {
    if (this.#canvas === undefined) return;
    const [across, down] = [this.#canvas.width / size.width, this.#canvas.height / size.height];
    context.drawImage(
      this.#canvas,
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
}
