import type { LossName } from './network/loss.js';
import type { Network } from './network/network.js';

/**
 * Where the numbers that a head takes come from: feature maps of the detector's
 * own network, averaged under a box or its middle, one after the other. Two heads with the same
 * source share one look at a frame. It is data, so that another choice of maps is
 * another value and no other code.
 */
export interface FeatureSource {
  /** Id of the model whose maps they are; a head fits no other. */
  readonly model: string;
  /** Names out of `EngineInfo.model.featureMaps`. */
  readonly maps: readonly string[];
  /** How many numbers each map gives, in the same order. */
  readonly channels: readonly number[];
  /** `l2`: each map's averages are scaled to length 1 before the head sees them. */
  readonly normalisation: 'none' | 'l2';
}

/** The answer of a head that has no name for something. */
export const UNKNOWN = '';

/**
 * What the examples of each label have in common. Dense layers tell labels apart, and
 * are as sure of what lies far beyond all examples as of the examples themselves; this
 * says how far that is (as nearest class means do: Mensink et al. 2013; Bendale and
 * Boult 2016, "Towards Open Set Deep Networks").
 */
export interface Likeness {
  /**
   * One for each label: the least cosine between an example and the mean of the others,
   * both taken from the centre. 0: nobody knows, as of the background.
   */
  readonly least: readonly number[];
  /** What 127 stands for in the centre. */
  readonly centreScale: number;
  /** Rows of as many numbers as a head has inputs: the centre, then a direction for each label. */
  readonly vectors: Int8Array;
}

/** Dense layers that give a name to what is in a box. */
export interface Head {
  readonly id: string;
  /** What a person calls it. */
  readonly name: string;
  readonly source: FeatureSource;
  /** One for each output of the network; `UNKNOWN` is the background class. */
  readonly labels: readonly string[];
  readonly network: Network;
  /** What makes predictions of the outputs. */
  readonly output: LossName;
  /** Outputs are divided by it before they become probabilities (temperature scaling). */
  readonly temperature: number;
  /** Below this probability the answer is unknown. 0 to 1. */
  readonly threshold: number;
  /** What its examples have in common, so that it doubts what is unlike them; others' heads have none. */
  readonly likeness?: Likeness | undefined;
  /**
   * COCO labels of the boxes that it was taught on: it is asked only about tracks of
   * these. Empty: about all.
   */
  readonly bases: readonly string[];
  /** Milliseconds since 1970. */
  readonly created: number;
}
