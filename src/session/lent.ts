import type { TaughtClass } from '../domain/detector-head/taught-class.js';
import type { Head } from '../domain/head.js';

/** What a page brings along itself; it is asked besides what was taught here, and never stored. */
export interface Lent {
  /** They give names to what is found. */
  readonly heads: readonly Head[];
  /** They are found besides the detector's own classes. */
  readonly finds: readonly TaughtClass[];
}

export const NOTHING_LENT: Lent = { heads: [], finds: [] };
