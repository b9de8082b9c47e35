import {
  empiricalGradient,
  empiricalLoss,
  norm,
  parametersOf,
  type Example,
  type Objective,
} from '../network/empirical-loss.js';
import { LOSSES, PLAIN_LOSS } from '../network/loss.js';
import { copyNetwork, createNetwork, outputsOf, type Network } from '../network/network.js';
import {
  DEFAULT_OPTIMISER,
  startOptimiser,
  update,
  type OptimiserName,
  type OptimiserState,
} from '../network/optimiser.js';
import { randomNumbers, shuffled, type RandomNumbers } from '../random.js';
import { MOST_STEPS, type LessonLoss, type LessonState, type Problem } from './lesson.js';
import { makePoints, toExamples, type LabelledPoint } from './points.js';
import { assign, flatten, withWeights } from './weights.js';

/** One state of a network on its way. */
export interface Moment {
  /** Updates so far. */
  readonly step: number;
  /** J over the examples to learn from. */
  readonly loss: number;
  /** J over those held back; `undefined` without such. */
  readonly watchedLoss: number | undefined;
  /** Length of ∂J/∂W over the batch of the step that led here; `undefined` at the start. */
  readonly gradientNorm: number | undefined;
  /** All weights, as `flatten` gives them. */
  readonly weights: Float64Array;
}

export interface ExperimentSetup {
  /** Left as it is. */
  readonly network: Network;
  readonly training: readonly Example[];
  readonly validation: readonly Example[];
  readonly objective: Objective;
  readonly optimizer: OptimiserName;
  readonly learningRate: number;
  /** 0 for all. */
  readonly batchSize: number;
  readonly seed: number;
}

/** How many times its first value the loss has to be to count as run away. */
const RUNAWAY = 1000;

/**
 * Gradient descent that can be watched: one step at a time, forwards and back. Going
 * back and on again gives the same numbers, since what was computed is kept.
 */
export class Experiment {
  readonly setup: ExperimentSetup;
  /** With the weights of the moment. */
  readonly network: Network;
  readonly #moments: Moment[] = [];
  /** The network at the end of what was computed. */
  readonly #front: Network;
  readonly #optimiser: OptimiserState;
  readonly #random: RandomNumbers;
  #order: readonly Example[] = [];
  #position = 0;
  #hasDiverged = false;

  constructor(setup: ExperimentSetup) {
    this.setup = setup;
    this.network = copyNetwork(setup.network);
    this.#front = copyNetwork(setup.network);
    this.#optimiser = startOptimiser(parametersOf(this.#front));
    this.#random = randomNumbers(setup.seed);
    this.#note(undefined);
  }

  /** Every moment so far, the beginning first. */
  get moments(): readonly Moment[] {
    return this.#moments;
  }

  get now(): Moment {
    const moment = this.#moments[this.#position];
    if (moment === undefined) throw new RangeError(`no moment ${this.#position}`);
    return moment;
  }

  /** The loss is no number any more, or so large that it never comes back. */
  get hasDiverged(): boolean {
    return this.#hasDiverged && this.#position === this.#moments.length - 1;
  }

  get isAtEnd(): boolean {
    return this.hasDiverged || this.now.step >= MOST_STEPS;
  }

