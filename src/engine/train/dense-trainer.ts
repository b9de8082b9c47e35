import {
  add,
  argMax,
  cast,
  concat1d,
  dispose,
  div,
  equal,
  fused,
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
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../domain/network/activation.js';
import type { DenseLayer } from '../../domain/network/dense-layer.js';
import { isWeights, parametersOf } from '../../domain/network/empirical-loss.js';
import type { Network } from '../../domain/network/network.js';
import { scheduledRate } from '../../domain/network/optimiser.js';
import type { TrainingOptions } from '../../domain/network/training.js';
import { TENSOR_LOSSES, type Targets } from './tensor-losses.js';

/** Examples on the device. */
export interface Rows {
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
 * Dense layers being trained on the current TensorFlow.js backend, with the
 * gradients written out instead of recorded: for dense layers they are two
 * matrix products each, which spares the tape, the optimiser's per-variable
 * operations and most kernel launches of a general training loop.
 *
 * All parameters lie in one vector, so that the optimiser's arithmetic is done
 * once per step and not once per layer. The numbers are those of the domain's
 * `train`, in float32.
 */
export class DenseTrainer {
  readonly #layers: readonly DenseLayer[];
  readonly #parts: readonly Part[];
  readonly #options: TrainingOptions;
  readonly #steps: number;
  /** 1 where a parameter is a weight, which shrinks, 0 where it is a bias. */
  readonly #isWeight: Tensor1D;
  #values: Tensor1D;
  #first: Tensor1D;
  #second: Tensor1D;
  #step = 0;

  /** @param steps That the schedule of the learning rate is laid out for. */
  constructor(network: Network, options: TrainingOptions, steps: number) {
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
  }

  /** Steps taken. */
  get step(): number {
    return this.#step;
  }

  /** One step of gradient descent, or of one of its descendants. */
  descend({ inputs, targets, count }: Rows): void {
    const next = tidy(() => {
      const activations = this.#forward(inputs);
      const gradient = this.#backward(inputs, activations, targets, count);
      return this.#update(gradient);
    });
    dispose([this.#values, this.#first, this.#second]);
    [this.#values, this.#first, this.#second] = next;
    this.#step++;
  }

  /**
   * J and the share of rows whose largest output is the right one.
   *
   * @returns `[loss, accuracy]`, the caller's to dispose.
   */
  evaluate({ inputs, targets }: Rows): Tensor1D {
    return tidy(() => {
      const outputs = this.#forward(inputs).at(-1) ?? inputs;
      const loss = TENSOR_LOSSES[this.#options.loss].mean(outputs, targets);
      const isRight = equal(argMax(outputs, 1), argMax(targets.values, 1));
      const accuracy = mean(cast(isRight, 'float32'));
      return concat1d([reshape(add(loss, this.#penalty()), [1]), reshape(accuracy, [1])]);
    });
  }

  /** ∂J/∂W over some rows as one vector, for tests; the caller's to dispose. */
  gradient({ inputs, targets, count }: Rows): Tensor1D {
    return tidy(() => this.#backward(inputs, this.#forward(inputs), targets, count));
  }

  /** The parameters as they are now, in the order of `parametersOf`; the caller's to dispose. */
  snapshot(): Tensor1D {
    return this.#values.clone();
  }

  /** The network with a snapshot's numbers. */
  networkOf(values: Float32Array): Network {
    const take = (index: number): Float64Array => {
      const { offset, shape } = this.#parts[index] ?? { offset: 0, shape: [0, 0] };
      return Float64Array.from(values.subarray(offset, offset + shape[0] * shape[1]));
    };
    return {
      layers: this.#layers.map((layer, index) => ({
        ...layer,
        weights: take(2 * index),
        biases: take(2 * index + 1),
      })),
    };
  }

  dispose(): void {
    dispose([this.#values, this.#first, this.#second, this.#isWeight]);
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
  #backward(
    inputs: Tensor2D,
    activations: readonly Tensor2D[],
    targets: Targets,
    count: number,
  ): Tensor1D {
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
      const byWeights = matMul(below, byZ, true, false);
      gradients.unshift(flat(byWeights), flat(byBiases));
      if (index > 0) arriving = matMul(byZ, this.#part(2 * index), false, true);
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

function flat(values: Tensor): Tensor1D {
  return reshape(values, [values.size]);
}

/** Examples as rows on the current backend; all three tensors are the caller's to dispose. */
export function uploadRows(
  inputs: Float32Array,
  targets: Float32Array,
  count: number,
  { loss, lossOptions }: TrainingOptions,
): Rows {
  const outputs = targets.length / count;
  const answers = loss === 'sigmoid-cross-entropy' ? 2 : outputs;
  const { labelSmoothing: s, classWeights } = lossOptions;
  const values = s === 0 ? targets : targets.map((y) => y * (1 - s) + s / answers);
  const weights = Float32Array.from({ length: outputs }, (_, k) => classWeights?.[k] ?? 1);
  const totals = new Float32Array(count);
  values.forEach((y, at) => {
    const row = Math.floor(at / outputs);
    totals[row] = (totals[row] ?? 0) + y * (weights[at % outputs] ?? 1);
  });
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

export function disposeRows({ inputs, targets }: Rows): void {
  dispose([inputs, targets.values, targets.weights, targets.totals]);
}
