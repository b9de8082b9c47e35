import type { AnchorLayout, AnchorMap } from './layout.js';
import type { RegionVerifier } from './taught-class.js';

/** What a taught class has a network compute. */
export interface TaughtWeights {
  /** As `AnchorLayout` has them. */
  readonly column: Float32Array;
  readonly region?: RegionVerifier | undefined;
}

/** Weights of a 1×1 convolution that computes class columns over one map. */
export interface FoldedColumns {
  /** `[perCell * slots, channels]`, or the other way round. */
  readonly filter: Float32Array;
  /** `perCell * slots` */
  readonly bias: Float32Array;
}

/**
 * Class columns as one convolution over a map. Its outputs are those of the first
 * anchor of the cell for all slots, then those of the second: reshaped to
 * `[anchors, slots]`, they are in the order of the anchors.
 *
 * @param columns Weights as `AnchorLayout` has them; slots without one compute 0.
 * @param slots At least as many as columns.
 * @param outputsFirst Whether the filter is `[outputs, channels]`, as TensorFlow Lite has it.
 */
export function foldColumns(
  { channels, perCell, firstWeight }: AnchorMap,
  columns: readonly Float32Array[],
  slots: number,
  outputsFirst: boolean,
): FoldedColumns {
  const outputs = perCell * slots;
  const filter = new Float32Array(outputs * channels);
  const bias = new Float32Array(outputs);
  columns.forEach((weights, slot) => {
    for (let place = 0; place < perCell; place++) {
      const output = place * slots + slot;
      bias[output] = weights[firstWeight + channels * perCell + place] ?? 0;
      for (let channel = 0; channel < channels; channel++) {
        const at = outputsFirst ? output * channels + channel : channel * outputs + output;
        filter[at] = weights[firstWeight + channel * perCell + place] ?? 0;
      }
    }
  });
  return { filter, bias };
}

/**
 * All that taught classes have a network compute: a convolution over each map, and at last
 * one more over the first map for the region verifiers. Those are linear: the mean of what
 * they say of the cells of a box is what they say of the mean of the cells, and of each cell
 * there is one number left instead of hundreds.
 */
export function foldTaught(
  { maps }: AnchorLayout,
  classes: readonly TaughtWeights[],
  slots: number,
  outputsFirst: boolean,
): FoldedColumns[] {
  const columns = classes.map(({ column }) => column);
  const [first] = maps;
  const regions = classes.map(({ region }) => {
    const all = new Float32Array((first?.channels ?? 0) + 1);
    if (region) all.set([...region.weights, region.bias]);
    return all;
  });
  const folded = maps.map((map) => foldColumns(map, columns, slots, outputsFirst));
  if (first === undefined) return folded;
  const cells = { ...first, perCell: 1, firstWeight: 0 };
  return [...folded, foldColumns(cells, regions, slots, outputsFirst)];
}