  /**
   * Takes the next step: gradient, update.
   *
   * @returns Whether there was one to take.
   */
  advance(): boolean {
    if (this.isAtEnd) return false;
    if (this.#position === this.#moments.length - 1) this.#compute();
    this.#moveTo(this.#position + 1);
    return true;
  }

  /** @returns Whether there was a step to take back. */
  back(): boolean {
    if (this.#position === 0) return false;
    this.#moveTo(this.#position - 1);
    return true;
  }

  /** Forwards or back to a step, as far as there is one. */
  goTo(step: number): void {
    while (this.#position < step && this.advance());
    if (this.#position > step) this.#moveTo(Math.max(0, step));
  }

  #moveTo(position: number): void {
    this.#position = position;
    assign(this.network, this.now.weights);
  }

  #compute(): void {
    const { objective, learningRate, optimizer } = this.setup;
    const { gradient } = empiricalGradient(this.#front, this.#batch(), objective);
    const options = { ...DEFAULT_OPTIMISER, optimiser: optimizer };
    update(parametersOf(this.#front), gradient, this.#optimiser, learningRate, options);
    this.#note(norm(gradient));
  }

  /** The next examples; when all have had their turn, they are shuffled again. */
  #batch(): readonly Example[] {
    const { training, batchSize } = this.setup;
    if (batchSize <= 0 || batchSize >= training.length) return training;
    if (this.#order.length === 0) this.#order = shuffled(training, this.#random);
    const batch = this.#order.slice(0, batchSize);
    this.#order = this.#order.slice(batchSize);
    return batch;
  }

  #note(gradientNorm: number | undefined): void {
    const { training, validation, objective } = this.setup;
    const loss = empiricalLoss(this.#front, training, objective);
    this.#moments.push({
      step: this.#moments.length,
      loss,
      watchedLoss:
        validation.length === 0 ? undefined : empiricalLoss(this.#front, validation, objective),
      gradientNorm,
      weights: flatten(this.#front),
    });
    const first = this.#moments[0]?.loss ?? loss;
    this.#hasDiverged = !Number.isFinite(loss) || loss > RUNAWAY * Math.max(0.01, first);
  }
}

/** What a lesson on points of the plane works with. */
export interface PointLesson {
  readonly points: readonly LabelledPoint[];
  /** Those of `points` that are learnt from are the first so many. */
  readonly trained: number;
  readonly experiment: Experiment;
}

export const POINT_COUNT = 80;

/** The loss of the network package that a lesson's is, and what comes out of the last layer for it. */
export function objectiveOf(
  loss: LessonLoss,
  problem: Problem,
  l2 = 0,
): { readonly objective: Objective; readonly outputActivation: 'linear' | 'sigmoid' } {
  const isEntropy = loss === 'cross-entropy';
  return {
    objective: {
      loss: isEntropy ? 'sigmoid-cross-entropy' : 'squared-error',
      lossOptions: PLAIN_LOSS,
      l2,
    },
    // Cross-entropy takes logits; squared error what the last activation makes of them.
    outputActivation: isEntropy || problem === 'regression' ? 'linear' : 'sigmoid',
  };
}

/** Makes the points, the network and the first moment that a state stands for; no step is taken. */
export function pointLesson(state: LessonState): PointLesson {
  const { seed, noise, dataset, networkShape, activation } = state;
  const points = makePoints(dataset, { count: POINT_COUNT, noise, seed });
  const { objective, outputActivation } = objectiveOf(
    state.loss,
    state.problem,
    state.regularizationRate,
  );
  const fresh = createNetwork(
    { inputs: 2, hidden: networkShape, outputs: 1, activation, outputActivation },
    seed,
  );
  const examples = toExamples(points);
  const trained = Math.round((examples.length * state.percTrainData) / 100);
  const experiment = new Experiment({
    network: state.weights.length === 0 ? fresh : withWeights(fresh, state.weights),
    training: examples.slice(0, trained),
    validation: examples.slice(trained),
    objective,
    optimizer: state.optimizer,
    learningRate: state.learningRate,
    batchSize: state.batchSize,
    seed,
  });
  return { points, trained, experiment };
}

/** ŷ of a network with one output, as a person reads it. */
export function answer(network: Network, inputs: Float64Array, { loss }: Objective): number {
  return LOSSES[loss].prediction(outputsOf(network, inputs))[0] ?? NaN;
}

/** The part of examples of 0 or 1 that a network gets right, 0 to 1. */
export function shareRight(
  network: Network,
  examples: readonly Example[],
  objective: Objective,
): number {
  const right = examples.filter(
    ({ inputs, target }) => answer(network, inputs, objective) >= 0.5 === (target[0] ?? 0) >= 0.5,
  );
  return right.length / Math.max(1, examples.length);
}
