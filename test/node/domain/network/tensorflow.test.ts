import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { ActivationName } from '../../../../src/domain/network/activation.js';
import { empiricalGradient, isWeights } from '../../../../src/domain/network/empirical-loss.js';
import { forward } from '../../../../src/domain/network/network.js';
import { problems, type Problem } from '../../../support/networks.js';

const BEND: Readonly<Record<ActivationName, (z: tf.Tensor2D) => tf.Tensor2D>> = {
  linear: (z) => z,
  relu: (z) => tf.relu(z),
  sigmoid: (z) => tf.sigmoid(z),
  tanh: (z) => tf.tanh(z),
};

/** The same weights and examples in TensorFlow.js, differentiated by its own tape. */
function byTensorFlow(problem: Problem): { loss: number; gradient: number[][] } {
  const { network, examples, objective } = problem;
  return tf.tidy(() => {
    const x = tf.tensor2d(examples.map(({ inputs }) => [...inputs]));
    const y = tf.tensor2d(examples.map(({ target }) => [...target]));
    const start = network.layers.flatMap(({ inputs, units, weights, biases }) => [
      tf.tensor2d([...weights], [inputs, units]),
      tf.tensor1d([...biases]),
    ]);
    const lossOf = (...parameters: tf.Tensor[]): tf.Scalar => {
      let a: tf.Tensor2D = x;
      network.layers.forEach(({ activation }, layer) => {
        const [w, b] = [parameters[2 * layer], parameters[2 * layer + 1]];
        assert.ok(w && b);
        a = BEND[activation](a.matMul(w).add(b));
      });
      const one = {
        'softmax-cross-entropy': () => tf.neg(y.mul(tf.logSoftmax(a))),
        'sigmoid-cross-entropy': () => tf.softplus(a).sub(y.mul(a)),
        'squared-error': () => tf.square(a.sub(y)),
      }[objective.loss]();
      const squares = parameters
        .filter((_, index) => isWeights(index))
        .map((w) => tf.sum(tf.square(w)).mul(objective.l2 / 2));
      return tf.addN([tf.sum(one).div(examples.length), ...squares]).asScalar();
    };
    const { value, grads } = tf.valueAndGrads(lossOf)(start);
    return {
      loss: value.dataSync()[0] ?? NaN,
      gradient: grads.map((slopes) => [...slopes.dataSync()]),
    };
  });
}

/** A corner of ReLU within float32's reach could be taken from either side. */
function isNearCorner({ network, examples }: Problem): boolean {
  return examples.some(({ inputs }) =>
    forward(network, inputs).some(
      ({ z }, layer) =>
        network.layers[layer]?.activation === 'relu' && z.some((value) => Math.abs(value) < 1e-4),
    ),
  );
}

describe('The float64 network', () => {
  before(async () => {
    await tf.setBackend('cpu');
  });

  it('has the loss and the gradient that TensorFlow.js finds for the same weights', () => {
    fc.assert(
      fc.property(problems(), (made) => {
        const { objective } = made;
        const problem = {
          ...made,
          objective: { ...objective, lossOptions: { labelSmoothing: 0 } },
        };
        fc.pre(!isNearCorner(problem));
        const own = empiricalGradient(problem.network, problem.examples, problem.objective);
        const theirs = byTensorFlow(problem);
        const near = (one: number, other: number): void => {
          assert.ok(
            Math.abs(one - other) <= 2e-4 * Math.max(1, Math.abs(other)),
            `${one} ${other}`,
          );
        };
        near(own.loss, theirs.loss);
        own.gradient.forEach((slopes, parameter) => {
          slopes.forEach((slope, index) => {
            near(slope, theirs.gradient[parameter]?.[index] ?? NaN);
          });
        });
      }),
      { numRuns: 150 },
    );
  });
});
