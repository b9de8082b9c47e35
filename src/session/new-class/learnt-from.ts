import type { Sample } from '../../domain/sample.js';
import { digestOf } from '../teach/label-summary.js';

/** What decides how a label is found, in short; the name itself does not. */
export function lessonsDigest(samples: readonly Sample[], label: string): string {
  return digestOf(
    samples
      .filter((sample) => sample.label === label || sample.label === '')
      .map((sample) => ({ ...sample, label: '' })),
  );
}

/**
 * Whether there are other examples of a label than when it was learnt. What came from
 * elsewhere without its examples has nothing to be learnt anew from.
 *
 * @param trainedOn Its `lessonsDigest` then.
 */
export function isOutdated(trainedOn: string, samples: readonly Sample[], label: string): boolean {
  const hasExamples = samples.some((sample) => sample.kind === 'example' && sample.label === label);
  return hasExamples && trainedOn !== lessonsDigest(samples, label);
}
