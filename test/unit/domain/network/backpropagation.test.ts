import { expect } from 'chai';
import fc from 'fast-check';
import {
  empiricalGradient,
  empiricalLoss,
  parametersOf,
} from '../../../../src/domain/network/empirical-loss.js';
import { backpropagate, forward, type Network } from '../../../../src/domain/network/network.js';
import { perceptron } from '../../../../src/domain/network/perceptron.js';
import { problems, type Problem } from '../../../support/networks.js';

const STEP = 1e-5;

/** Whether a ReLU is so near its corner that a finite difference would straddle it. */
function isNearCorner({ network, examples }: Problem): boolean {
  return examples.some(({ inputs }) =>
    forward(network, inputs).some(
      ({ z }, layer) =>
        network.layers[layer]?.activation === 'relu' &&
        z.some((value) => Math.abs(value) < 100 * STEP),
    ),
  );
}

/** The slope at every parameter, by moving it a little in both directions. */
function finiteDifferences({ network, examples, objective }: Problem): number[][] {
  return parametersOf(network).map((values) =>
    Array.from(values, (value, index) => {
      const at = (moved: number): number => {
        values[index] = moved;
        return empiricalLoss(network, examples, objective);
      };
      const slope = (at(value + STEP) - at(value - STEP)) / (2 * STEP);
      values[index] = value;
      return slope;
    }),
  );
}

/** The example that Matt Mazur worked out by hand ("A Step by Step Backpropagation Example", 2015). */
const WORKED: Network = {
  layers: [
    {
      inputs: 2,
      units: 2,
      activation: 'sigmoid',
      weights: Float64Array.of(0.15, 0.25, 0.2, 0.3),
      biases: Float64Array.of(0.35, 0.35),
    },
    {
      inputs: 2,
      units: 2,
      activation: 'sigmoid',
      weights: Float64Array.of(0.4, 0.5, 0.45, 0.55),
      biases: Float64Array.of(0.6, 0.6),
    },
  ],
};

describe('backpropagation', () => {
  it('gives the gradient that finite differences give, for every activation and loss', () => {
    fc.assert(
      fc.property(problems(), (problem) => {
        fc.pre(!isNearCorner(problem));
        const { network, examples, objective } = problem;
        const { loss, gradient } = empiricalGradient(network, examples, objective);
        expect(loss).to.be.closeTo(empiricalLoss(network, examples, objective), 1e-12);
        finiteDifferences(problem).forEach((slopes, parameter) => {
          slopes.forEach((slope, index) => {
            const analytic = gradient[parameter]?.[index] ?? NaN;
            expect(analytic).to.be.closeTo(slope, 1e-6 * Math.max(1, Math.abs(slope)));
          });
        });
      }),
      { numRuns: 400 },
    );
  });

  it('agrees with a published example, factor by factor', () => {
    const inputs = Float64Array.of(0.05, 0.1);
    const target = Float64Array.of(0.01, 0.99);
    // Its loss has a half in front, ours has not.
    const back = backpropagate(WORKED, inputs, target, 'squared-error');
    const [hidden, output] = back.passes;
    expect(hidden?.z[0]).to.be.closeTo(0.3775, 1e-9);
    expect(hidden?.outputs[0]).to.be.closeTo(0.593269992, 1e-9);
    expect(hidden?.outputs[1]).to.be.closeTo(0.596884378, 1e-9);
    expect(output?.outputs[0]).to.be.closeTo(0.75136507, 1e-8);
    expect(output?.outputs[1]).to.be.closeTo(0.772928465, 1e-9);
    expect(back.loss / 2).to.be.closeTo(0.298371109, 1e-9);
    const [first, second] = back.gradients;
    expect((second?.byOutputs[0] ?? 0) / 2).to.be.closeTo(0.74136507, 1e-8);
    expect(second?.outputsByZ[0]).to.be.closeTo(0.186815602, 1e-9);
    expect((second?.byZ[0] ?? 0) / 2).to.be.closeTo(0.138498562, 1e-9);
    expect((second?.byWeights[0] ?? 0) / 2).to.be.closeTo(0.082167041, 1e-9);
    expect((second?.byInputs[0] ?? 0) / 2).to.be.closeTo(0.036350306, 1e-9);
    expect(first?.outputsByZ[0]).to.be.closeTo(0.241300709, 1e-9);
    expect((first?.byWeights[0] ?? 0) / 2).to.be.closeTo(0.000438568, 1e-9);
  });

  it('is exact and finite for answers that are sure and wrong', () => {
    const sure: Network = {
      layers: [
        {
          inputs: 1,
          units: 2,
          activation: 'linear',
          weights: Float64Array.of(900, -900),
          biases: Float64Array.of(0, 0),
        },
      ],
    };
    const x = Float64Array.of(1);
    const y = Float64Array.of(0, 1);
    const softmax = backpropagate(sure, x, y, 'softmax-cross-entropy');
    expect(softmax.loss).to.equal(1800);
    expect([...(softmax.gradients[0]?.byZ ?? [])]).to.deep.equal([1, -1]);
    const sigmoid = backpropagate(sure, x, y, 'sigmoid-cross-entropy');
    expect(sigmoid.loss).to.equal(1800);
    expect([...sigmoid.prediction]).to.deep.equal([1, 0]);
  });
});

describe('perceptron', () => {
  it('is the linear combination through the activation', () => {
    // z = 1 + 3·(-1) + (-2)·2, the example of MIT's Introduction to Deep Learning.
    const { products, z, output } = perceptron(
      Float64Array.of(-1, 2),
      Float64Array.of(3, -2),
      1,
      'sigmoid',
    );
    expect([...products]).to.deep.equal([-3, -4]);
    expect(z).to.equal(-6);
    expect(output).to.be.closeTo(0.002, 5e-4);
  });
});
