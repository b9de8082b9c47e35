import type { AnchorView, TaughtNetwork } from './anchor-view.js';
import { boxesFound, boxesGuessed, verifierLessons, type ColumnSoFar } from './class-lessons.js';
import type { ScoredBox } from './find-report.js';
import type { Verifier } from './taught-class.js';
import { ColumnTrainer, type ColumnLesson, type ColumnOptions } from './train-column.js';
import { trainVerifier } from './train-verifier.js';

/** A view with what is learnt from it. */
export interface PreparedView {
  readonly view: AnchorView;
  readonly lesson: ColumnLesson;
}

/** Boxes of a picture that the verifier learns from. */
const EXAMPLE_BOXES = 8;
const NEGATIVE_BOXES = 4;

/** One training of a class, from some of the pictures: a column step by step, then its verifier. */
export class ClassTraining {
  readonly #network: TaughtNetwork;
  readonly #base: number;
  readonly #examples: readonly PreparedView[];
  readonly #negatives: readonly PreparedView[];
  readonly #trainer: ColumnTrainer;
  #verifier: Verifier | undefined;

  constructor(
    network: TaughtNetwork,
    base: number,
    examples: readonly PreparedView[],
    negatives: readonly PreparedView[],
    options: ColumnOptions,
  ) {
    this.#network = network;
    this.#base = base;
    this.#examples = examples;
    this.#negatives = negatives;
    this.#trainer = new ColumnTrainer(
      network.layout,
      examples.map(({ lesson }) => lesson),
      negatives.map(({ lesson }) => lesson),
      options,
    );
  }

  get column(): ColumnSoFar {
    return { base: this.#base, weights: this.#trainer.weights };
  }

  /** Takes one step of the column. @returns The loss before it. */
  advance(): number {
    this.#verifier = undefined;
    return this.#trainer.advance();
  }

  /** The verifier of the column as it is now. */
  get verifier(): Verifier {
    this.#verifier ??= this.#trainVerifier();
    return this.#verifier;
  }

  /** What it finds in a view, best first. */
  look(view: AnchorView): ScoredBox[] {
    return boxesFound(this.#network, this.column, this.verifier, view);
  }

  /** The same by the column alone: quicker, while it still learns. */
  glance(view: AnchorView): ScoredBox[] {
    return boxesGuessed(this.#network, this.column, view);
  }

  #trainVerifier(): Verifier {
    const lessonsOf = (views: readonly PreparedView[], count: number) =>
      views.flatMap(({ view }) => verifierLessons(this.#network, this.column, view, count));
    const lessons = [
      ...lessonsOf(this.#examples, EXAMPLE_BOXES),
      ...lessonsOf(this.#negatives, NEGATIVE_BOXES),
    ];
    return trainVerifier(lessons, this.#network.labels.length);
  }
}
