import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { ModelCompileError } from '../../../models/errors.js';
import type { Graph } from '../../../models/graph/graph.js';
import { fuseConvolutions } from '../../../models/passes/fuse-convolutions.js';
import { prune } from '../../../models/passes/prune.js';
import { tfjsEvaluator, toArtifacts } from '../../../models/tfjs/evaluator.js';
import { Network, startRuntime } from '../../../models/tfjs/network.js';
import { augment } from '../../../models/tflite/augment.js';
import { calibrate, type Observation } from '../../../models/tflite/calibrate.js';
import { LiteNetwork } from '../../../models/tflite/litert.js';
import { lowerGraph } from '../../../models/tflite/lower.js';
import type { LiteModel, LiteTensor } from '../../../models/tflite/model.js';
import { asymmetric, quantise } from '../../../models/tflite/quantise.js';
import { joinParts, writeTflite } from '../../../models/tflite/write.js';
import { GraphBuilder } from './support/graphs.js';
import { randomNumbers } from './support/random.js';

const SIZE = 8;
const INPUT = {
  name: 'image',
  shape: [1, SIZE, SIZE, 3],
  scale: 2 / 255,
  offset: -1,
  resize: 'stretch-legacy-bilinear',
} as const;

/** A picture of noise. */
function noise(seed: number) {
  const random = randomNumbers(seed);
  const rgba = Uint8Array.from({ length: SIZE * SIZE * 4 }, () => (random() + 1) * 127);
  return { name: `noise ${seed}`, width: SIZE, height: SIZE, rgba };
}

/** Every operator that is quantised: two heads over a residual block, and the sum itself. */
function detectorGraph(): Graph {
  const b = new GraphBuilder();
  b.image('image', INPUT.shape);
  b.convolution('stem', 'Conv2D', 'image', [3, 3, 3, 8]);
  b.node('stem/biased', 'AddV2', ['stem', b.float('stem/bias', [8])]);
  b.node('stem/active', 'Relu6', ['stem/biased']);
  b.convolution('deep', 'DepthwiseConv2dNative', 'stem/active', [3, 3, 8, 1]);
  b.node('deep/biased', 'AddV2', ['deep', b.float('deep/bias', [8])]);
  b.node('sum', 'AddV2', ['stem/active', 'deep/biased']);
  for (const [head, input] of [
    ['near', 'sum'],
    ['far', 'deep/biased'],
  ] as const) {
    b.convolution(head, 'Conv2D', input, [1, 1, 8, 6]);
    b.node(`${head}/biased`, 'AddV2', [head, b.float(`${head}/bias`, [6])]);
    b.node(`${head}/rows`, 'Reshape', [`${head}/biased`, b.ints(`${head}/shape`, [3], [1, -1, 3])]);
  }
  b.node('logits', 'ConcatV2', ['near/rows', 'far/rows', b.ints('axis', [], [1])]);
  const graph = b.graph('logits', 'sum');
  fuseConvolutions(graph);
  prune(graph);
  return graph;
}

function observe(graph: Graph, model: LiteModel): ReadonlyMap<string, Observation> {
  const names = [...model.tensors.values()].flatMap(({ name, data }) => (data ? [] : [name]));
  const network = new Network(toArtifacts(graph));
  try {
    return calibrate(network, INPUT, names, [noise(1), noise(2), noise(3), noise(4)]);
  } finally {
    network.dispose();
  }
}

async function runOn(model: LiteModel, image: Float32Array): Promise<readonly Float32Array[]> {
  const network = await LiteNetwork.load(joinParts(writeTflite(model)));
  try {
    const results = await network.run(image);
    return model.outputs.map((name) => results.get(name) ?? new Float32Array());
  } finally {
    network.dispose();
  }
}

