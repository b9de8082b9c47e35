import { abortable, throwIfAborted, wait } from '../../src/platform/abort.js';
import type { FrameSource, SourceFrame } from '../../src/platform/frame-source.js';

/** Draws a moment of a scene. @param t Seconds. */
export type Scene = (context: CanvasRenderingContext2D, t: number) => void;

const FRAME_MS = 50;

/** A camera before which a test puts what it likes; every frame is a moment further on. */
export class StageSource implements FrameSource {
  readonly kind = 'camera';
  readonly label = 'Stage';
  readonly element = document.createElement('canvas');
  readonly size = { width: 640, height: 480 };
  readonly facing = 'environment';
  readonly deviceId = undefined;
  readonly handover = undefined;
  scene: Scene;
  frames = 0;
  /** Frames that were given out and not closed. */
  readonly #context: CanvasRenderingContext2D;
  #closed = false;

  constructor(scene: Scene) {
    this.scene = scene;
    this.element.width = this.size.width;
    this.element.height = this.size.height;
    const context = this.element.getContext('2d');
    if (context === null) throw new Error('no 2D canvas');
    this.#context = context;
    scene(context, 0);
  }

  async nextFrame(signal: AbortSignal): Promise<SourceFrame> {
    throwIfAborted(signal);
    await abortable(wait(1), signal);
    if (this.#closed) throw new Error('closed');
    const timestamp = ++this.frames * FRAME_MS;
    this.scene(this.#context, timestamp / 1000);
    return {
      data: new VideoFrame(this.element, { timestamp: timestamp * 1000 }),
      timestamp,
      skipped: 0,
    };
  }

  refresh(): void {
    // It moves by itself.
  }

  play(): void {
    // It moves by itself.
  }

  pause(): void {
    // The picture stays as it is.
  }

  onChange(): () => void {
    return () => undefined;
  }

  onProblem(): () => void {
    return () => undefined;
  }

  close(): void {
    this.#closed = true;
  }
}

/**
 * A photograph that is turned, moved and zoomed about, in front of a wall.
 *
 * @param tint Colour that it is dyed with.
 * @param wall Colour behind it.
 */
export function turning(photo: ImageBitmap, tint?: string, wall = '#787060'): Scene {
  return (context, t) => {
    const { width, height } = context.canvas;
    context.fillStyle = wall;
    context.fillRect(0, 0, width, height);
    const scale = 0.75 + 0.2 * Math.sin(t * 1.7);
    const fit = Math.min(width / photo.width, height / photo.height) * scale;
    context.save();
    context.translate(width / 2 + 40 * Math.sin(t * 2.3), height / 2 + 24 * Math.cos(t * 1.9));
    context.rotate(0.3 * Math.sin(t * 1.3));
    context.scale(fit, fit);
    context.drawImage(photo, -photo.width / 2, -photo.height / 2);
    if (tint !== undefined) {
      context.globalCompositeOperation = 'multiply';
      context.fillStyle = tint;
      context.fillRect(-photo.width / 2, -photo.height / 2, photo.width, photo.height);
    }
    context.restore();
  };
}
