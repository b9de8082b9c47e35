/** What the tasks of the chapters ask for; a test holds that every seed can bring it about. */

/** The part of all points that has to be right, 0 to 1. */
export const ENOUGH_RIGHT = {
  /** A line parts these clouds, whatever the seed. */
  perceptron: 0.95,
  /** What a line cannot do (at most 0.8 of these points), and a few bends always can. */
  activation: 0.9,
  layers: 0.9,
} as const;

/** Hidden units of chapter 3: more than it needs would prove nothing. */
export const MOST_UNITS_FOR_TASK = 4;

/** Chapter 4: sensitivity and specificity, and the fewest steps that count as having learnt. */
export const DIAGNOSIS_TASK = { found: 0.9, inPeace: 0.5, fewestSteps: 20 } as const;

/** Chapter 6: how short the gradient has to be, and within how many steps. */
export const VALLEY = { gradient: 0.05, steps: 40 } as const;

/** Learning rates of chapter 6 whose names hold for every seed. */
export const RATE_PRESETS = { small: 0.001, right: 0.15, large: 1 } as const;

/** Chapter 7: how near the product has to come, as a part of it; factors are shown to three digits. */
export const CHAIN_TOLERANCE = 0.02;

/** Whether an answer to chapter 7 is near enough to ∂J/∂w. */
export function isNearSlope(guess: number, slope: number): boolean {
  return Math.abs(guess - slope) <= Math.max(1e-5, CHAIN_TOLERANCE * Math.abs(slope));
}
