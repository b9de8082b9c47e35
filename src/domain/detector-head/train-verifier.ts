import { DEFAULT_OPTIMISER, scheduledRate, startOptimiser, update } from '../network/optimiser.js';
import type { Verifier } from './taught-class.js';

/** One box as a verifier learns from it. */
export interface VerifierLesson {
  /** See `evidenceOf`. */
  readonly evidence: Float32Array;
  /** Whether it shows the thing. */
  readonly isRight: boolean;
}

const STEPS = 150;
const LEARNING_RATE = 0.05;
const OPTIMISER = { ...DEFAULT_OPTIMISER, optimiser: 'adamw', weightDecay: 1e-2 } as const;

/**
 * Trains a verifier: logistic regression over all boxes at once, with the right
 * and the wrong ones of the same weight.
 *
 * @param size Numbers in each piece of evidence.
 * @returns One that always agrees where there is nothing to learn from.
 */
export function trainVerifier(lessons: readonly VerifierLesson[], size: number): Verifier {
  const right = lessons.filter(({ isRight }) => isRight).length;
  const wrong = lessons.length - right;
  const ceiling = ceilingOf(lessons, size);
  if (right === 0) return { weights: new Float32Array(size), bias: 50 };
  if (wrong === 0) return { weights: new Float32Array(size), bias: 50, ceiling };
  const weights = new Float64Array(size);
  const bias = new Float64Array(1);
  const state = startOptimiser([weights, bias]);
  for (let step = 0; step < STEPS; step++) {
    const slopes = new Float64Array(size);
    let biasSlope = 0;
    for (const { evidence, isRight } of lessons) {
      let logit = bias[0] ?? 0;
      evidence.forEach((value, at) => (logit += value * (weights[at] ?? 0)));
      const share = 0.5 / (isRight ? right : wrong);
      const error = (1 / (1 + Math.exp(-logit)) - (isRight ? 1 : 0)) * share;
      evidence.forEach((value, at) => (slopes[at] = (slopes[at] ?? 0) + error * value));
      biasSlope += error;
    }
    const rate = scheduledRate('cosine', LEARNING_RATE, step, STEPS);
    update([weights, bias], [slopes, Float64Array.of(biasSlope)], state, rate, OPTIMISER);
  }
  return { weights: Float32Array.from(weights), bias: bias[0] ?? 0, ceiling };
}

/** The most of each number in what is right, 0 at least. */
function ceilingOf(lessons: readonly VerifierLesson[], size: number): Float32Array {
  const ceiling = new Float32Array(size);
  for (const { evidence, isRight } of lessons) {
    if (!isRight) continue;
    evidence.forEach((value, at) => {
      if (value > (ceiling[at] ?? 0)) ceiling[at] = value;
    });
  }
  return ceiling;
}
