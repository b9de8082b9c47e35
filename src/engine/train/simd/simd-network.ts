import type { ActivationName } from '../../../domain/network/activation.js';
import type { DenseLayer } from '../../../domain/network/dense-layer.js';
import type { Parameters } from '../../../domain/network/empirical-loss.js';
import { openKernels, type Kernels } from './kernels.js';
import type { Opened } from './open-module.js';
import {
  filledUp,
  layOut,
  NARROW,
  type LayerLayout,
  type Layout,
  type LayoutRequest,
} from './layout.js';

const BYTES = Float32Array.BYTES_PER_ELEMENT;

/**
 * Dense layers in the kernels' memory: the two passes. Matrix products are the
 * kernels' work, what is left is linear in the rows and done in plain loops.
 */
export class SimdNetwork {
  readonly kernels: Kernels;
  readonly layout: Layout;
  /** The whole memory. */
  readonly numbers: Float32Array;

  /** @throws RangeError when there is not enough memory. */
  static async open(request: LayoutRequest): Promise<SimdNetwork> {
    const layout = layOut(request);
    return new SimdNetwork(layout, await openKernels(layout.total * BYTES));
  }

  private constructor(layout: Layout, kernels: Opened<Kernels>) {
    this.layout = layout;
    this.kernels = kernels;
    this.numbers = new Float32Array(kernels.memory.buffer);
  }

  /** The last layer. */
  get top(): LayerLayout {
    const top = this.layout.layers.at(-1);
    if (top === undefined) throw new RangeError('a network without layers');
    return top;
  }

  /** Whether it is a single layer of few units, whose rows are best taken a few at a time. */
  get isNarrow(): boolean {
    const { layers } = this.layout;
    return layers.length === 1 && layers[0]?.width === NARROW;
  }

  /** a of every layer, for rows of inputs from a place on. */
  forward(inputs: number, rows: number): void {
    let below = inputs;
    for (const { layer, inputWidth, width, weights, biases, outputs } of this.layout.layers) {
      const { parameters } = this.layout;
      this.#multiply(
        [below, inputWidth, 1],
        [parameters + weights, width],
        [outputs, width],
        [rows, layer.inputs, width],
      );
      this.#addBiases(parameters + biases, outputs, width, layer.units, rows);
      this.#activate(layer, outputs, width, rows);
      below = outputs;
    }
  }

  /**
   * ∂J/∂W, from ∂J/∂a of the last layer, which lies where its `byZ` is to be.
   *
   * @param isMore Adds to what rows before have given; for `isNarrow` networks.
   */
  backward(inputs: number, rows: number, isMore = false): void {
    const { layers, parameters, gradient, transposed, length } = this.layout;
    if (!isMore) this.numbers.fill(0, gradient, gradient + length);
    for (let index = layers.length - 1; index >= 0; index--) {
      const { layer, inputWidth, width, weights, biases, outputs, byZ } = layers[index] ?? this.top;
      this.#mulByDerivative(layer, byZ, outputs, width, rows);
      const below = layers[index - 1];
      const from = below?.outputs ?? inputs;
      if (width === NARROW) {
        this.#addTransposed(from, byZ, gradient + weights, [rows, inputWidth]);
      } else {
        this.#multiply(
          [from, 1, inputWidth],
          [byZ, width],
          [gradient + weights, width],
          [inputWidth, rows, width],
        );
      }
      this.#sumColumns(byZ, gradient + biases, width, rows);
      if (below === undefined) continue;
      this.#transpose(parameters + weights, inputWidth, width);
      this.#multiply(
        [byZ, width, 1],
        [transposed, inputWidth],
        [below.byZ, inputWidth],
        [rows, layer.units, inputWidth],
      );
    }
  }

  /** What belongs to the parameters, in the order of `parametersOf`. */
  read(from: number): Float32Array {
    const parts: Float32Array[] = [];
    this.#eachRow((at, units) => parts.push(this.numbers.subarray(from + at, from + at + units)));
    const values = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      values.set(part, at);
      at += part.length;
    }
    return values;
  }

  /** The other way. */
  write(parameters: Parameters, to: number): void {
    this.#eachRow((at, units, part, from) => {
      const values = parameters[part] ?? new Float64Array(units);
      this.numbers.set(values.subarray(from, from + units), to + at);
    });
  }

  /** Rows without what fills them up, and which part of the parameters they are, from where on. */
  #eachRow(visit: (at: number, units: number, part: number, from: number) => void): void {
    this.layout.layers.forEach(({ layer, width, weights, biases }, index) => {
      const { inputs, units } = layer;
      for (let row = 0; row < inputs; row++) {
        visit(weights + row * width, units, 2 * index, row * units);
      }
      visit(biases, units, 2 * index + 1, 0);
    });
  }

  /** C = A B; places and distances in numbers. */
  #multiply(
    [a, aRow, aStep]: readonly [number, number, number],
    [b, bRow]: readonly [number, number],
    [c, cRow]: readonly [number, number],
    [rows, inner, columns]: readonly [number, number, number],
  ): void {
    const height = filledUp(rows, 4);
    if (columns === NARROW) {
      // Without gaps, and what is filled up is 0.
      const length = filledUp(inner, 4);
      this.kernels.multiply4(a * BYTES, aRow * BYTES, b * BYTES, c * BYTES, height, length);
      return;
    }
    this.kernels.multiply(
      a * BYTES,
      aRow * BYTES,
      aStep * BYTES,
      b * BYTES,
      bRow * BYTES,
      c * BYTES,
      cRow * BYTES,
      height,
      inner,
      columns,
    );
  }

  /** C += Aᵀ B for `NARROW` columns. */
  #addTransposed(a: number, b: number, c: number, [rows, inner]: readonly [number, number]): void {
    const height = filledUp(rows, 4);
    // What is filled up takes part.
    this.numbers.fill(0, b + rows * NARROW, b + height * NARROW);
    this.kernels.addTransposed4(a * BYTES, inner * BYTES, b * BYTES, c * BYTES, height, inner);
  }

  #addBiases(biases: number, to: number, width: number, units: number, rows: number): void {
    const { numbers } = this;
    for (let row = 0; row < rows; row++) {
      const start = to + row * width;
      for (let j = 0; j < units; j++) {
        numbers[start + j] = (numbers[start + j] ?? 0) + (numbers[biases + j] ?? 0);
      }
    }
  }

  #activate({ activation, units }: DenseLayer, at: number, width: number, rows: number): void {
    if (activation === 'linear') return;
    const value = VALUES[activation];
    for (let row = 0; row < rows; row++) {
      const start = at + row * width;
      value(this.numbers, start, start + units);
    }
  }

  #mulByDerivative(
    { activation }: DenseLayer,
    byZ: number,
    outputs: number,
    width: number,
    rows: number,
  ): void {
    if (activation === 'linear') return;
    DERIVATIVES[activation](this.numbers, byZ, outputs, width * rows);
  }

  #sumColumns(from: number, to: number, width: number, rows: number): void {
    const { numbers } = this;
    for (let row = 0; row < rows; row++) {
      const start = from + row * width;
      for (let j = 0; j < width; j++) {
        numbers[to + j] = (numbers[to + j] ?? 0) + (numbers[start + j] ?? 0);
      }
    }
  }

  #transpose(from: number, rows: number, width: number): void {
    const { numbers, layout } = this;
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < width; j++) {
        numbers[layout.transposed + j * rows + row] = numbers[from + row * width + j] ?? 0;
      }
    }
  }
}

