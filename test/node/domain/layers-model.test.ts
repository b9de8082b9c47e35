import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { SightlineError } from '../../../src/domain/errors.js';
import { ACTIVATION_NAMES } from '../../../src/domain/network/activation.js';
import { empiricalGradient, parametersOf } from '../../../src/domain/network/empirical-loss.js';
import {
  formatLayersModel,
  parseLayersModel,
  type LayersModelFiles,
  type LayersModelHead,
} from '../../../src/domain/network/layers-model.js';
import { LOSS_NAMES, LOSSES, PLAIN_LOSS } from '../../../src/domain/network/loss.js';
import { createNetwork, outputsOf } from '../../../src/domain/network/network.js';
import { randomNumbers } from '../../../src/domain/random.js';

const CREATED = new Date('2026-11-23T05:00:00Z');
const INPUTS = 5;

function head(overrides: Partial<LayersModelHead> = {}): LayersModelHead {
  const network = createNetwork(
    { inputs: INPUTS, hidden: [4], outputs: 3, activation: 'tanh', outputActivation: 'linear' },
    7,
  );
  const random = randomNumbers(8);
  for (const values of parametersOf(network)) {
    // As the file will round them.
    values.forEach((value, index) => {
      values[index] = Math.fround(value + 0.1 * random.normal());
    });
  }
  const labels = ['mug', 'Tässe', 'background'];
  return { network, labels, name: 'Mine', output: 'softmax-cross-entropy', ...overrides };
}

function loadIntoTensorFlow(files: LayersModelFiles): Promise<tf.LayersModel> {
  const { modelTopology, weightsManifest } = JSON.parse(files.model) as {
    modelTopology: object;
    weightsManifest: tf.io.WeightsManifestConfig;
  };
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
      weightData: files.weights.buffer,
    }),
  );
}

function code(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof SightlineError) return thrown.code;
    throw thrown;
  }
  return 'taken';
}

describe('A head as a LayersModel', () => {
  it('gives in TensorFlow.js what it gives here, for every activation and kind of output', async () => {
    const random = randomNumbers(3);
    for (const activation of ACTIVATION_NAMES) {
      for (const output of LOSS_NAMES) {
        const { network, ...rest } = head({ output });
        const [first, second] = network.layers;
        assert.ok(first && second);
        const changed = { layers: [{ ...first, activation }, second] };
        const model = await loadIntoTensorFlow(
          formatLayersModel({ ...rest, network: changed }, CREATED),
        );
        const inputs = Float64Array.from({ length: INPUTS }, () => random.normal());
        const predicted = model.predict(tf.tensor2d([...inputs], [1, INPUTS])) as tf.Tensor;
        const expected = LOSSES[output].prediction(outputsOf(changed, inputs));
        const values = await predicted.data();
        assert.equal(values.length, 3);
        values.forEach((value, index) => {
          assert.ok(Math.abs(value - (expected[index] ?? NaN)) < 1e-5, `${activation} ${output}`);
        });
        model.dispose();
      }
    }
  });

  it('comes back as it was', () => {
    for (const output of LOSS_NAMES) {
      const original = head({ output });
      assert.deepEqual(parseLayersModel(formatLayersModel(original, CREATED), INPUTS), original);
    }
  });

  it('is what TensorFlow.js itself writes', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [INPUTS], units: 6, activation: 'relu' }),
        tf.layers.dense({ units: 2, activation: 'softmax' }),
      ],
    });
    let files: LayersModelFiles | undefined;
    await model.save(
      tf.io.withSaveHandler(({ modelTopology, weightSpecs, weightData }) => {
        files = {
          model: JSON.stringify({
            modelTopology,
            weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
          }),
          weights: new Uint8Array(weightData as ArrayBuffer),
          metadata: JSON.stringify({ labels: ['a', 'b'], tfjsVersion: '4.22.0' }),
        };
        const modelArtifactsInfo = { dateSaved: CREATED, modelTopologyType: 'JSON' as const };
        return Promise.resolve({ modelArtifactsInfo });
      }),
    );
    assert.ok(files);
    const { network, labels } = parseLayersModel(files, INPUTS);
    assert.deepEqual(labels, ['a', 'b']);
    const inputs = Float64Array.of(1, -2, 0.5, 0, 3);
    const predicted = model.predict(tf.tensor2d([...inputs], [1, INPUTS])) as tf.Tensor;
    const expected = LOSSES['softmax-cross-entropy'].prediction(outputsOf(network, inputs));
    (await predicted.data()).forEach((value, index) => {
      assert.ok(Math.abs(value - (expected[index] ?? NaN)) < 1e-5);
    });
  });

  it('is refused when it is damaged or does not fit', () => {
    const files = formatLayersModel(head(), CREATED);
    const spoilt = (change: Partial<LayersModelFiles>) =>
      code(() => parseLayersModel({ ...files, ...change }, INPUTS));
    assert.equal(spoilt({}), 'taken');
    assert.equal(spoilt({ model: '{' }), 'model-corrupt');
    assert.equal(spoilt({ weights: files.weights.slice(0, -4) }), 'model-corrupt');
    assert.equal(spoilt({ weights: new Uint8Array(files.weights.length + 4) }), 'model-corrupt');
    assert.equal(spoilt({ metadata: '{"labels":["one"]}' }), 'model-corrupt');
    assert.equal(spoilt({ model: files.model.replace('[5,4]', '[5,9]') }), 'model-corrupt');
    assert.equal(
      spoilt({ model: files.model.replace('"Dense"', '"Conv2D"') }),
      'model-incompatible',
    );
    assert.equal(
      spoilt({ model: files.model.replace('"tanh"', '"softmax"') }),
      'model-incompatible',
    );
    assert.equal(
      code(() => parseLayersModel(files, 1280)),
      'model-incompatible',
    );
  });
});

