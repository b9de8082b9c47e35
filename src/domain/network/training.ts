import { randomNumbers, shuffled } from '../random.js';
import {
  empiricalGradient,
  empiricalLoss,
  norm,
  parametersOf,
  type Example,
  type Objective,
} from './empirical-loss.js';
import { copyNetwork, type Network } from './network.js';
import {
  scheduledRate,
  startOptimiser,
  update,
  type OptimiserOptions,
  type Schedule,
} from './optimiser.js';

/** How to train. */
export interface TrainingOptions extends Objective, OptimiserOptions {
  readonly learningRate: number;
  readonly schedule: Schedule;
  /** Times that all examples are gone through, at most. */
  readonly epochs: number;
  /** Examples per step; 0 for all at once. */
  readonly batchSize: number;
  /** Order of the examples. */
  readonly seed: number;
  /** Epochs without progress after which it has converged; `Infinity` to go on to the end. */
  readonly patience: number;
  /** How much the watched loss has to fall to count as progress. */
  readonly minimumProgress: number;
}

/** One turn of the loop. */
export interface TrainingStep {
  /** From 0. */
  readonly step: number;
  readonly epoch: number;
  readonly learningRate: number;
  /** J over the step's examples, before the update. */
  readonly loss: number;
  /** Length of ∂J/∂W. */
  readonly gradientNorm: number;
}

/** Why training ended; `diverged`: the loss was no number any more, and the last good weights are given. */
export type TrainingEnd = 'completed' | 'converged' | 'diverged';

export interface TrainingOutcome {
  readonly end: TrainingEnd;
  /** The weights with the lowest watched loss. */
  readonly network: Network;
  readonly loss: number;
}

/**
 * Gradient descent as the textbook has it, one step per call of `next()`, so that
 * whoever watches can pause, show and stop:
 *
 * 1. Initialise weights randomly (that is `createNetwork`).
 * 2. Loop until convergence:
 * 3.   compute the gradient ∂J(W)/∂W,
 * 4.   update the weights W ← W - η ∂J(W)/∂W.
 * 5. Return the weights.
 *
 * @param network Left as it is; a copy is trained.
 * @param examples At least one.
 * @param validation Watched instead of the examples, when there are any.
 */
export function* train(
  network: Network,
  examples: readonly Example[],
  options: TrainingOptions,
  validation: readonly Example[] = [],
): Generator<TrainingStep, TrainingOutcome> {
  const trained = copyNetwork(network);
  const parameters = parametersOf(trained);
  const state = startOptimiser(parameters);
  const random = randomNumbers(options.seed);
  const batchSize = options.batchSize > 0 ? options.batchSize : examples.length;
  const steps = options.epochs * Math.ceil(examples.length / batchSize);
  const watched = validation.length > 0 ? validation : examples;
  let best = { network: copyNetwork(trained), loss: empiricalLoss(trained, watched, options) };
  let progressAt = 0;
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = batchSize < examples.length ? shuffled(examples, random) : examples;
    for (let start = 0; start < order.length; start += batchSize) {
      const batch = order.slice(start, start + batchSize);
      const { loss, gradient } = empiricalGradient(trained, batch, options);
      const gradientNorm = norm(gradient);
      if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
        return { ...best, end: 'diverged' };
      }
      const learningRate = scheduledRate(options.schedule, options.learningRate, step, steps);
      update(parameters, gradient, state, learningRate, options);
      yield { step, epoch, learningRate, loss, gradientNorm };
      step++;
    }
    const loss = empiricalLoss(trained, watched, options);
    if (!Number.isFinite(loss)) return { ...best, end: 'diverged' };
    if (loss < best.loss - options.minimumProgress) progressAt = epoch;
    if (loss < best.loss) best = { network: copyNetwork(trained), loss };
    if (epoch - progressAt >= options.patience) return { ...best, end: 'converged' };
  }
  return { ...best, end: 'completed' };
}

/** Trains without anyone watching. */
export function trainToEnd(
  network: Network,
  examples: readonly Example[],
  options: TrainingOptions,
  validation: readonly Example[] = [],
): TrainingOutcome {
  const training = train(network, examples, options, validation);
  for (;;) {
    const { done, value } = training.next();
    if (done === true) return value;
  }
}
