import { float16Table } from '../float16.js';
import {
  DEFAULT_OPTIMISER,
  scheduledRate,
  startOptimiser,
  update,
  type OptimiserState,
} from '../network/optimiser.js';
import { randomNumbers, shuffled, type RandomNumbers } from '../random.js';
import { chooseAnchors } from './hard-negatives.js';
import { anchorPlace, type AnchorLayout } from './layout.js';
import { plainSums, type AnchorSums, type SparseFeatures } from './sparse-features.js';

/** A picture as the training of a column takes it. */
export interface ColumnLesson {
  readonly features: SparseFeatures;
  /** Logits of the class that the column begins as, one for each anchor. */
  readonly base: Float32Array;
  /** See `matchAnchors`. */
  readonly matches: Int8Array;
}

export interface ColumnOptions {
  /** Of one round. */
  readonly steps: number;
  readonly learningRate: number;
  /** Pull towards the class that the column begins as: half of it times the square of the weights. */
  readonly l2: number;
  /** Pictures with the thing, and without, in each step. */
  readonly examples: number;
  readonly negatives: number;
  readonly seed: number;
}

export const DEFAULT_COLUMN_OPTIONS: ColumnOptions = {
  steps: 60,
  learningRate: 6e-3,
  l2: 2e-4,
  examples: 16,
  negatives: 8,
  seed: 1,
};

const ADAM = { ...DEFAULT_OPTIMISER, optimiser: 'adam' } as const;

/**
 * Trains one class column by backpropagation: logistic regression at every
 * anchor of every map at once. Binary cross-entropy over the positives and the
 * hardest negatives of each picture, divided by the positives of the step; Adam
 * (Kingma and Ba 2015) with a rate that falls along a cosine, and begins anew with each
 * further round of steps (SGDR, Loshchilov and Hutter 2017).
 *
 * One step at a time, so that whoever runs it can do other things in between.
 */
export class ColumnTrainer {
  readonly weights: Float64Array;
  readonly #layout: AnchorLayout;
  readonly #sums: AnchorSums;
  readonly #options: ColumnOptions;
  readonly #optimiser: OptimiserState;
  readonly #gradient: Float64Array;
  readonly #logits: Float32Array;
  readonly #examples: Deck;
  readonly #negatives: Deck;

  /**
   * @param examples Views of pictures that show the thing.
   * @param negatives Pictures that do not.
   * @param sums Of the layout.
   */
  constructor(
    layout: AnchorLayout,
    examples: readonly ColumnLesson[],
    negatives: readonly ColumnLesson[],
    options: ColumnOptions,
    sums = plainSums(layout),
  ) {
    const random = randomNumbers(options.seed);
    this.#layout = layout;
    this.#options = options;
    this.#sums = sums;
    this.weights = new Float64Array(layout.weightCount);
    this.#optimiser = startOptimiser([this.weights]);
    this.#gradient = new Float64Array(layout.weightCount);
    this.#logits = new Float32Array(layout.anchorCount);
    this.#examples = new Deck(examples, random);
    this.#negatives = new Deck(negatives, random);
  }

  /** Steps taken. */
  get step(): number {
    return this.#optimiser.step;
  }

  /**
   * Takes one step.
   *
   * @returns The loss before it, without the pull.
   */
  advance(): number {
    const { examples, negatives } = this.#options;
    const batch = [...this.#examples.draw(examples), ...this.#negatives.draw(negatives)];
    const loss = this.gradient(batch, this.#gradient);
    const { learningRate, steps, l2 } = this.#options;
    this.weights.forEach((weight, at) => {
      this.#gradient[at] = (this.#gradient[at] ?? 0) + l2 * weight;
    });
    const rate = scheduledRate('cosine', learningRate, this.step % steps, steps);
    update([this.weights], [this.#gradient], this.#optimiser, rate, ADAM);
    return loss;
  }

  /**
   * The loss over some pictures and its gradient.
   *
   * @param out Gets one number for each weight, without the pull.
   */
  gradient(batch: readonly ColumnLesson[], out: Float64Array): number {
    out.fill(0);
    let [loss, positives] = [0, 0];
    const sum = this.#sums(this.weights);
    for (const lesson of batch) {
      sum(lesson.features, this.#logits);
      this.#addBase(lesson);
      const chosen = chooseAnchors(lesson.matches, this.#logits);
      positives += chosen.positives.length;
      for (const anchor of chosen.positives) loss += this.#learn(lesson, anchor, 1, out);
      for (const anchor of chosen.negatives) loss += this.#learn(lesson, anchor, 0, out);
    }
    const scale = 1 / Math.max(1, positives);
    for (let at = 0; at < out.length; at++) out[at] = (out[at] ?? 0) * scale;
    return loss * scale;
  }

  /** Makes the sums logits. */
  #addBase({ base }: ColumnLesson): void {
    for (let anchor = 0; anchor < base.length; anchor++) {
      this.#logits[anchor] = (this.#logits[anchor] ?? 0) + (base[anchor] ?? 0);
    }
  }

  /** Adds one anchor's share of the gradient; returns its loss. */
  #learn(lesson: ColumnLesson, anchor: number, target: 0 | 1, gradient: Float64Array): number {
    const logit = this.#logits[anchor] ?? 0;
    const error = 1 / (1 + Math.exp(-logit)) - target;
    const { map, cell, place } = anchorPlace(this.#layout, anchor);
    const { perCell, firstWeight } = map;
    const { starts, channels, values } = lesson.features;
    const numbers = float16Table();
    const end = starts[cell + 1] ?? 0;
    for (let entry = starts[cell] ?? 0; entry < end; entry++) {
      const at = firstWeight + (channels[entry] ?? 0) * perCell + place;
      gradient[at] = (gradient[at] ?? 0) + error * (numbers[values[entry] ?? 0] ?? 0);
    }
    const bias = firstWeight + map.channels * perCell + place;
    gradient[bias] = (gradient[bias] ?? 0) + error;
    // log(1 + e^-x) without overflow.
    const towards = target === 1 ? logit : -logit;
    return Math.max(-towards, 0) + Math.log1p(Math.exp(-Math.abs(towards)));
  }
}

/** Draws so that all come once before any comes again. */
class Deck {
  readonly #all: readonly ColumnLesson[];
  readonly #random: RandomNumbers;
  #rest: ColumnLesson[] = [];

  constructor(all: readonly ColumnLesson[], random: RandomNumbers) {
    this.#all = all;
    this.#random = random;
  }

  draw(count: number): ColumnLesson[] {
    if (this.#all.length === 0) return [];
    while (this.#rest.length < count) this.#rest.push(...shuffled(this.#all, this.#random));
    return this.#rest.splice(0, count);
  }
}
