import { parametersOf } from '../../../domain/network/empirical-loss.js';
import { scheduledRate } from '../../../domain/network/optimiser.js';
import type { TrainingSet } from '../../../domain/teach/lesson.js';
import {
  answersOf,
  batchSizeOf,
  type Answers,
  type Descent,
  type DescentInput,
  type Position,
} from '../descent.js';
import { ROW_LOSSES, type LossRow } from './row-losses.js';
import { SimdNetwork } from './simd-network.js';

/** Rows at once when nothing but the loss is asked for. */
const LOOK_ROWS = 256;
/** Rows that are still near, in the processor's cache, when the way back needs them once more. */
const NEAR_ROWS = 16;
const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Examples where they lie, with their answers. */
interface Rows {
  /** Place of the first row's inputs. */
  readonly inputs: number;
  readonly count: number;
  readonly answers: Answers;
}

/**
 * Descent on the processor, four numbers at a time: matrix products and Adam in
 * WebAssembly, the small rest in plain loops over the same memory. In
 * TensorFlow.js 4.22 a product with a transposed matrix, which backpropagation
 * asks for in every step, is more than ten times slower on WebAssembly than one
 * without, and every operation has a price of its own, which here nothing pays.
 */
export class SimdDescent implements Descent {
  readonly #network: SimdNetwork;
  readonly #input: DescentInput;
  readonly #examples: Rows;
  readonly #watched: Rows;
  /** Rows that are computed at once, at most. */
  readonly #most: number;
  #step = 0;

  /** @throws RangeError when there is not enough memory. */
  static async open(input: DescentInput): Promise<SimdDescent> {
    const { network, examples, validation, options } = input;
    const batch = batchSizeOf(options, examples);
    const most = Math.max(batch, LOOK_ROWS);
    const opened = await SimdNetwork.open({
      layers: network.layers,
      examples: examples.count,
      watched: validation?.count ?? 0,
      batch: batch < examples.count ? batch : 0,
      rows: most,
    });
    return new SimdDescent(input, opened, most);
  }

  private constructor(input: DescentInput, network: SimdNetwork, most: number) {
    this.#input = input;
    this.#network = network;
    this.#most = most;
    const { layout } = network;
    this.#examples = this.#place(input.examples, layout.examples);
    this.#watched =
      input.validation === undefined
        ? this.#examples
        : this.#place(input.validation, layout.watched);
    network.write(parametersOf(input.network), layout.parameters);
  }

  get step(): number {
    return this.#step;
  }

  descend(rows?: Uint32Array): void {
    this.#differentiate(rows);
    this.#penalise();
    this.#update();
    this.#step++;
  }

  look(): Promise<Position> {
    const watched = this.#evaluate(this.#watched);
    const whole = this.#watched === this.#examples ? watched : this.#evaluate(this.#examples);
    return Promise.resolve({
      values: this.#network.read(this.#network.layout.parameters),
      loss: whole.loss,
      watchedLoss: watched.loss,
      watchedAccuracy: watched.accuracy,
    });
  }

