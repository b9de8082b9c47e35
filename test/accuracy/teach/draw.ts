import { randomNumbers, shuffled } from '../../../src/domain/random.js';
import type { Thing } from './things.js';

/** What one head is taught with and tested by. */
export interface Draw {
  readonly examples: readonly Thing[];
  readonly tests: readonly Thing[];
}

/** Labels with too few things to test by are no use. */
const LEAST_TESTS = 3;

/** Labels that have enough things to teach and to test with, in alphabetical order. */
export function usableLabels(things: readonly Thing[], examples: number): string[] {
  const labels = [...new Set(things.map(({ label }) => label))].sort();
  return labels.filter(
    (wanted) => things.filter(({ label }) => label === wanted).length >= examples + LEAST_TESTS,
  );
}

/**
 * Picks examples of every label at random and tests by the rest. Things of one
 * photograph never fall on both sides.
 *
 * @param examples How many of each label, at most: what shares a photograph with one counts.
 */
export function drawExamples(
  things: readonly Thing[],
  labels: readonly string[],
  examples: number,
  seed: number,
): Draw {
  const wanted = things.filter(({ label }) => labels.includes(label));
  const photographs = shuffled([...new Set(wanted.map(({ path }) => path))], randomNumbers(seed));
  const missing = new Map(labels.map((label) => [label, examples]));
  const taught = new Set<string>();
  const drawn: Thing[] = [];
  for (const path of photographs) {
    const here = wanted.filter((thing) => thing.path === path);
    if (!here.some(({ label }) => (missing.get(label) ?? 0) > 0)) continue;
    taught.add(path);
    for (const thing of here) {
      const left = missing.get(thing.label) ?? 0;
      if (left === 0) continue;
      missing.set(thing.label, left - 1);
      drawn.push(thing);
    }
  }
  return { examples: drawn, tests: wanted.filter(({ path }) => !taught.has(path)) };
}