type Curved = Exclude<ActivationName, 'linear'>;

/** a = g(z) in place; a loop for each, so that every one is compiled for itself. */
const VALUES: Readonly<Record<Curved, (z: Float32Array, from: number, to: number) => void>> = {
  relu: (z, from, to) => {
    for (let at = from; at < to; at++) if ((z[at] ?? 0) < 0) z[at] = 0;
  },
  sigmoid: (z, from, to) => {
    for (let at = from; at < to; at++) z[at] = 1 / (1 + Math.exp(-(z[at] ?? 0)));
  },
  tanh: (z, from, to) => {
    for (let at = from; at < to; at++) z[at] = Math.tanh(z[at] ?? 0);
  },
};

type Derive = (numbers: Float32Array, byOutputs: number, outputs: number, count: number) => void;

/** ∂L/∂z = ∂L/∂a · g′(z) in place, with g′ in terms of a. */
const DERIVATIVES: Readonly<Record<Curved, Derive>> = {
  relu: (numbers, byOutputs, outputs, count) => {
    for (let at = 0; at < count; at++) {
      if ((numbers[outputs + at] ?? 0) <= 0) numbers[byOutputs + at] = 0;
    }
  },
  sigmoid: (numbers, byOutputs, outputs, count) => {
    for (let at = 0; at < count; at++) {
      const a = numbers[outputs + at] ?? 0;
      numbers[byOutputs + at] = (numbers[byOutputs + at] ?? 0) * a * (1 - a);
    }
  },
  tanh: (numbers, byOutputs, outputs, count) => {
    for (let at = 0; at < count; at++) {
      const a = numbers[outputs + at] ?? 0;
      numbers[byOutputs + at] = (numbers[byOutputs + at] ?? 0) * (1 - a * a);
    }
  },
};
