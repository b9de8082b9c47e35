import type { Network } from '../../domain/network/network.js';

/** What is stored of a training while it is under way, so that a reload costs a second of it. */
export interface InterruptedTraining {
  /** Of the samples that it learns from; on others it begins anew. */
  readonly digest: string;
  /** Which of its trainings the weights are of; see `TrainingPart`. */
  readonly purpose: 'judge' | 'learn';
  /** The best so far. */
  readonly best: Network;
}

/** Whether two networks have the same layers, so that the weights of one fit the other. */
export function isSameShape(one: Network, other: Network): boolean {
  const shapeOf = ({ layers }: Network): string =>
    layers.map(({ inputs, units, activation }) => `${inputs} ${units} ${activation}`).join();
  return shapeOf(one) === shapeOf(other);
}
