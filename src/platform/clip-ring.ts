import type { Size } from '../domain/geometry.js';

/**
 * Holds the last seconds of a picture, so that a clip can begin before it was asked for. Times are
 * on the page's clock, milliseconds. Its memory is bounded: seconds of a small picture.
 */
export interface ClipRing {
  /** The next frame; more than `CLIP.framesPerSecond` are left out. */
  add(picture: HTMLCanvasElement, now: number): void;
  /**
   * What was and will be added from one moment to another.
   *
   * @returns `undefined` where there is nothing of it, or `clear` came in between.
   */
  clip(from: number, until: number): Promise<Blob | undefined>;
  /** Forgets all that it holds; clips that wait for more are given up. */
  clear(): void;
  close(): void;
}

export const CLIP = {
  /** Milliseconds before and after the moment that a clip is about. */
  before: 5000,
  after: 5000,
  framesPerSecond: 12,
  /** Pixels of the longer side. */
  longestSide: 640,
  bitsPerSecond: 900_000,
} as const;

/** A picture's size in a clip: encoders want even numbers. */
export function clipSize({ width, height }: Size): Size {
  const scale = Math.min(1, CLIP.longestSide / Math.max(width, height, 1));
  const even = (side: number): number => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
}
