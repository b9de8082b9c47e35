import type { DenseLayer } from '../../domain/network/dense-layer.js';
import type { Network } from '../../domain/network/network.js';
import type { TrainingOptions } from '../../domain/network/training.js';
import type { TrainingSet } from '../../domain/teach/lesson.js';

/** What is to be descended on. */
export interface DescentInput {
  /** To begin with; left as it is. */
  readonly network: Network;
  readonly examples: TrainingSet;
  /** Watched instead of the examples. */
  readonly validation: TrainingSet | undefined;
  readonly options: TrainingOptions;
  /** That the schedule of the learning rate is laid out for. */
  readonly steps: number;
}

/** Where a descent is. */
export interface Position {
  /** The parameters, in the order of `parametersOf`. */
  readonly values: Float32Array;
  /** J over the examples. */
  readonly loss: number;
  /** J over what is watched, and the share of rows whose largest output is the right one. */
  readonly watchedLoss: number;
  readonly watchedAccuracy: number;
}

/**
 * Dense layers being trained, with the gradients written out instead of recorded:
 * for dense layers they are two matrix products each. The numbers are those of the
 * domain's `train`, in float32.
 */
export interface Descent {
  /** Steps taken. */
  readonly step: number;
  /**
   * One step of gradient descent, or of one of its descendants.
   *
   * @param rows Of the examples, at most as many as `batchSize`; all of them when absent.
   */
  descend(rows?: Uint32Array): void;
  look(): Promise<Position>;
  /** ∂J/∂W over the examples as one vector, in the order of `parametersOf`. */
  gradient(): Promise<Float32Array>;
  dispose(): void;
}

/** Examples of a step. */
export function batchSizeOf(
  { batchSize }: Pick<TrainingOptions, 'batchSize'>,
  { count }: Pick<TrainingSet, 'count'>,
): number {
  return batchSize > 0 ? Math.min(batchSize, count) : count;
}

/** Layers with a vector's numbers, which lie in the order of `parametersOf`. */
export function networkOf(layers: readonly DenseLayer[], values: Float32Array): Network {
  let offset = 0;
  const take = (count: number): Float64Array => {
    const part = Float64Array.from(values.subarray(offset, offset + count));
    offset += count;
    return part;
  };
  return {
    layers: layers.map((layer) => ({
      ...layer,
      weights: take(layer.inputs * layer.units),
      biases: take(layer.units),
    })),
  };
}

/** What the answers should be, row by row. */
export interface Answers {
  /** y after smoothing, `count` rows of as many numbers as there are outputs. */
  readonly values: Float32Array;
  /** Weight of each output. */
  readonly weights: Float32Array;
  /** Σ w · y of each row. */
  readonly totals: Float32Array;
}

/** Smoothed and weighted answers, as the losses take them. */
export function answersOf(
  { targets, count }: Pick<TrainingSet, 'targets' | 'count'>,
  { loss, lossOptions }: Pick<TrainingOptions, 'loss' | 'lossOptions'>,
): Answers {
  const outputs = targets.length / count;
  const answers = loss === 'sigmoid-cross-entropy' ? 2 : outputs;
  const { labelSmoothing: s, classWeights } = lossOptions;
  const values = s === 0 ? targets : targets.map((y) => y * (1 - s) + s / answers);
  const weights = Float32Array.from({ length: outputs }, (_, k) => classWeights?.[k] ?? 1);
  const totals = new Float32Array(count);
  values.forEach((y, at) => {
    const row = Math.floor(at / outputs);
    totals[row] = (totals[row] ?? 0) + y * (weights[at % outputs] ?? 1);
  });
  return { values, weights, totals };
}
