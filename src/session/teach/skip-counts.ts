import type { ImportSummary } from './types.js';

/** Counts what was left out, by reason. */
export class SkipCounts {
  readonly #counts = new Map<string, number>();

  get list(): ImportSummary['skipped'] {
    return [...this.#counts].map(([reason, count]) => ({ reason, count }));
  }

  add(reason: string, count = 1): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
  }
}
