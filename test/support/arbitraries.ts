import fc from 'fast-check';
import type { BBox } from '../../src/domain/geometry.js';

/** Boxes of positive extent with their corner in a range. */
export function boxes({ min = 0, max = 100 } = {}): fc.Arbitrary<BBox> {
  const position = fc.double({ min, max, noNaN: true });
  const extent = fc.double({ min: 1, max: 100, noNaN: true });
  return fc.tuple(position, position, extent, extent);
}
