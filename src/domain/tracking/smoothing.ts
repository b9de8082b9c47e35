import type { BBox } from '../geometry.js';

/** What is remembered of a box between two frames to smooth the next. */
export interface SmoothedBox {
  /** The box to show. */
  readonly bbox: BBox;
  /** Smoothed velocity of centre x, centre y, width and height, in sizes of the object per second. */
  readonly velocity: readonly [number, number, number, number];
  /** Milliseconds on the source's clock. */
  readonly timestamp: number;
}

/** Hertz; what trembles faster is taken for noise while the object is at rest. */
const REST_CUTOFF = 1.2;
/** Hertz per size of the object per second: the faster it moves, the less is smoothed. */
const CUTOFF_PER_SPEED = 3;
const VELOCITY_CUTOFF = 1;
/** A shown edge may lie beside the observed one by this part of the box at most. */
const LARGEST_LAG = 0.1;

/** The first sight of an object: shown as it is. */
export function startSmoothing(bbox: BBox, timestamp: number): SmoothedBox {
  return { bbox, velocity: [0, 0, 0, 0], timestamp };
}

/**
 * The next box to show for an object: calm while it is at rest, close behind
 * while it moves, and never far from what was observed. The 1€ filter on centre
 * and size, with speeds relative to the object's own size so that near and far
 * objects are treated alike.
 *
 * Source: Casiez, Roussel & Vogel 2012, "1€ Filter: A Simple Speed-based
 * Low-pass Filter for Noisy Input in Interactive Systems".
 *
 * @param previous What this function gave for the object's last frame.
 * @param observed Its box in this frame.
 */
export function smooth(previous: SmoothedBox, observed: BBox, timestamp: number): SmoothedBox {
  const seconds = (timestamp - previous.timestamp) / 1000;
  // The same picture again, or another scene: there is nothing to smooth over.
  if (!(seconds > 0)) return startSmoothing(observed, timestamp);
  const before = toCentre(previous.bbox);
  const now = toCentre(observed);
  const sizes = [now[2], now[3], now[2], now[3]] as const;
  const shown: [number, number, number, number] = [...now];
  const velocity: [number, number, number, number] = [0, 0, 0, 0];
  for (const axis of [0, 1, 2, 3] as const) {
    const size = sizes[axis];
    const raw = (now[axis] - before[axis]) / size / seconds;
    velocity[axis] = mix(previous.velocity[axis], raw, gain(VELOCITY_CUTOFF, seconds));
    const cutoff = REST_CUTOFF + CUTOFF_PER_SPEED * Math.abs(velocity[axis]);
    const value = mix(before[axis], now[axis], gain(cutoff, seconds));
    // Half an extent belongs to each edge; both may lag, so each gets half of what is allowed.
    const reach = (axis < 2 ? LARGEST_LAG / 2 : LARGEST_LAG) * size;
    shown[axis] = Math.min(Math.max(value, now[axis] - reach), now[axis] + reach);
  }
  return { bbox: fromCentre(shown), velocity, timestamp };
}

/** How much of a new value a first-order low-pass filter takes in. */
function gain(cutoff: number, seconds: number): number {
  const constant = 1 / (2 * Math.PI * cutoff);
  return 1 / (1 + constant / seconds);
}

function mix(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}

function toCentre([x, y, width, height]: BBox): readonly [number, number, number, number] {
  return [x + width / 2, y + height / 2, width, height];
}

function fromCentre([x, y, width, height]: readonly [number, number, number, number]): BBox {
  return [x - width / 2, y - height / 2, width, height];
}
