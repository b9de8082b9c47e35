import { UNKNOWN, type Head } from '../head.js';
import { LOSSES } from '../network/loss.js';
import { outputsOf } from '../network/network.js';
import { headInputs } from './features.js';
import { acquaintance } from './likeness.js';

/** What a head says to a row of features. */
export interface HeadAnswer {
  /** One of the head's labels; `UNKNOWN` when it is none of them, or too unsure. */
  readonly label: string;
  /** How sure that is, 0 to 1; of `UNKNOWN`, how sure that it is nothing known. */
  readonly confidence: number;
  /** One for each of the head's labels, the background class included. */
  readonly probabilities: Float64Array;
}

/** The part of a head that answers. */
export type Answering = Pick<
  Head,
  'source' | 'labels' | 'network' | 'output' | 'temperature' | 'threshold' | 'likeness'
>;

/**
 * A head's answer.
 *
 * @param features As the engine gives them for the head's source.
 * @throws RangeError when they are of another source.
 */
export function answerOf(head: Answering, features: Float32Array): HeadAnswer {
  return answerTo(head, probabilitiesOf(head, features));
}

/** The outputs of the last layer, before they become probabilities. */
export function logitsOf(
  { network, source }: Pick<Head, 'network' | 'source'>,
  features: Float32Array,
): Float64Array {
  return outputsOf(network, new Float64Array(headInputs(features, source)));
}

/**
 * How probable each of the head's labels is. What is unlike a label's examples loses
 * probability, which the background gains.
 *
 * @param features As the engine gives them for the head's source.
 * @param logits Where they are known already.
 */
export function probabilitiesOf(
  head: Answering,
  features: Float32Array,
  logits = logitsOf(head, features),
): Float64Array {
  const { labels, likeness } = head;
  const probabilities = predictionOf(head, logits);
  if (likeness === undefined) return probabilities;
  const shares = acquaintance(likeness, headInputs(features, head.source));
  const believed = probabilities.map((value, label) => value * (shares[label] ?? 1));
  const background = labels.indexOf(UNKNOWN);
  const lost = probabilities.reduce((sum, value, label) => sum + value - (believed[label] ?? 0), 0);
  if (background >= 0) believed[background] = Math.min(1, (believed[background] ?? 0) + lost);
  return believed;
}

/** What the outputs of the last layer mean, at the head's temperature. */
function predictionOf(
  { output, temperature }: Pick<Head, 'output' | 'temperature'>,
  outputs: Float64Array,
): Float64Array {
  if (output === 'squared-error') return outputs.map((value) => Math.min(1, Math.max(0, value)));
  return LOSSES[output].prediction(outputs.map((value) => value / temperature));
}

/**
 * The answer that probabilities amount to, also those that were averaged over the
 * views of a track.
 */
export function answerTo(
  { labels, threshold }: Pick<Head, 'labels' | 'threshold'>,
  probabilities: Float64Array,
): HeadAnswer {
  let best = -1;
  labels.forEach((label, index) => {
    const isBetter = (probabilities[index] ?? 0) > (probabilities[best] ?? -1);
    if (label !== UNKNOWN && isBetter) best = index;
  });
  const confidence = probabilities[best] ?? 0;
  const background = probabilities[labels.indexOf(UNKNOWN)] ?? 0;
  const isKnown = best >= 0 && confidence >= threshold && confidence > background;
  if (!isKnown) return { label: UNKNOWN, confidence: 1 - confidence, probabilities };
  return { label: labels[best] ?? UNKNOWN, confidence, probabilities };
}

/** How much something looks like anything that the head knows, 0 to 1: high for known, low for unknown. */
export function familiarity({ labels }: Pick<Head, 'labels'>, probabilities: Float64Array): number {
  return labels.reduce(
    (most, label, index) => (label === UNKNOWN ? most : Math.max(most, probabilities[index] ?? 0)),
    0,
  );
}
