import type { BBox, Size } from '../geometry.js';
import { anchorPoint } from './anchor.js';
import { isAbout, type CrossingDirection, type Line } from './config.js';
import type { Occasion, WatchEvent } from './events.js';
import type { Point } from './polygon.js';
import { increase, NOTHING, sum } from './zone-membership.js';

/** -1 or 1; from -1 to 1 is out, the other way is in. */
type Side = -1 | 1;

/** How one object stands to one line. */
interface Standing {
  /** The side it was last surely on. */
  side: Side | undefined;
  /** The anchor when last seen, as parts of the picture. */
  anchor: Point;
  /** Whether it went over the line itself, and not past one of its ends, when it last changed sides. */
  isOver: boolean;
  /** Frames in a row on the other side. */
  streak: number;
}

/** A line in pixels: where it starts, and how far it goes each way. */
interface Pixels extends Size {
  readonly line: Line;
  readonly sx: number;
  readonly sy: number;
  readonly ax: number;
  readonly ay: number;
  readonly length: number;
}

/** Numbers of one line. */
export interface LineCounts {
  readonly inCount: number;
  readonly outCount: number;
  readonly inCountByLabel: ReadonlyMap<string, number>;
  readonly outCountByLabel: ReadonlyMap<string, number>;
}

/**
 * An object has changed sides when its anchor is beyond the line by this part of
 * its own extent across the line. Boxes tremble by some hundredths of their size.
 */
const MARGIN = 0.12;
/** The same for the side on which an object is first seen. */
const FIRST_MARGIN = 0.06;
/** Crossings this part of the line's length past its ends still count: people draw short. */
const OVERHANG = 0.02;

/**
 * Counts who crosses one line. Unlike supervision's `LineZone`, which takes any
 * change of the sign, an object has to get clear of the line, so that one that
 * stands on it is not counted again and again, and it has to go over the line
 * between its ends on the way, however few frames there are of that.
 */
export class LineCrossing {
  #line: Line;
  readonly #standings = new Map<number, Standing>();
  #in = new Map<string, number>();
  #out = new Map<string, number>();
  #kept: Pixels | undefined;

  constructor(line: Line) {
    this.#line = line;
  }

  get line(): Line {
    return this.#line;
  }

  /** Counts go on; of a line that was moved nobody knows any more who stood where. */
  set line(line: Line) {
    const isMoved = String([line.start, line.end, line.anchor]) !== String(this.#geometry);
    if (isMoved) this.#standings.clear();
    this.#line = line;
  }

  get counts(): LineCounts {
    return {
      inCount: sum(this.#in),
      outCount: sum(this.#out),
      inCountByLabel: new Map(this.#in),
      outCountByLabel: new Map(this.#out),
    };
  }

  resetCounts(): void {
    this.#in = new Map();
    this.#out = new Map();
  }

  /** One object was seen. */
  see(occasion: Occasion): readonly WatchEvent[] {
    const { trackId, label, bbox, frame } = occasion;
    if (!isAbout(this.#line.objects, label)) return NOTHING;
    const anchor = anchorPoint(bbox, frame, this.#line.anchor);
    const before = this.#standings.get(trackId);
    const { distance, margin } = this.#measure(anchor, bbox, frame);
    const raw: Side = distance < 0 ? -1 : 1;
    if (before === undefined) {
      const side = Math.abs(distance) >= margin * (FIRST_MARGIN / MARGIN) ? raw : undefined;
      this.#standings.set(trackId, { side, anchor, isOver: false, streak: 0 });
      return NOTHING;
    }
    const over = this.#passes(before.anchor, anchor, frame);
    if (over !== undefined) before.isOver = over;
    before.anchor = anchor;
    const isClear = Math.abs(distance) >= margin;
    if (before.side === undefined) {
      if (isClear) before.side = raw;
      return NOTHING;
    }
    before.streak = raw === before.side ? 0 : before.streak + 1;
    const isEnough = before.streak >= this.#line.minimumCrossingThreshold;
    if (raw === before.side || !isClear || !isEnough) return NOTHING;
    before.side = raw;
    before.streak = 0;
    return before.isOver ? [this.#cross(occasion, raw === 1 ? 'out' : 'in')] : NOTHING;
  }

  /** One object is followed no longer. */
  end(trackId: number): void {
    this.#standings.delete(trackId);
  }

  #cross(occasion: Occasion, direction: CrossingDirection): WatchEvent {
    increase(direction === 'in' ? this.#in : this.#out, occasion.label);
    const { id, name } = this.#line;
    return { ...occasion, kind: 'line-crossed', line: { id, name }, direction };
  }

  /** The line in pixels of a frame; kept as long as neither changes. */
  #pixels(frame: Size): Pixels {
    const { start, end } = this.#line;
    const kept = this.#kept;
    const isSame = kept?.width === frame.width && kept.height === frame.height;
    if (isSame && kept.line === this.#line) return kept;
    const { width, height } = frame;
    const [sx, sy] = [start[0] * width, start[1] * height];
    const [ax, ay] = [end[0] * width - sx, end[1] * height - sy];
    const pixels = { line: this.#line, width, height, sx, sy, ax, ay, length: Math.hypot(ax, ay) };
    this.#kept = pixels;
    return pixels;
  }

  /** Signed distance from the line, positive to the right of it, and how much of it counts; pixels. */
  #measure(anchor: Point, bbox: BBox, frame: Size): { distance: number; margin: number } {
    const { sx, sy, ax, ay, length } = this.#pixels(frame);
    const [nx, ny] = [-ay / length, ax / length];
    const distance = (anchor[0] * frame.width - sx) * nx + (anchor[1] * frame.height - sy) * ny;
    return { distance, margin: MARGIN * (Math.abs(nx) * bbox[2] + Math.abs(ny) * bbox[3]) };
  }

  /**
   * Whether the way from one place to the next leads over the line (`true`), past one
   * of its ends (`false`), or stays on one side (`undefined`).
   */
  #passes(from: Point, to: Point, frame: Size): boolean | undefined {
    const { sx, sy, ax, ay, length } = this.#pixels(frame);
    const fx = from[0] * frame.width - sx;
    const fy = from[1] * frame.height - sy;
    const tx = to[0] * frame.width - sx;
    const ty = to[1] * frame.height - sy;
    const sideFrom = ax * fy - ay * fx;
    const sideTo = ax * ty - ay * tx;
    if (sideFrom < 0 === sideTo < 0) return undefined;
    const part = sideFrom / (sideFrom - sideTo);
    const along = (fx + part * (tx - fx)) * ax + (fy + part * (ty - fy)) * ay;
    const place = along / length ** 2;
    return place >= -OVERHANG && place <= 1 + OVERHANG;
  }

  get #geometry(): readonly unknown[] {
    const { start, end, anchor } = this.#line;
    return [start, end, anchor];
  }
}
