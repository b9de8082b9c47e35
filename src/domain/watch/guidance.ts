import type { BBox, Size } from '../geometry.js';
import type { TrackedDetection } from '../tracking/track.js';

/** Where a thing is for who holds the camera. */
export interface Guidance {
  /** From -1, the left edge of the picture as it is seen, to 1. */
  readonly pan: number;
  /** From -1, the lower edge, to 1. */
  readonly rise: number;
  /** How much of the picture's longer side it fills at the most, 0 to 1. */
  readonly nearness: number;
  readonly side: 'left' | 'ahead' | 'right';
  readonly height: 'above' | 'level' | 'below';
  readonly isClose: boolean;
}

/** Beyond this it is left or right, above or below; back again it takes a little more. */
const EDGE = 0.3;
const SLACK = 0.08;
/** It fills so much of the picture when it is within reach. */
const CLOSE = 0.5;

/**
 * Where a box is.
 *
 * @param before What was said last: a thing on the rim does not go left and right in turn.
 */
export function guidanceTo(
  [x, y, width, height]: BBox,
  frame: Size,
  isMirrored: boolean,
  before?: Guidance,
): Guidance {
  const clamp = (value: number): number => Math.min(1, Math.max(-1, value));
  const across = clamp((2 * (x + width / 2)) / frame.width - 1);
  const pan = isMirrored ? -across : across;
  const rise = clamp(1 - (2 * (y + height / 2)) / frame.height);
  const nearness = Math.min(1, Math.max(width / frame.width, height / frame.height));
  const side = sign(pan, before === undefined ? 0 : SIDES[before.side]);
  const level = sign(rise, before === undefined ? 0 : LEVELS[before.height]);
  return {
    pan,
    rise,
    nearness,
    side: side < 0 ? 'left' : side > 0 ? 'right' : 'ahead',
    height: level < 0 ? 'below' : level > 0 ? 'above' : 'level',
    isClose: nearness >= (before?.isClose === true ? CLOSE - SLACK : CLOSE),
  };
}

const SIDES = { left: -1, ahead: 0, right: 1 } as const;
const LEVELS = { below: -1, level: 0, above: 1 } as const;

/** -1, 0 or 1, where it stays what it was until that is clearly over. */
function sign(value: number, before: -1 | 0 | 1): -1 | 0 | 1 {
  const edge = (way: -1 | 1): number => (before === way ? EDGE - SLACK : EDGE);
  if (value <= -edge(-1)) return -1;
  return value >= edge(1) ? 1 : 0;
}

/** What a finder tells: searching before anything was seen, lost when it went out of the picture. */
export type Finding =
  | { readonly kind: 'searching' }
  | { readonly kind: 'lost'; readonly last: Guidance }
  | { readonly kind: 'found'; readonly guidance: Guidance };

/** Milliseconds that it may be out of sight before it is lost: detectors blink. */
const PATIENCE = 1500;

/** Leads to one kind of thing. */
export class Finder {
  readonly label: string;
  #finding: Finding = { kind: 'searching' };
  #trackId: number | undefined;
  #seenAt = -Infinity;

  /** @param label Canonical, or the name that a taught head has for it. */
  constructor(label: string) {
    this.label = label;
  }

  get finding(): Finding {
    return this.#finding;
  }

  /**
   * Takes what one frame has brought.
   *
   * @param timestamp Milliseconds on any clock that goes forward.
   */
  see(
    detections: readonly TrackedDetection[],
    frame: Size,
    isMirrored: boolean,
    timestamp: number,
  ): Finding {
    const those = detections.filter(({ class: label }) => label === this.label);
    // The one that it leads to already; else the nearest, which is the largest.
    const area = ({ bbox }: TrackedDetection): number => bbox[2] * bbox[3];
    const target =
      those.find(({ trackId }) => trackId === this.#trackId) ??
      [...those].sort((a, b) => area(b) - area(a))[0];
    const before = this.#finding.kind === 'found' ? this.#finding.guidance : undefined;
    if (target !== undefined) {
      this.#trackId = target.trackId;
      this.#seenAt = timestamp;
      const guidance = guidanceTo(target.bbox, frame, isMirrored, before);
      this.#finding = { kind: 'found', guidance };
    } else if (before !== undefined && timestamp - this.#seenAt > PATIENCE) {
      this.#trackId = undefined;
      this.#finding = { kind: 'lost', last: before };
    }
    return this.#finding;
  }
}

/** How the tone for a place sounds. */
export interface GuideTone {
  /** -1 left to 1 right. */
  readonly pan: number;
  /** Hertz: an octave higher at the top of the picture, one lower at the bottom. */
  readonly frequency: number;
  /** Milliseconds from one tone to the next: the nearer to the middle, the quicker. */
  readonly interval: number;
}

const MIDDLE_HERTZ = 523;

export function guideTone({ pan, rise, isClose }: Guidance): GuideTone {
  const off = Math.min(1, Math.hypot(pan, rise));
  return {
    pan,
    frequency: MIDDLE_HERTZ * 2 ** rise,
    interval: isClose && off < EDGE ? 120 : 180 + 520 * off,
  };
}
