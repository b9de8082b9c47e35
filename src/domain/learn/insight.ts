import { UNKNOWN, type Head } from '../head.js';
import { backwardLayer } from '../network/dense-layer.js';
import { forward, type Network } from '../network/network.js';
import { headInputs } from '../teach/features.js';
import { answerTo, probabilitiesOf, type HeadAnswer } from '../teach/head-answer.js';

/** What one feature says for an answer. */
export interface FeatureVoice {
  /** Index in the row of features. */
  readonly index: number;
  readonly map: string;
  /** Within its map, from 0. */
  readonly channel: number;
  readonly value: number;
  /** ∂z/∂x of the answer's logit. */
  readonly slope: number;
  /** x · ∂z/∂x: exact for a head without hidden layers, its best linear part otherwise. */
  readonly part: number;
}

/** Why a head says what it says. */
export interface HeadInsight {
  readonly answer: HeadAnswer;
  /** The label that is explained: the likeliest one. */
  readonly label: string;
  /** Index of that label. */
  readonly output: number;
  /** What went into the head. */
  readonly inputs: Float64Array;
  readonly probability: number;
  readonly logit: number;
  /** Loudest for the label first. */
  readonly voices: readonly FeatureVoice[];
  /** Sum of the parts of each map. */
  readonly maps: readonly { readonly map: string; readonly part: number }[];
}

/** ∂z/∂x: how one output changes with each input, by backpropagation. */
export function inputSlopes(network: Network, inputs: Float64Array, output: number): Float64Array {
  const passes = forward(network, inputs);
  let arriving = new Float64Array(network.layers.at(-1)?.units ?? 0);
  arriving[output] = 1;
  for (let index = network.layers.length - 1; index >= 0; index--) {
    const [layer, pass] = [network.layers[index], passes[index]];
    if (layer === undefined || pass === undefined) continue;
    arriving = backwardLayer(layer, pass, arriving).byInputs.slice();
  }
  return arriving;
}

/**
 * Follows a row of features through a head, and the answer back to the features.
 *
 * @param features As the engine gives them.
 * @param muted Indices of features that are set to 0.
 * @throws RangeError when the features are of another source.
 */
export function insightOf(
  head: Head,
  features: Float32Array,
  muted: ReadonlySet<number> = new Set(),
): HeadInsight {
  const heard = features.map((value, index) => (muted.has(index) ? 0 : value));
  const inputs = Float64Array.from(headInputs(heard, head.source));
  const outputs = forward(head.network, inputs).at(-1)?.outputs ?? inputs;
  const probabilities = probabilitiesOf(head, heard, outputs);
  let best = -1;
  head.labels.forEach((label, index) => {
    const isBetter = (probabilities[index] ?? 0) > (probabilities[best] ?? -1);
    if (label !== UNKNOWN && isBetter) best = index;
  });
  const slopes = inputSlopes(head.network, inputs, best);
  const voices: FeatureVoice[] = [];
  const maps: { map: string; part: number }[] = [];
  let index = 0;
  head.source.maps.forEach((map, position) => {
    let sum = 0;
    for (let channel = 0; channel < (head.source.channels[position] ?? 0); channel++) {
      const [value, slope] = [inputs[index] ?? 0, slopes[index] ?? 0];
      voices.push({ index, map, channel, value, slope, part: value * slope });
      sum += value * slope;
      index++;
    }
    maps.push({ map, part: sum });
  });
  return {
    answer: answerTo(head, probabilities),
    label: head.labels[best] ?? UNKNOWN,
    output: best,
    inputs,
    probability: probabilities[best] ?? 0,
    logit: outputs[best] ?? 0,
    voices: voices.sort((a, b) => b.part - a.part),
    maps: maps.sort((a, b) => b.part - a.part),
  };
}
