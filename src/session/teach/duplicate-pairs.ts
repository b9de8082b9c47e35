import { DEFAULT_DUPLICATE_LIMITS } from '../../domain/quality/near-duplicate.js';
import type { SplitItem } from '../../domain/quality/split.js';
import { throwIfAborted, wait } from '../../platform/abort.js';

/** An example with what the network knows of it. */
export interface ComparedItem extends SplitItem {
  readonly features: Float32Array;
}

/** Milliseconds of comparing before the page gets its turn. */
const SLICE = 12;
/** Beyond so many, every one is only compared with those nearest to it in the list. */
const MOST_COMPARED = 1500;
/** Numbers that are compared before it is looked whether the rest can still matter. */
const STRIDE = 64;
/** Of directions as alike as that, squared: |a − b|² = 2 (1 − cos). */
const FARTHEST = 2 * (1 - DEFAULT_DUPLICATE_LIMITS.cosine);

/**
 * Pairs of examples of one label that look the same and are not known to belong
 * together anyway. Two things that look the same are no such pair: nobody learns the
 * one by heart from the other. The page stays alive meanwhile.
 */
export async function duplicatePairs(
  items: readonly ComparedItem[],
  signal?: AbortSignal,
): Promise<[number, number][]> {
  const directions = items.map(({ features }) => directionOf(features));
  const pairs: [number, number][] = [];
  let began = performance.now();
  for (const [index, item] of items.entries()) {
    const own = directions[index];
    const first = Math.max(0, index - MOST_COMPARED);
    for (let other = first; other < index; other++) {
      const { label, burst, image } = items[other] ?? item;
      if (label !== item.label || burst === item.burst || image === item.image) continue;
      if (isNear(own, directions[other])) pairs.push([other, index]);
    }
    if (performance.now() - began < SLICE) continue;
    await wait(0, signal);
    began = performance.now();
  }
  throwIfAborted(signal);
  return pairs;
}

/** @returns `undefined` for nothing, which is like nothing else. */
function directionOf(features: Float32Array): Float32Array | undefined {
  let square = 0;
  for (const value of features) square += value * value;
  const length = Math.sqrt(square);
  return length > 0 ? features.map((value) => value / length) : undefined;
}

/** Most pairs are told apart by the first few numbers: the distance only grows. */
function isNear(a: Float32Array | undefined, b: Float32Array | undefined): boolean {
  if (a === undefined || b?.length !== a.length) return false;
  let square = 0;
  for (let from = 0; from < a.length; from += STRIDE) {
    const to = Math.min(a.length, from + STRIDE);
    for (let index = from; index < to; index++) {
      const away = (a[index] ?? 0) - (b[index] ?? 0);
      square += away * away;
    }
    if (!(square <= FARTHEST)) return false;
  }
  return true;
}
