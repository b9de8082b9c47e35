import type { AnchorView, TaughtNetwork } from './anchor-view.js';
import type { ClassLoops } from './class-loops.js';
import { boxesFound, boxesGuessed, verifierLessons, type ColumnSoFar } from './class-lessons.js';
import type { ScoredBox } from './find-report.js';
import { learnOffset } from './box-offset.js';
import type { TaughtClass } from './taught-class.js';
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

/** What is learnt when a column has been. */
type Judgement = Pick<TaughtClass, 'verifier' | 'offset'>;

/** One training of a class, from some of the pictures: a column step by step, then the rest. */
export class ClassTraining {
  readonly #network: TaughtNetwork;
  readonly #base: number;
  readonly #examples: readonly PreparedView[];
  readonly #negatives: readonly PreparedView[];
  readonly #loops: ClassLoops;
  readonly #trainer: ColumnTrainer;
  #judgement: Judgement | undefined;

  constructor(
    network: TaughtNetwork,
    base: number,
    examples: readonly PreparedView[],
    negatives: readonly PreparedView[],
    options: ColumnOptions,
    loops: ClassLoops,
  ) {
    this.#loops = loops;
    this.#network = network;
    this.#base = base;
    this.#examples = examples;
    this.#negatives = negatives;
    this.#trainer = new ColumnTrainer(
      network.layout,
      examples.map(({ lesson }) => lesson),
      negatives.map(({ lesson }) => lesson),
      options,
      loops.sums,
    );
  }

  /** Of the column as it is now. */
  get weights(): Float64Array {
    return this.#trainer.weights;
  }

  /** Takes one step of the column. @returns The loss before it. */
  advance(): number {
    this.#judgement = undefined;
    return this.#trainer.advance();
  }

  /** The verifier of the column as it is now, and where its boxes are to lie. */
  get judgement(): Judgement {
    this.#judgement ??= this.#judge();
    return this.#judgement;
  }

  /** What it finds in a view, best first. */
  look(view: AnchorView): ScoredBox[] {
    return boxesFound(this.#network, this.#column(), this.judgement, view);
  }

  /** The same by the column alone: quicker, while it still learns. */
  glance(view: AnchorView): ScoredBox[] {
    return boxesGuessed(this.#network, this.#column(), view);
  }

  /** Taken in anew each time: another training may have had the loops meanwhile. */
  #column(): ColumnSoFar {
    return { base: this.#base, sum: this.#loops.sums(this.weights) };
  }

  #judge(): Judgement {
    const column = this.#column();
    const lessonsOf = (views: readonly PreparedView[], count: number) =>
      views.flatMap(({ view }) => verifierLessons(this.#network, column, view, count));
    const shown = lessonsOf(this.#examples, EXAMPLE_BOXES);
    const lessons = [...shown, ...lessonsOf(this.#negatives, NEGATIVE_BOXES)];
    const pictures = new Set(this.#examples.map(({ view }) => view.picture)).size;
    return {
      verifier: trainVerifier(lessons, this.#network.labels.length, this.#loops.multiply),
      offset: learnOffset(
        shown.flatMap(({ pair }) => pair ?? []),
        pictures,
      ),
    };
  }
}
