import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chainTo, finiteDifference } from '../../../../src/domain/learn/chain.js';
import { answer, pointLesson } from '../../../../src/domain/learn/experiment.js';
import { beginningOf, type LessonState } from '../../../../src/domain/learn/lesson.js';
import { DATA_SETS, EXTENT, makePoints, toExamples } from '../../../../src/domain/learn/points.js';
import {
  answerGrid,
  frameAround,
  gridPoint,
  sampleSurface,
} from '../../../../src/domain/learn/surface.js';
import {
  assign,
  collapse,
  flatten,
  weightNames,
  withWeights,
} from '../../../../src/domain/learn/weights.js';
import { empiricalLoss } from '../../../../src/domain/network/empirical-loss.js';
import { createNetwork, outputsOf, type Network } from '../../../../src/domain/network/network.js';

const state = (changes: Partial<LessonState>): LessonState => ({
  ...beginningOf('layers'),
  ...changes,
});

describe('Points', () => {
  it('are the same for a seed, inside their square, and as many of each class', () => {
    for (const name of DATA_SETS) {
      for (const noise of [0, 50]) {
        const points = makePoints(name, { count: 80, noise, seed: 5 });
        assert.deepEqual(points, makePoints(name, { count: 80, noise, seed: 5 }));
        assert.notDeepEqual(points, makePoints(name, { count: 80, noise, seed: 6 }));
        assert.equal(points.filter(({ label }) => label === 1).length, 40);
        assert.ok(points.every(({ x, y }) => Math.max(Math.abs(x), Math.abs(y)) <= EXTENT));
      }
    }
  });
});

describe('An experiment', () => {
  it('goes forwards and back over the same moments', () => {
    const { experiment } = pointLesson(state({ batchSize: 10, networkShape: [3] }));
    experiment.goTo(25);
    const weights = [...(experiment.network.layers[0]?.weights ?? [])];
    const { loss } = experiment.now;
    experiment.goTo(3);
    assert.equal(experiment.now.step, 3);
    experiment.goTo(25);
    assert.deepEqual([...(experiment.network.layers[0]?.weights ?? [])], weights);
    assert.equal(experiment.now.loss, loss);
    assert.equal(experiment.back(), true);
    experiment.goTo(0);
    assert.equal(experiment.back(), false);
  });

  it('gives the same step to everybody who asks for it', () => {
    const [one, two] = [pointLesson(state({ seed: 9 })), pointLesson(state({ seed: 9 }))];
    one.experiment.goTo(40);
    for (let step = 0; step < 40; step++) two.experiment.advance();
    assert.deepEqual(one.experiment.now, two.experiment.now);
  });

  it('tells when the learning rate has made the loss run away', () => {
    const runaway = pointLesson({ ...beginningOf('descent'), learningRate: 1 });
    runaway.experiment.goTo(500);
    assert.ok(runaway.experiment.hasDiverged);
    assert.ok(runaway.experiment.now.step < 500);
    assert.equal(runaway.experiment.advance(), false);
    runaway.experiment.goTo(0);
    assert.equal(runaway.experiment.hasDiverged, false);
    const calm = pointLesson({ ...beginningOf('descent'), learningRate: 0.1 });
    calm.experiment.goTo(200);
    assert.equal(calm.experiment.hasDiverged, false);
  });
});