describe('The float64 gradient', () => {
  it('is the one that TensorFlow.js finds on the same weights', async () => {
    const { network } = head();
    const random = randomNumbers(5);
    const examples = Array.from({ length: 6 }, (_, index) => ({
      inputs: Float64Array.from({ length: INPUTS }, () => random.normal()),
      target: Float64Array.from({ length: 3 }, (__, k) => (k === index % 3 ? 1 : 0)),
    }));
    const { gradient, loss } = empiricalGradient(network, examples, {
      loss: 'softmax-cross-entropy',
      lossOptions: PLAIN_LOSS,
      l2: 0,
    });
    const shapes = network.layers.flatMap(({ inputs, units }) => [[inputs, units], [units]]);
    const variables = parametersOf(network).map((values, index) =>
      tf.variable(tf.tensor([...values], shapes[index])),
    );
    const x = tf.tensor2d(examples.map(({ inputs }) => [...inputs]));
    const y = tf.tensor2d(examples.map(({ target }) => [...target]));
    const [w1, b1, w2, b2] = variables;
    assert.ok(w1 && b1 && w2 && b2);
    const { value, grads } = tf.variableGrads(() => {
      const hidden = x
        .matMul<tf.Tensor2D>(w1 as tf.Tensor2D)
        .add(b1)
        .tanh();
      const logits = hidden.matMul<tf.Tensor2D>(w2 as tf.Tensor2D).add(b2);
      return tf.losses.softmaxCrossEntropy(y, logits).asScalar();
    });
    assert.ok(Math.abs(((await value.data())[0] ?? NaN) - loss) < 1e-5);
    for (const [index, variable] of variables.entries()) {
      const slopes = await grads[variable.name]?.data();
      assert.equal(slopes?.length, gradient[index]?.length);
      slopes?.forEach((slope, at) => {
        assert.ok(Math.abs(slope - (gradient[index]?.[at] ?? NaN)) < 1e-5);
      });
    }
  });
});
