import { area, clipToSize, intersection, type BBox, type Size } from '../geometry.js';
import type { Head } from '../head.js';
import { forward } from '../network/network.js';
import { aroundMiddle, middleOf } from '../region-features.js';
import { headInputs } from '../teach/features.js';
import { inputSlopes } from './insight.js';

/**
 * A box in `side` times `side` equal parts, row by row. What lies outside the picture
 * is left out first: nothing can be seen there.
 */
function patchBoxes(box: BBox, picture: Size, side: number): readonly BBox[] {
  const [left, top, width, height] = clipToSize(box, picture);
  return Array.from({ length: side * side }, (_, index): BBox => [
    left + ((index % side) / side) * width,
    top + (Math.floor(index / side) / side) * height,
    width / side,
    height / side,
  ]);
}

/** Where to look for what a part of a box gives to a feature map's average. */
export interface PatchLook {
  /** What to average under; `undefined` where the part gives nothing. */
  readonly box: BBox | undefined;
  /** What the average is to be multiplied with, so that the mean over all parts is that of the box. */
  readonly share: number;
}

/**
 * The equal parts of a box for a map that is averaged under the middle of a box: each
 * gives what of the middle lies in it.
 *
 * @param part Of the box's sides, as `ModelEntry.regions` has it; 1 for all of it.
 */
export function patchLooks(
  box: BBox,
  picture: Size,
  side: number,
  part: number,
): readonly PatchLook[] {
  const patches = patchBoxes(box, picture, side);
  if (part === 1) return patches.map((patch) => ({ box: patch, share: 1 }));
  const middle = clipToSize(middleOf(box, part), picture);
  return patches.map((patch): PatchLook => {
    const common = intersection(patch, middle);
    const share = (patches.length * area(common)) / area(middle);
    if (share === 0) return { box: undefined, share };
    // The engine takes the middle of what it is given.
    return { box: aroundMiddle(common, part), share };
  });
}

/**
 * What each part of a box says for a label. A head is fed with averages under the box,
 * and the average of a whole is the mean of the averages of its equal parts: so the
 * logit falls apart into one number for each part, and these add up to
 * x · ∂z/∂x over all features, to the last digit.
 *
 * @param patches Features of equal parts of the box, whose mean is that of the box.
 * @param output Index of the label.
 * @param muted Indices of features that are set to 0.
 * @throws RangeError when the features are of another source.
 */
export function evidenceOf(
  head: Head,
  patches: readonly Float32Array[],
  output: number,
  muted: ReadonlySet<number> = new Set(),
): Float64Array {
  const { source, network } = head;
  const count = Math.max(1, patches.length);
  const whole = Float32Array.from({ length: patches[0]?.length ?? 0 }, (_, index) =>
    muted.has(index) ? 0 : patches.reduce((sum, patch) => sum + (patch[index] ?? 0), 0) / count,
  );
  const inputs = Float64Array.from(headInputs(whole, source));
  const slopes = inputSlopes(network, inputs, output);
  // What normalising has multiplied each map with; a map of nothing but 0 stays as it is.
  const scales = scalesOf(whole, inputs, source.channels);
  return Float64Array.from(patches, (patch) => {
    let sum = 0;
    for (let index = 0; index < patch.length; index++) {
      if (muted.has(index)) continue;
      sum += ((patch[index] ?? 0) * (scales[index] ?? 0) * (slopes[index] ?? 0)) / count;
    }
    return sum;
  });
}

function scalesOf(
  whole: Float32Array,
  inputs: Float64Array,
  channels: readonly number[],
): Float64Array {
  const scales = new Float64Array(whole.length);
  let start = 0;
  for (const size of channels) {
    const end = start + size;
    let raw = 0;
    let scaled = 0;
    for (let index = start; index < end; index++) {
      raw += (whole[index] ?? 0) ** 2;
      scaled += (inputs[index] ?? 0) ** 2;
    }
    scales.fill(raw === 0 ? 0 : Math.sqrt(scaled / raw), start, end);
    start = end;
  }
  return scales;
}

/** One weight of the last layer at work. */
export interface WeightVoice {
  /** The unit or feature that it comes from, from 0. */
  readonly from: number;
  /** What comes from there. */
  readonly value: number;
  readonly weight: number;
  /** value · weight */
  readonly part: number;
}

/** A logit as the sum that it is. */
export interface LogitSum {
  /** What pushes hardest first, in whichever direction. */
  readonly terms: readonly WeightVoice[];
  readonly bias: number;
  /** All parts and the bias. */
  readonly logit: number;
}

/** The weights of the last layer that made a logit what it is. */
export function logitSum(
  { network }: Pick<Head, 'network'>,
  inputs: Float64Array,
  output: number,
): LogitSum {
  const layer = network.layers.at(-1);
  const values = forward(network, inputs).at(-1)?.inputs ?? inputs;
  const units = layer?.units ?? 1;
  const terms = Array.from(values, (value, from): WeightVoice => {
    const weight = layer?.weights[from * units + output] ?? 0;
    return { from, value, weight, part: value * weight };
  });
  const bias = layer?.biases[output] ?? 0;
  return {
    terms: terms.sort((a, b) => Math.abs(b.part) - Math.abs(a.part)),
    bias,
    logit: terms.reduce((sum, { part }) => sum + part, bias),
  };
}