describe('a scale and its zero point', () => {
  const value = fc.double({ min: -1e4, max: 1e4, noNaN: true });
  const rangeOf = (a: number, b: number) => ({ low: Math.min(a, b), high: Math.max(a, b) });

  test('keep zero exact and every value of the range within half a step', () => {
    fc.assert(
      fc.property(value, value, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, part) => {
        const range = rangeOf(a, b);
        const { scales, zeroPoint } = asymmetric(range);
        const [scale = NaN] = scales;
        assert.ok(Number.isInteger(zeroPoint) && zeroPoint >= -128 && zeroPoint <= 127);
        const number = range.low + part * (range.high - range.low);
        const level = Math.max(-128, Math.min(127, Math.round(number / scale) + zeroPoint));
        // One half from rounding the number, one from rounding the zero point at the ends.
        assert.ok(Math.abs(scale * (level - zeroPoint) - number) <= scale * 1.001);
      }),
    );
  });

  test('exist for a tensor that is always zero', () => {
    const { scales, zeroPoint } = asymmetric({ low: 0, high: 0 });
    assert.ok((scales[0] ?? 0) > 0);
    assert.equal(zeroPoint, -128);
  });
});

describe('a quantised network', () => {
  let graph: Graph;
  let model: LiteModel;
  let observations: ReadonlyMap<string, Observation>;
  let quantised: LiteModel;

  before(async () => {
    await startRuntime();
    graph = detectorGraph();
    model = lowerGraph(graph, graph.outputs, tfjsEvaluator);
    observations = observe(graph, model);
    quantised = quantise(model, observations);
  });

  const tensor = (name: string): LiteTensor => {
    const found = quantised.tensors.get(name);
    assert.ok(found, name);
    return found;
  };

  test('computes nearly what the float network computes, on a picture never seen', async () => {
    const random = randomNumbers(99);
    const image = Float32Array.from({ length: SIZE * SIZE * 3 }, random);
    const [expected, found] = await Promise.all([runOn(model, image), runOn(quantised, image)]);
    for (const [index, values] of expected.entries()) {
      const { low = 0, high = 0 } = observations.get(model.outputs[index] ?? '') ?? {};
      for (const [position, value] of values.entries()) {
        const difference = Math.abs((found[index]?.[position] ?? NaN) - value);
        assert.ok(difference < 0.04 * (high - low), `${model.outputs[index] ?? ''}: ${difference}`);
      }
    }
  });

  test('has int8 inside and float32 at its edge', () => {
    assert.deepEqual(quantised.inputs, ['image']);
    assert.deepEqual(quantised.outputs, ['logits', 'sum']);
    for (const name of ['image', 'logits', 'sum']) {
      assert.equal(tensor(name).type, 'float32');
      assert.equal(tensor(`${name}/int8`).type, 'int8');
    }
    const kinds = quantised.operators.map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === 'QUANTIZE').length, 1);
    assert.equal(kinds.filter((kind) => kind === 'DEQUANTIZE').length, 2);
  });

  test('has a symmetric scale for each channel of a filter, and biases in their products', () => {
    for (const [node, axis, channels] of [
      ['stem/active', 0, 8],
      ['deep/biased', 3, 8],
    ] as const) {
      const filter = tensor(`${node}/filter`);
      const bias = tensor(`${node}/bias`);
      assert.deepEqual([filter.type, bias.type], ['int8', 'int32']);
      assert.equal(filter.quantisation?.axis, axis);
      assert.equal(filter.quantisation.zeroPoint, 0);
      assert.equal(filter.quantisation.scales.length, channels);
      const levels = new Int8Array(Uint8Array.from(filter.data ?? []).buffer);
      assert.equal(Math.max(...levels.map(Math.abs)), 127);
      const image = node === 'stem/active' ? 'image/int8' : 'stem/active';
      const [inputScale = NaN] = tensor(image).quantisation?.scales ?? [];
      for (const [channel, scale] of filter.quantisation.scales.entries()) {
        assert.equal(bias.quantisation?.scales[channel], Math.fround(scale * inputScale));
      }
    }
  });

  test('takes one scale for what is only reshaped and joined', () => {
    const wanted = tensor('logits/int8').quantisation;
    for (const name of ['near/rows', 'near/biased', 'far/rows', 'far/biased']) {
      assert.deepEqual(tensor(name).quantisation, wanted);
    }
    assert.notDeepEqual(tensor('sum/int8').quantisation, wanted);
  });

  test('cuts off what a limit excludes, and no more', async () => {
    const limited = quantise(model, observations, { logits: { low: -0.25 } });
    const image = Float32Array.from({ length: SIZE * SIZE * 3 }, randomNumbers(5));
    const [expected] = await runOn(model, image);
    const [found] = await runOn(limited, image);
    assert.ok(expected && found);
    assert.ok(Math.min(...expected) < -0.5);
    assert.ok(Math.abs(Math.min(...found) + 0.25) < 0.05);
    assert.ok(Math.abs(Math.max(...expected) - Math.max(...found)) < 0.2);
  });

  test('corrects its biases for what rounding the filters shifts', async () => {
    // Without means there is nothing to correct by.
    const blind = new Map(
      [...observations].map(([name, { low, high }]) => [
        name,
        { low, high, channelMeans: new Float64Array() },
      ]),
    );
    const images = Array.from({ length: 8 }, (_, seed) =>
      Float32Array.from({ length: SIZE * SIZE * 3 }, randomNumbers(100 + seed)),
    );
    const shiftOf = async (form: LiteModel): Promise<number> => {
      const sums = new Float64Array(3);
      for (const image of images) {
        const [[expected = []], [found = []]] = await Promise.all([
          runOn(model, image),
          runOn(form, image),
        ]);
        for (const [index, value] of expected.entries()) {
          sums[index % 3] = (sums[index % 3] ?? 0) + (found[index] ?? NaN) - value;
        }
      }
      return Math.hypot(...sums);
    };
    const [corrected, uncorrected] = [
      await shiftOf(quantised),
      await shiftOf(quantise(model, blind)),
    ];
    assert.ok(corrected < uncorrected, `${corrected} is not less than ${uncorrected}`);
  });

  test('survives a filter of zeros and a bias far beyond its inputs', async () => {
    const tensors = new Map(model.tensors);
    for (const [name, values] of [
      ['near/biased/filter', new Float32Array(48)],
      ['near/biased/bias', new Float32Array(6).fill(3)],
    ] as const) {
      const old = tensors.get(name);
      assert.ok(old);
      tensors.set(name, { ...old, data: new Uint8Array(values.buffer) });
    }
    const changed = { ...model, tensors };
    const image = Float32Array.from({ length: SIZE * SIZE * 3 }, randomNumbers(6));
    const [found] = await runOn(
      quantise(changed, observations, { logits: { low: -4, high: 4 } }),
      image,
    );
    for (const value of found?.slice(0, 64 * 6) ?? []) assert.ok(Math.abs(value - 3) < 0.04);
  });

  test('is refused without observations, and where one tensor would need two scales', () => {
    assert.throws(() => quantise(model, new Map()), messageOf('was not calibrated'));
    const b = new GraphBuilder();
    b.image('image', INPUT.shape);
    b.node('wide', 'ConcatV2', ['image', 'image', b.ints('wide/axis', [], [3])]);
    b.node('tall', 'ConcatV2', ['image', 'image', b.ints('tall/axis', [], [1])]);
    const twice = lowerGraph(b.graph('wide', 'tall'), ['wide', 'tall'], tfjsEvaluator);
    const channelMeans = new Float64Array();
    const ranges = new Map([
      ['image', { low: 0, high: 1, channelMeans }],
      ['wide', { low: 0, high: 1, channelMeans }],
      ['tall', { low: 0, high: 2, channelMeans }],
    ]);
    assert.throws(() => quantise(twice, ranges), messageOf('two scales'));
  });
});

describe('pictures to calibrate on', () => {
  const pictures = [noise(1), noise(2)];

  test('are the photographs themselves, then as many variations as asked for', () => {
    const varied = [...augment(pictures, 9)];
    assert.equal(varied.length, 9);
    assert.deepEqual(varied.slice(0, 2), pictures);
    for (const { width, height, rgba } of varied) {
      assert.ok(width >= 3 && width <= SIZE && height >= 3 && height <= SIZE);
      assert.equal(rgba.length, width * height * 4);
    }
    assert.ok(new Set(varied.map(({ width, height }) => `${width}x${height}`)).size > 3);
  });

  test('are the same whenever they are made from one seed', () => {
    assert.deepEqual([...augment(pictures, 6)], [...augment(pictures, 6)]);
    assert.notDeepEqual([...augment(pictures, 6, 1)], [...augment(pictures, 6, 2)]);
    assert.deepEqual([...augment([], 6)], []);
  });
});

function messageOf(part: string): (failure: unknown) => boolean {
  return (failure) => failure instanceof ModelCompileError && failure.message.includes(part);
}
