import type { ClassLoops } from '../../../domain/detector-head/class-loops.js';
import type { AnchorLayout } from '../../../domain/detector-head/layout.js';
import { CLASS_CODE } from './class-code.js';
import { isSupported, openModule } from './open-module.js';
import { simdProducts, type RowLoops } from './row-products.js';
import { placeSums, simdSums, type SumLoops } from './sparse-sums.js';

/**
 * The loops of `class.wat`: the sums take a third of the time of plain ones.
 *
 * @returns `undefined` where the browser has no SIMD, or the network more anchors at a cell
 *   than they are made for.
 * @throws RangeError when there is not enough memory.
 */
export async function openClassLoops(layout: AnchorLayout): Promise<ClassLoops | undefined> {
  const places = placeSums(layout);
  if (places === undefined || !isSupported(CLASS_CODE)) return undefined;
  // A memory for each: that of the sums stays as it is laid out.
  const [sums, rows] = await Promise.all([
    openModule<SumLoops>(CLASS_CODE, places.bytes),
    openModule<RowLoops>(CLASS_CODE, 0),
  ]);
  return { sums: simdSums(sums, places), multiply: simdProducts(rows) };
}
