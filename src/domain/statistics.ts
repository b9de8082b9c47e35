/** An estimate and the interval that it lies in with 95 % confidence. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

/** The middle value; of an even number the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @param fraction 0 to 1; between two values it is interpolated linearly. NaN for no values. */
export function quantile(values: readonly number[], fraction: number): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const position = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position % 1);
}

/**
 * How many times as long one thing takes as another, from measurements made in
 * pairs one right after the other: the median of the paired ratios, with a
 * percentile bootstrap interval (Efron 1979). What slows the whole machine for
 * a while slows both of a pair and leaves their ratio alone; an outlier in one
 * of them moves the median little.
 *
 * @param measured One per pair, like `baseline`; both positive.
 * @param seed The same numbers give the same interval.
 * @throws RangeError when the lengths differ or nothing was measured.
 */
export function pairedRatio(
  measured: readonly number[],
  baseline: readonly number[],
  seed = 1,
): Estimate {
  if (measured.length !== baseline.length || measured.length === 0) {
    throw new RangeError(`${measured.length} measurements beside ${baseline.length}`);
  }
  const ratios = measured.map((value, index) => value / (baseline[index] ?? NaN));
  const random = seededRandom(seed);
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(ratios.map(() => ratios[Math.floor(random() * ratios.length)] ?? NaN)),
  );
  return {
    value: median(ratios),
    low: quantile(medians, 0.025),
    high: quantile(medians, 0.975),
  };
}

/**
 * Who goes when: every round has all contestants, and each round goes through
 * them the other way round (A B C, C B A, …), so that nobody profits from a
 * machine that grows warmer or from following the same neighbour.
 */
export function mirroredOrder<Contestant>(
  contestants: readonly Contestant[],
  round: number,
): Contestant[] {
  return round % 2 === 0 ? [...contestants] : [...contestants].reverse();
}

/** Numbers in [0, 1) that only the seed decides (mulberry32 by Tommy Ettinger, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
