/** However fast the last answers were, this much patience is always had, in milliseconds. */
const LEAST_PATIENCE = 60_000;
/** An answer may take this many times as long as the slowest of the last ones. */
const PATIENCE_FACTOR = 20;

/**
 * How long to wait for an answer before the engine counts as stuck. Generous:
 * a software rasteriser takes seconds, and a false alarm costs a restart.
 *
 * @param latencies Milliseconds that recent answers took; may be empty.
 * @returns Milliseconds.
 */
export function stallLimit(latencies: readonly number[]): number {
  return Math.max(LEAST_PATIENCE, PATIENCE_FACTOR * Math.max(0, ...latencies));
}
