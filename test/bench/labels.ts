import type { Detection } from '../../src/domain/detection.js';

/**
 * What is wrong with the detections of an arm that has other weights: it need
 * not agree on every box, but has to see what is beyond doubt.
 *
 * @param reference Of the original network, best first.
 * @returns One line when the best of the reference is not found, else nothing.
 */
export function wrongLabels(
  found: readonly Detection[],
  reference: readonly Detection[],
): string[] {
  const [best] = reference;
  if (best === undefined || found.some(({ class: label }) => label === best.class)) return [];
  return [`missing: any ${best.class}`];
}
