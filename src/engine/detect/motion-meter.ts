import { SightlineError } from '../../domain/errors.js';
import { MOTION_GRID, toLuma } from '../../domain/motion.js';
import { TileRotation } from '../../domain/tile-rotation.js';
import type { BBox, Size } from '../../domain/geometry.js';
import type { FrameData, MotionReport } from '../../protocol/index.js';

/** Least milliseconds between two measurements: a copy of a GPU's picture is not for nothing. */
const INTERVAL = 150;

/** Watches one stream of frames: what moves in it, and which tile should be looked at next. */
export class MotionMeter {
  readonly #context: OffscreenCanvasRenderingContext2D;
  #rotation: TileRotation | undefined;
  #tiles: readonly BBox[] = [];
  /** What the rotation belongs to; another size or other options begin anew. */
  #key = '';
  #measuredAt = -Infinity;

  constructor() {
    const { width, height } = MOTION_GRID;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context) throw new SightlineError('backend-failed', 'no 2D canvas');
    // Averages over more than four pixels of the frame, which takes off the camera's noise.
    context.imageSmoothingQuality = 'medium';
    this.#context = context;
  }

  /**
   * Takes the newest frame of the stream.
   *
   * @param tiles Of the frame; empty where it has none.
   * @param key Whatever the looks depend on besides the picture, in words.
   * @returns What has moved; `undefined` when it was measured only just now.
   */
  measure(frame: FrameData, size: Size, tiles: readonly BBox[], key: string): number | undefined {
    const whole = `${size.width}x${size.height} ${key}`;
    if (this.#key !== whole || this.#rotation === undefined) {
      this.#key = whole;
      this.#tiles = tiles;
      this.#rotation = new TileRotation(tiles, size);
      this.#measuredAt = -Infinity;
    }
    const now = performance.now();
    if (now - this.#measuredAt < INTERVAL) return undefined;
    this.#measuredAt = now;
    const { width, height } = MOTION_GRID;
    this.#context.drawImage(frame, 0, 0, width, height);
    return this.#rotation.measure(toLuma(this.#context.getImageData(0, 0, width, height).data));
  }

  /** The tile whose turn it is; `undefined` when all is still. */
  nextTile(): BBox | undefined {
    const index = this.#rotation?.next(performance.now());
    return index === undefined ? undefined : this.#tiles[index];
  }

  /** @param share As `measure` gave it. */
  report(share: number | undefined): MotionReport | undefined {
    if (share === undefined || this.#rotation === undefined) return undefined;
    const due = new Set(this.#rotation.due);
    const stale = this.#tiles.filter((_, index) => due.has(index));
    return { share, stale };
  }
}
