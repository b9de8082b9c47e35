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
    const own = directions[index] ?? new Float32Array();
    const first = Math.max(0, index - MOST_COMPARED);
    for (let other = first; other < index; other++) {
      const { label, burst, image } = items[other] ?? item;
      if (label !== item.label || burst === item.burst || image === item.image) continue;
      if (dot(own, directions[other] ?? own) >= DEFAULT_DUPLICATE_LIMITS.cosine) {
        pairs.push([other, index]);
      }
    }
    if (performance.now() - began < SLICE) continue;
    await wait(0, signal);
    began = performance.now();
  }
  throwIfAborted(signal);
  return pairs;
}

function directionOf(features: Float32Array): Float32Array {
  const length = Math.sqrt(dot(features, features));
  return length === 0 ? features : features.map((value) => value / length);
}

function dot(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
