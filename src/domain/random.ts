/** A source of numbers that look random and are the same for the same seed. */
export interface RandomNumbers {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /** A whole number in [0, limit). */
  below(limit: number): number;
}

/**
 * Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough for
 * initial weights and for shuffling, and identical on every machine.
 *
 * @param seed A whole number, 0 to 2^32 - 1.
 */
export function randomNumbers(seed: number): RandomNumbers {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    // Box and Muller; 1 - u keeps the logarithm away from 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    below: (limit) => Math.floor(uniform() * limit),
  };
}

/** A copy of a list in random order (Fisher and Yates). */
export function shuffled<T>(list: readonly T[], random: RandomNumbers): T[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const [a, b] = [copy[last], copy[other]] as [T, T];
    copy[last] = b;
    copy[other] = a;
  }
  return copy;
}
