/**
 * Waiting time before the next attempt: doubles with every failure in a row.
 *
 * @param failures Failures so far, at least 1.
 * @param first Milliseconds after the first failure.
 * @param most Milliseconds at most.
 */
export function backoff(failures: number, first: number, most: number): number {
  return Math.min(most, first * 2 ** Math.max(0, failures - 1));
}
