import type { AnchorLayout, AnchorMap } from './layout.js';

/**
 * A class that was taught to an SSD: one more column of its class predictors.
 *
 * It begins as a copy of one of the network's own classes. What is learnt is only
 * the difference: an anchor's logit is that class's own logit, which the network
 * computes anyway, plus `weights` times the anchor's features. So a column is
 * small, needs no weights of the network, and with weights of 0 is that class.
 */
export interface ClassColumn {
  /** Column of the network's own class that it begins as. */
  readonly base: number;
  /** As `AnchorLayout` has them. */
  readonly weights: Float32Array;
}

/**
 * Logits below it count as this much. An int8 network cannot tell lower ones
 * apart, and a head must mean the same on every runtime.
 */
export const LEAST_BASE_LOGIT = -8;

/**
 * The logits of a taught class at all anchors.
 *
 * @param features Those of all maps, one after the other.
 * @param logits Raw logits of the network, `anchorCount * classCount`.
 * @param out Where to write; `anchorCount` numbers.
 */
export function columnLogits(
  layout: AnchorLayout,
  { base, weights }: ClassColumn,
  features: Float32Array,
  logits: ArrayLike<number>,
  classCount: number,
  out = new Float32Array(layout.anchorCount),
): Float32Array {
  for (const map of layout.maps) dense(map, weights, features, out);
  for (let anchor = 0; anchor < layout.anchorCount; anchor++) {
    const own = logits[anchor * classCount + base] ?? 0;
    out[anchor] = (out[anchor] ?? 0) + Math.max(own, LEAST_BASE_LOGIT);
  }
  return out;
}

/**
 * Weights times features plus bias, at every cell of a map. Features that are 0
 * are passed over: behind a ReLU that is most of them.
 *
 * @param out Gets a number for each anchor.
 */
export function dense(
  { rows, columns, channels, perCell, firstAnchor, firstFeature, firstWeight }: AnchorMap,
  weights: Float32Array,
  features: Float32Array,
  out: Float32Array,
): void {
  const biases = firstWeight + channels * perCell;
  const sums = new Float64Array(perCell);
  for (let cell = 0; cell < rows * columns; cell++) {
    for (let place = 0; place < perCell; place++) sums[place] = weights[biases + place] ?? 0;
    const start = firstFeature + cell * channels;
    for (let channel = 0; channel < channels; channel++) {
      const feature = features[start + channel] ?? 0;
      if (feature === 0) continue;
      const row = firstWeight + channel * perCell;
      for (let place = 0; place < perCell; place++) {
        sums[place] = (sums[place] ?? 0) + feature * (weights[row + place] ?? 0);
      }
    }
    out.set(sums, firstAnchor + cell * perCell);
  }
}