  gradient(): Promise<Float32Array> {
    this.#differentiate();
    this.#penalise();
    return Promise.resolve(this.#network.read(this.#network.layout.gradient));
  }

  /** Nothing to do: the memory goes with the object. */
  dispose(): void {
    return;
  }

  #place({ inputs, targets, count }: TrainingSet, to: number): Rows {
    const { layout, numbers } = this.#network;
    const width = inputs.length / count;
    for (let row = 0; row < count; row++) {
      numbers.set(inputs.subarray(row * width, (row + 1) * width), to + row * layout.inputWidth);
    }
    return { inputs: to, count, answers: answersOf({ targets, count }, this.#input.options) };
  }

  /** ∂J/∂W over some rows of the examples, or all of them. */
  #differentiate(rows?: Uint32Array): void {
    const { layout, numbers } = this.#network;
    const { inputs, answers, count } = this.#examples;
    const taken = rows?.length ?? count;
    const from = rows === undefined ? inputs : layout.batch;
    rows?.forEach((row, at) => {
      const start = inputs + row * layout.inputWidth;
      numbers.copyWithin(layout.batch + at * layout.inputWidth, start, start + layout.inputWidth);
    });
    const atOnce = this.#network.isNarrow ? NEAR_ROWS : taken;
    for (let first = 0; first < taken; first += atOnce) {
      const some = Math.min(atOnce, taken - first);
      const place = from + first * layout.inputWidth;
      this.#network.forward(place, some);
      this.#lose(some, answers, (at) => rows?.[first + at] ?? first + at, 1 / taken);
      this.#network.backward(place, some, first > 0);
    }
  }

  /**
   * The sum of L over the rows that went forward; leaves ∂L/∂a times a share for
   * the way back.
   */
  #lose(
    count: number,
    answers: Answers,
    rowOf: (at: number) => number,
    share: number,
    look: (outputs: number, row: number) => void = () => undefined,
  ): number {
    const { numbers, top } = this.#network;
    const loss = ROW_LOSSES[this.#input.options.loss];
    const at: LossRow = { numbers, outputs: top.outputs, gradient: top.byZ, row: 0 };
    let sum = 0;
    for (let taken = 0; taken < count; taken++) {
      at.row = rowOf(taken);
      sum += loss(at, answers, share);
      look(at.outputs, at.row);
      at.outputs += top.width;
      at.gradient += top.width;
    }
    return sum;
  }

  #evaluate({ inputs, count, answers }: Rows): {
    readonly loss: number;
    readonly accuracy: number;
  } {
    const { layout, numbers } = this.#network;
    const units = answers.weights.length;
    let [sum, right] = [0, 0];
    for (let first = 0; first < count; first += this.#most) {
      const taken = Math.min(this.#most, count - first);
      this.#network.forward(inputs + first * layout.inputWidth, taken);
      const rowOf = (at: number): number => first + at;
      sum += this.#lose(taken, answers, rowOf, 1, (outputs, row) => {
        const wanted = largest(answers.values, row * units, units);
        if (largest(numbers, outputs, units) === wanted) right++;
      });
    }
    return { loss: sum / count + this.#penalty(), accuracy: right / count };
  }

  /** Adds the slope of the penalty on the weights. */
  #penalise(): void {
    const { l2 } = this.#input.options;
    if (l2 === 0) return;
    const { numbers, layout } = this.#network;
    const { parameters, gradient } = layout;
    for (const { weights, biases } of layout.layers) {
      for (let at = weights; at < biases; at++) {
        numbers[gradient + at] =
          (numbers[gradient + at] ?? 0) + l2 * (numbers[parameters + at] ?? 0);
      }
    }
  }

  #penalty(): number {
    const { l2 } = this.#input.options;
    if (l2 === 0) return 0;
    const { numbers, layout } = this.#network;
    let square = 0;
    for (const { weights, biases } of layout.layers) {
      for (let at = weights; at < biases; at++) {
        square += (numbers[layout.parameters + at] ?? 0) ** 2;
      }
    }
    return (l2 / 2) * square;
  }

  #update(): void {
    const { options, steps } = this.#input;
    const { layout } = this.#network;
    const rate = scheduledRate(options.schedule, options.learningRate, this.#step, steps);
    if (options.optimiser === 'gradient-descent') {
      this.#roll(rate, 0, layout.gradient);
    } else if (options.optimiser === 'momentum') {
      this.#roll(rate, options.momentum, layout.first);
    } else {
      const decay = options.optimiser === 'adamw' ? options.weightDecay : 0;
      for (const { weights, biases, width } of layout.layers) {
        this.#adam(weights, biases - weights, rate, 1 - rate * decay);
        this.#adam(biases, width, rate, 1);
      }
    }
  }

  /** W ← W - η v with the velocity v ← μ v + ∂J/∂W. */
  #roll(rate: number, momentum: number, velocity: number): void {
    const { numbers, layout } = this.#network;
    const { parameters, gradient, length } = layout;
    for (let at = 0; at < length; at++) {
      const slope = numbers[gradient + at] ?? 0;
      const speed = momentum === 0 ? slope : momentum * (numbers[velocity + at] ?? 0) + slope;
      numbers[velocity + at] = speed;
      numbers[parameters + at] = (numbers[parameters + at] ?? 0) - rate * speed;
    }
  }

  #adam(at: number, count: number, rate: number, keep: number): void {
    const { beta1, beta2, epsilon } = this.#input.options;
    const { kernels, layout } = this.#network;
    const taken = this.#step + 1;
    kernels.adam(
      (layout.parameters + at) * BYTES,
      (layout.gradient + at) * BYTES,
      (layout.first + at) * BYTES,
      (layout.second + at) * BYTES,
      count * BYTES,
      beta1,
      beta2,
      rate / (1 - beta1 ** taken),
      1 / Math.sqrt(1 - beta2 ** taken),
      epsilon,
      keep,
    );
  }
}

/** Index of the largest of some numbers, the first of equal ones. */
function largest(numbers: Float32Array, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) {
    if ((numbers[from + k] ?? 0) > (numbers[from + best] ?? 0)) best = k;
  }
  return best;
}
