import { plainProducts, type RowMultiplier } from '../network/row-products.js';
import type { AnchorLayout } from './layout.js';
import { plainSums, type AnchorSums } from './sparse-features.js';

/** The loops in which nearly all the time of teaching a class goes by. */
export interface ClassLoops {
  /** For the column. */
  readonly sums: AnchorSums;
  /** For the verifiers. */
  readonly multiply: RowMultiplier;
}

/** Such as run everywhere. */
export function plainLoops(layout: AnchorLayout): ClassLoops {
  return { sums: plainSums(layout), multiply: plainProducts };
}