describe('The chain rule', () => {
  it('is a product of its factors, and the same as backpropagation and as measured', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(79),
        fc.nat(12),
        (seed, units, example, pick) => {
          const { points, experiment } = pointLesson({
            ...beginningOf('backpropagation'),
            seed,
            networkShape: [units],
          });
          const { network, setup } = experiment;
          const names = weightNames(network);
          const index = pick % names.length;
          const name = names[index];
          const chosen = toExamples(points)[example];
          assert.ok(name && chosen);
          const { product, analytic, numeric } = chainTo(
            network,
            chosen,
            setup.objective,
            name,
            index,
          );
          assert.ok(Math.abs(product - analytic) <= 1e-12 * Math.max(1, Math.abs(analytic)));
          assert.ok(
            Math.abs(numeric - analytic) <= 1e-6 * Math.max(1e-3, Math.abs(analytic)),
            `${numeric} ${analytic}`,
          );
        },
      ),
    );
  });

  it('has three factors to the last layer and five to the first', () => {
    const { points, experiment } = pointLesson(beginningOf('backpropagation'));
    const { network, setup } = experiment;
    const [example] = toExamples(points);
    assert.ok(example);
    const lengths = weightNames(network).map(
      (name, index) => chainTo(network, example, setup.objective, name, index).factors.length,
    );
    assert.deepEqual(lengths, [5, 5, 5, 5, 5, 5, 3, 3, 3]);
  });

  it('gives what Matt Mazur worked out by hand', () => {
    // "A Step by Step Backpropagation Example" (2015), its first output alone: ∂E/∂w5 =
    // 0.082167041 with E = ½(target − out)², so twice that for (ŷ − y)².
    const network: Network = {
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
          units: 1,
          activation: 'sigmoid',
          weights: Float64Array.of(0.4, 0.45),
          biases: Float64Array.of(0.6),
        },
      ],
    };
    const example = { inputs: Float64Array.of(0.05, 0.1), target: Float64Array.of(0.01) };
    const objective = { loss: 'squared-error', lossOptions: { labelSmoothing: 0 }, l2: 0 } as const;
    const { product, factors } = chainTo(
      network,
      example,
      objective,
      { layer: 2, from: 1, to: 1 },
      6,
    );
    assert.ok(Math.abs(product - 2 * 0.082167041) < 1e-8, String(product));
    assert.ok(Math.abs((factors[0]?.value ?? NaN) - 2 * 0.74136507) < 1e-8);
    assert.ok(Math.abs((factors[1]?.value ?? NaN) - 0.186815602) < 1e-8);
    assert.ok(Math.abs((factors[2]?.value ?? NaN) - 0.593269992) < 1e-8);
    assert.ok(Math.abs(finiteDifference(network, [example], objective, 6) - product) < 1e-9);
  });
});

describe('Weights in a row', () => {
  it('have the names of the places that they come from', () => {
    const network = createNetwork(
      { inputs: 2, hidden: [3], outputs: 1, activation: 'tanh', outputActivation: 'linear' },
      1,
    );
    const flat = flatten(network);
    const names = weightNames(network);
    assert.equal(names.length, flat.length);
    names.forEach(({ layer, from, to }, index) => {
      const { weights, biases, units } = network.layers[layer - 1] ?? {
        weights: [],
        biases: [],
        units: 0,
      };
      const value = from === 0 ? biases[to - 1] : weights[(from - 1) * units + to - 1];
      assert.equal(flat[index], value);
    });
    const other = withWeights(
      network,
      flat.map((value) => value + 1),
    );
    assert.deepEqual(flatten(network), flat);
    assign(other, [5]);
    assert.equal(flatten(other)[0], 5);
    assert.equal(flatten(other)[1], (flat[1] ?? 0) + 1);
  });

  it('of linear layers collapse into one perceptron', () => {
    const network = createNetwork(
      { inputs: 2, hidden: [4, 3], outputs: 1, activation: 'linear', outputActivation: 'linear' },
      3,
    );
    for (const { biases } of network.layers) biases.fill(0.25);
    const [w1 = 0, w2 = 0, w0 = 0] = collapse(network);
    for (const [x, y] of [
      [1, 2],
      [-3, 0.5],
    ] as const) {
      const [z = NaN] = outputsOf(network, Float64Array.of(x, y));
      assert.ok(Math.abs(z - (w0 + w1 * x + w2 * y)) < 1e-12);
    }
  });
});

describe('Surfaces', () => {
  it('hold the true loss at every point', () => {
    const { experiment } = pointLesson(beginningOf('descent'));
    const { network, setup, now } = experiment;
    const frame = frameAround([[0.5, -1.8]], 0, 1);
    assert.equal(frame.reach, 2);
    const rows = sampleSurface(network, now.weights, frame, setup.training, setup.objective, 6);
    let turn = rows.next();
    while (turn.done !== true) turn = rows.next();
    const { values } = turn.value;
    for (const [row, column] of [
      [0, 0],
      [2, 5],
      [5, 1],
    ] as const) {
      const moved = now.weights.slice();
      moved[0] = gridPoint(column, 6, -2, 2);
      moved[1] = gridPoint(row, 6, -2, 2);
      const expected = empiricalLoss(withWeights(network, moved), setup.training, setup.objective);
      assert.equal(values[row * 6 + column], expected);
    }
  });

  it('hold the true answer at every point', () => {
    const { experiment } = pointLesson(beginningOf('layers'));
    const { network, setup } = experiment;
    const { values } = answerGrid(network, setup.objective, 5, EXTENT);
    const inputs = Float64Array.of(
      gridPoint(3, 5, -EXTENT, EXTENT),
      gridPoint(1, 5, -EXTENT, EXTENT),
    );
    assert.equal(values[1 * 5 + 3], answer(network, inputs, setup.objective));
  });
});
