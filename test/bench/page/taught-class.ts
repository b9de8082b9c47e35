import type { TaughtClass } from '../../../src/domain/detector-head/taught-class.js';
import { randomNumbers } from '../../../src/domain/random.js';

export const TAUGHT_LABEL = 'taught for the bench';

/** As coco-ssd has them. */
const WEIGHTS = 16_353;
const CLASSES = 91;
const CHANNELS = 576;
const PERSON = 1;

/**
 * A class as a person teaches it, but that the last half of its verifier never agrees. It
 * begins as `person`, so that wherever there are people it has as many boxes to verify as
 * there can be: what is measured is the most that one class costs.
 */
export function silentClass(): TaughtClass {
  const random = randomNumbers(1);
  return {
    id: 'bench',
    label: TAUGHT_LABEL,
    model: 'coco-ssd',
    column: {
      base: PERSON,
      weights: Float32Array.from({ length: WEIGHTS }, () => 0.01 * random.normal()),
    },
    verifier: {
      weights: new Float32Array(CLASSES),
      bias: 50,
      region: { weights: new Float32Array(CHANNELS), bias: -50 },
    },
    threshold: 0.6,
    created: 0,
  };
}
