import {
  add,
  argMax,
  cast,
  concat1d,
  dispose,
  div,
  equal,
  fused,
  gather,
  getBackend,
  greater,
  matMul,
  mean,
  mul,
  reshape,
  scalar,
  slice,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  tensor1d,
  tensor2d,
  tidy,
  transpose,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../domain/network/activation.js';
import type { DenseLayer } from '../../domain/network/dense-layer.js';
import { isWeights, parametersOf } from '../../domain/network/empirical-loss.js';
import { scheduledRate } from '../../domain/network/optimiser.js';
import type { TrainingOptions } from '../../domain/network/training.js';
import type { TrainingSet } from '../../domain/teach/lesson.js';
import { answersOf, type Descent, type DescentInput, type Position } from './descent.js';
import { TENSOR_LOSSES, type Targets } from './tensor-losses.js';

/** Examples on the device. */
interface Rows {
  readonly count: number;
  readonly inputs: Tensor2D;
  readonly targets: Targets;
}

/** Where a parameter array lies in the flat vector. */
interface Part {
  readonly offset: number;
  readonly shape: readonly [number, number];
}

/**
 * Descent on the current TensorFlow.js backend, which spares the tape, the
 * optimiser's per-variable operations and most kernel launches of a general
 * training loop.
 *
 * All parameters lie in one vector, so that the optimiser's arithmetic is done
 * once per step and not once per layer.
 */
export class TensorDescent implements Descent {
  readonly #layers: readonly DenseLayer[];
  readonly #parts: readonly Part[];
  readonly #options: TrainingOptions;
  readonly #steps: number;
  readonly #examples: Rows;
  readonly #watched: Rows;
  /** 1 where a parameter is a weight, which shrinks, 0 where it is a bias. */
  readonly #isWeight: Tensor1D;
  #values: Tensor1D;
  #first: Tensor1D;
  #second: Tensor1D;
  #step = 0;

  constructor({ network, examples, validation, options, steps }: DescentInput) {
    this.#layers = network.layers;
    this.#options = options;
    this.#steps = steps;
    const parameters = parametersOf(network);
    let offset = 0;
    this.#parts = parameters.map((values, index) => {
      const units = network.layers[index >> 1]?.units ?? 1;
      const part: Part = { offset, shape: [values.length / units, units] };
      offset += values.length;
      return part;
    });
    this.#values = tensor1d(parameters.flatMap((values) => [...values]));
    this.#isWeight = tensor1d(
      parameters.flatMap((values, index) => [...values.map(() => (isWeights(index) ? 1 : 0))]),
    );
    this.#first = tensor1d(new Float32Array(offset));
    this.#second = tensor1d(new Float32Array(offset));
    this.#examples = uploadRows(examples, options);
    this.#watched = validation ? uploadRows(validation, options) : this.#examples;
  }

  get step(): number {
    return this.#step;
  }

  descend(rows?: Uint32Array): void {
    const next = tidy(() => {
      const batch = rows === undefined ? this.#examples : picked(this.#examples, rows);
      const activations = this.#forward(batch.inputs);
      return this.#update(this.#backward(batch, activations));
    });
    dispose([this.#values, this.#first, this.#second]);
    [this.#values, this.#first, this.#second] = next;
    this.#step++;
  }

  async look(): Promise<Position> {
    // One readback: each costs a GPU more than a step does.
    const all = tidy(() => {
      const watched = this.#measure(this.#watched);
      const [loss] = this.#watched === this.#examples ? watched : this.#measure(this.#examples);
      return concat1d([...watched, loss, this.#values]);
    });
    try {
      const numbers = await all.data<'float32'>();
      const [watchedLoss = NaN, watchedAccuracy = NaN, loss = NaN] = numbers;
      return { values: numbers.slice(3), loss, watchedLoss, watchedAccuracy };
    } finally {
      all.dispose();
    }
  }

  async gradient(): Promise<Float32Array> {
    const gradient = tidy(() =>
      this.#backward(this.#examples, this.#forward(this.#examples.inputs)),
    );
    try {
      return await gradient.data<'float32'>();
    } finally {
      gradient.dispose();
    }
  }

  dispose(): void {
    dispose([this.#values, this.#first, this.#second, this.#isWeight]);
    disposeRows(this.#examples);
    if (this.#watched !== this.#examples) disposeRows(this.#watched);
  }

  /** J and the share of rows whose largest output is the right one. */
  #measure({ inputs, targets }: Rows): [loss: Tensor1D, accuracy: Tensor1D] {
    const outputs = this.#forward(inputs).at(-1) ?? inputs;
    const loss = TENSOR_LOSSES[this.#options.loss].mean(outputs, targets);
    const isRight = equal(argMax(outputs, 1), argMax(targets.values, 1));
    return [flat(add(loss, this.#penalty())), flat(mean(cast(isRight, 'float32')))];
  }

  /** The activations of every layer. */
  #forward(inputs: Tensor2D): Tensor2D[] {
    let values = inputs;
    return this.#layers.map(({ activation }, index) => {
      values = dense(values, this.#part(2 * index), this.#part(2 * index + 1), activation);
      return values;
    });
  }

  /** The chain rule from the loss back to every parameter. */
  #backward({ inputs, targets, count }: Rows, activations: readonly Tensor2D[]): Tensor1D {
    const gradients: Tensor1D[] = [];
    const outputs = activations.at(-1) ?? inputs;
    let arriving: Tensor = mul(
      TENSOR_LOSSES[this.#options.loss].gradient(outputs, targets),
      1 / count,
    );
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const activation = this.#layers[index]?.activation ?? 'linear';
      const byZ = mulByDerivative(arriving, activations[index] ?? outputs, activation) as Tensor2D;
      const below = activations[index - 1] ?? inputs;
      const byBiases = sum(byZ, 0);
      const byWeights = matMulTransposed(below, byZ, true);
      gradients.unshift(flat(byWeights), flat(byBiases));
      if (index > 0) arriving = matMulTransposed(byZ, this.#part(2 * index), false);
    }
    const gradient = concat1d(gradients);
    const { l2 } = this.#options;
    return l2 === 0 ? gradient : add(gradient, mul(mul(this.#values, this.#isWeight), l2));
  }

  #update(gradient: Tensor1D): [Tensor1D, Tensor1D, Tensor1D] {
    const { optimiser, momentum, beta1, beta2, epsilon, weightDecay } = this.#options;
    const rate = this.#rate();
    if (optimiser === 'gradient-descent') {
      return [sub(this.#values, mul(gradient, rate)), this.#first.clone(), this.#second.clone()];
    }
    if (optimiser === 'momentum') {
      const velocity: Tensor1D = add(mul(this.#first, momentum), gradient);
      return [sub(this.#values, mul(velocity, rate)), velocity, this.#second.clone()];
    }
    const first: Tensor1D = add(mul(this.#first, beta1), mul(gradient, 1 - beta1));
    const second: Tensor1D = add(mul(this.#second, beta2), mul(square(gradient), 1 - beta2));
    const taken = this.#step + 1;
    const size = add(mul(sqrt(second), 1 / Math.sqrt(1 - beta2 ** taken)), epsilon);
    const move = mul(div(first, size), rate / (1 - beta1 ** taken));
    const kept =
      optimiser === 'adamw'
        ? sub(this.#values, mul(mul(this.#values, this.#isWeight), rate * weightDecay))
        : this.#values;
    return [sub(kept, move), first, second];
  }

  #rate(): number {
    const { schedule, learningRate } = this.#options;
    return scheduledRate(schedule, learningRate, this.#step, this.#steps);
  }

  #penalty(): Scalar {
    const { l2 } = this.#options;
    if (l2 === 0) return scalar(0);
    return mul(sum(square(mul(this.#values, this.#isWeight))), l2 / 2);
  }

  /** Weights or biases as a matrix. */
  #part(index: number): Tensor2D {
    const { offset, shape } = this.#parts[index] ?? { offset: 0, shape: [0, 0] as const };
    return reshape(slice(this.#values, offset, shape[0] * shape[1]), [...shape]);
  }
}

/** A dense layer of the domain as its own tensors are computed: a = g(xW + b). */
function dense(
  inputs: Tensor2D,
  weights: Tensor2D,
  bias: Tensor2D,
  activation: ActivationName,
): Tensor2D {
  const z = fused.matMul({
    a: inputs,
    b: weights,
    bias,
    activation: activation === 'tanh' ? 'linear' : activation,
  }) as Tensor2D;
  return activation === 'tanh' ? tanh(z) : z;
}

/** ∂L/∂z = ∂L/∂a · g′(z), with g′ in terms of a. */
function mulByDerivative(byOutputs: Tensor, outputs: Tensor2D, activation: ActivationName): Tensor {
  switch (activation) {
    case 'relu':
      return mul(byOutputs, cast(greater(outputs, 0), 'float32'));
    case 'sigmoid':
      return mul(byOutputs, sub(outputs, square(outputs)));
    case 'tanh':
      return sub(byOutputs, mul(byOutputs, square(outputs)));
    case 'linear':
      return byOutputs;
  }
}

/** AᵀB or ABᵀ. In 4.22 WebAssembly has a fast product only for matrices as they lie. */
function matMulTransposed(a: Tensor2D, b: Tensor2D, isFirst: boolean): Tensor2D {
  if (getBackend() !== 'wasm') return matMul(a, b, isFirst, !isFirst);
  return isFirst ? matMul(transpose(a), b) : matMul(a, transpose(b));
}

function flat(values: Tensor): Tensor1D {
  return reshape(values, [values.size]);
}

/** Examples on the current backend; the caller's to dispose. */
function uploadRows(set: TrainingSet, options: TrainingOptions): Rows {
  const { inputs, targets, count } = set;
  const { values, weights, totals } = answersOf(set, options);
  const outputs = targets.length / count;
  return {
    count,
    inputs: tensor2d(inputs, [count, inputs.length / count]),
    targets: {
      values: tensor2d(values, [count, outputs]),
      weights: tensor2d(weights, [1, outputs]),
      totals: tensor2d(totals, [count, 1]),
    },
  };
}

/** Some of the rows. */
function picked({ inputs, targets }: Rows, rows: Uint32Array): Rows {
  const indices = tensor1d(Int32Array.from(rows), 'int32');
  return {
    count: rows.length,
    inputs: gather(inputs, indices),
    targets: {
      values: gather(targets.values, indices),
      weights: targets.weights,
      totals: gather(targets.totals, indices),
    },
  };
}

function disposeRows({ inputs, targets }: Rows): void {
  dispose([inputs, targets.values, targets.weights, targets.totals]);
}
