/** Average precision over held-back pictures from which on one round is enough. */
const GOOD_AP50 = 0.75;
/** What a round has to add to it for another one to be worth its time. */
const LEAST_GAIN = 0.01;
const MOST_ROUNDS = 3;

/**
 * How long a class is trained: for a round of steps, and for another one as long as it is
 * found badly and each round helps. What is easy to tell apart is learnt in one; things
 * that differ in little more than what is printed on them go on to gain.
 */
export class TrainingRounds {
  /** Of one round. */
  readonly #steps: number;
  #planned = 1;
  #step = 0;
  #fraction = 0;
  /** At the end of the round before. */
  #ap50 = -Infinity;

  /** @param steps Of one round, 1 at least. */
  constructor(steps: number) {
    this.#steps = steps;
  }

  /** Steps taken. */
  get step(): number {
    return this.#step;
  }

  /** Of what there is to do as far as is known, 0 to 1; never less than it was. */
  get fraction(): number {
    return this.#fraction;
  }

  get isOver(): boolean {
    return this.#step >= this.#planned * this.#steps;
  }

  /**
   * Counts a step.
   *
   * @param ap50 Over held-back pictures, as last measured; `undefined` where there are none.
   */
  count(ap50 = NaN): void {
    this.#step++;
    let expected = this.#planned;
    if (ap50 < GOOD_AP50 && expected < MOST_ROUNDS) {
      if (!this.isOver) expected++;
      else if (ap50 >= this.#ap50 + LEAST_GAIN) {
        this.#ap50 = ap50;
        expected = ++this.#planned;
      }
    }
    this.#fraction = Math.max(this.#fraction, this.#step / (expected * this.#steps));
  }
}
