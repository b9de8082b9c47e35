import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ModelCompileError } from '../../../models/errors.js';
import type { Attributes } from '../../../models/graph/attributes.js';
import type { Graph } from '../../../models/graph/graph.js';
import { fuseConvolutions } from '../../../models/passes/fuse-convolutions.js';
import { prune } from '../../../models/passes/prune.js';
import { tfjsEvaluator } from '../../../models/tfjs/evaluator.js';
import { startRuntime } from '../../../models/tfjs/network.js';
import { halveWeights } from '../../../models/tflite/halve.js';
import { LiteNetwork } from '../../../models/tflite/litert.js';
import { lowerGraph } from '../../../models/tflite/lower.js';
import type { LiteModel } from '../../../models/tflite/model.js';
import { joinParts, writeTflite } from '../../../models/tflite/write.js';
import { assertClose, GraphBuilder, IMAGE, IMAGE_SHAPE, runGraph } from './support/graphs.js';

function lower(graph: Graph, outputs = graph.outputs): LiteModel {
  fuseConvolutions(graph);
  prune(graph);
  return lowerGraph(graph, outputs, tfjsEvaluator);
}

/** What LiteRT computes from the image that graphs made by hand are run on, output by output. */
async function runLite(model: LiteModel): Promise<Float32Array[]> {
  const network = await LiteNetwork.load(joinParts(writeTflite(model)));
  try {
    const results = await network.run(IMAGE.data);
    return model.outputs.map((name) => results.get(name) ?? new Float32Array());
  } finally {
    network.dispose();
  }
}

/** A convolution with bias and activation, as the optimiser leaves it, from `image` to `out`. */
function convolutionGraph(options: {
  readonly op?: 'Conv2D' | 'DepthwiseConv2dNative';
  readonly filter: readonly number[];
  readonly channels: number;
  readonly attributes?: Attributes;
  readonly activation?: 'Relu' | 'Relu6';
}): Graph {
  const { op = 'Conv2D', filter, channels, attributes = {}, activation } = options;
  const b = new GraphBuilder();
  b.image('image', IMAGE_SHAPE);
  b.convolution('conv', op, 'image', filter);
  const node = b.nodes.pop();
  assert.ok(node);
  b.nodes.push({ ...node, attributes: { ...node.attributes, ...attributes } });
  const bias = b.float('bias', [channels], undefined, activation === 'Relu6' ? 5.5 : 0);
  b.node(activation === undefined ? 'out' : 'biased', 'AddV2', ['conv', bias]);
  if (activation !== undefined) b.node('out', activation, ['biased']);
  return b.graph('out');
}

function ints(...value: number[]): Attributes[string] {
  return { kind: 'ints', value };
}

describe('a graph written as TensorFlow Lite', () => {
  before(startRuntime);

  const valid: Attributes = { padding: { kind: 'string', value: 'VALID' } };
  const cases = {
    'a 3x3 convolution': { filter: [3, 3, 3, 4], channels: 4 },
    'one of even size, whose SAME padding is uneven': { filter: [2, 2, 3, 4], channels: 4 },
    'one with strides': {
      filter: [3, 3, 3, 4],
      channels: 4,
      attributes: { strides: ints(1, 2, 2, 1) },
    },
    'one without padding': { filter: [3, 2, 3, 4], channels: 4, attributes: valid },
    'one with dilations': {
      filter: [2, 2, 3, 4],
      channels: 4,
      attributes: { dilations: ints(1, 2, 3, 1) },
    },
    'one behind ReLU': { filter: [1, 1, 3, 5], channels: 5, activation: 'Relu' },
    'one behind ReLU6': { filter: [1, 1, 3, 5], channels: 5, activation: 'Relu6' },
    'a depthwise convolution': {
      op: 'DepthwiseConv2dNative',
      filter: [3, 3, 3, 1],
      channels: 3,
      attributes: { strides: ints(1, 2, 2, 1) },
    },
    'a depthwise convolution with a multiplier': {
      op: 'DepthwiseConv2dNative',
      filter: [3, 3, 3, 2],
      channels: 6,
      activation: 'Relu6',
    },
  } as const;
  for (const [name, options] of Object.entries(cases)) {
    test(`computes what the graph computes: ${name}`, async () => {
      const graph = convolutionGraph(options);
      const expected = runGraph(graph, 'image', IMAGE);
      const model = lower(graph);
      assertClose(await runLite(model), expected);
      assertClose(await runLite(halveWeights(model)), expected, 2e-2);
    });
  }

  test('computes what the graph computes: adding, reshaping, concatenating', async () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('left', 'Conv2D', 'image', [1, 1, 3, 2]);
    b.node('left/biased', 'AddV2', ['left', b.float('left/bias', [2])]);
    b.convolution('right', 'Conv2D', 'image', [3, 3, 3, 2]);
    b.node('right/biased', 'AddV2', ['right', b.float('right/bias', [2])]);
    b.node('sum', 'AddV2', ['left/biased', 'right/biased']);
    b.node('flat', 'Reshape', ['sum', b.ints('flat/shape', [3], [1, -1, 2])]);
    b.node('other', 'Reshape', ['left/biased', b.ints('other/shape', [3], [1, 20, 2])]);
    b.node('joined', 'ConcatV2', ['flat', 'other', b.ints('axis', [], [1])]);
    b.node('beside', 'ConcatV2', ['flat', 'other', b.ints('last', [], [-1])]);
    b.node('bare', 'Squeeze', ['joined'], { squeeze_dims: ints(0) });
    const graph = b.graph('joined', 'bare', 'beside', 'sum');
    const expected = runGraph(graph, 'image', IMAGE);
    assertClose(await runLite(lower(graph)), expected);
  });

  test('has the mark of its format, and every constant on a 16-byte border', () => {
    const model = lower(convolutionGraph(cases['a 3x3 convolution']));
    const file = Buffer.from(joinParts(writeTflite(model)));
    assert.equal(file.toString('latin1', 4, 8), 'TFL3');
    const constants = [...model.tensors.values()].flatMap(({ data }) => (data ? [data] : []));
    assert.equal(constants.length, 2);
    for (const data of constants) assert.equal(file.indexOf(data) % 16, 0);
  });

  test('shares its weights with another that has more outputs, byte by byte', async () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('first', 'Conv2D', 'image', [1, 1, 3, 2]);
    b.node('first/biased', 'AddV2', ['first', b.float('first/bias', [2])]);
    b.convolution('second', 'Conv2D', 'first/biased', [1, 1, 2, 4]);
    b.node('second/biased', 'AddV2', ['second', b.float('second/bias', [4])]);
    const graph = b.graph('first/biased', 'second/biased');
    const expected = runGraph(graph, 'image', IMAGE);
    const [all, last] = [lower(graph), lower(graph, ['second/biased'])].map(halveWeights);
    assert.ok(all && last);
    assert.deepEqual(writeTflite(all).weights, writeTflite(last).weights);
    assert.notDeepEqual(writeTflite(all).graph, writeTflite(last).graph);
    assertClose(await runLite(all), expected, 2e-2);
    assertClose(await runLite(last), expected.slice(1), 2e-2);
  });

  test('keeps weights in float32 that float16 cannot hold, the bias with its filter', () => {
    const graph = convolutionGraph({ filter: [1, 1, 3, 2], channels: 2 });
    const model = lower(graph);
    const tensors = new Map(model.tensors);
    const bias = tensors.get('out/bias');
    assert.ok(bias);
    const data = new Uint8Array(Float32Array.from([1e6, 0]).buffer);
    tensors.set('out/bias', { ...bias, data });
    const halved = halveWeights({ ...model, tensors });
    assert.ok([...halved.tensors.values()].every(({ type }) => type !== 'float16'));
    assert.ok([...halveWeights(model).tensors.keys()].includes('out/bias/float16'));
  });

  test('is refused where an operation or an operand has no counterpart', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.node('out', 'Tanh', ['image']);
    assert.throws(() => lower(b.graph('out')), messageOf('"out" (Tanh)'));

    const c = new GraphBuilder();
    c.image('image', IMAGE_SHAPE);
    c.node('out', 'AddV2', ['image', c.float('constant', IMAGE_SHAPE)]);
    assert.throws(() => lower(c.graph('out')), messageOf('"constant" (Const)'));

    const explicit = { padding: { kind: 'string', value: 'EXPLICIT' } } as const;
    const graph = convolutionGraph({ filter: [3, 3, 3, 4], channels: 4, attributes: valid });
    fuseConvolutions(graph);
    const node = graph.producer('out');
    graph.set({ ...node, attributes: { ...node.attributes, ...explicit } });
    assert.throws(
      () => lowerGraph(graph, ['out'], { ...tfjsEvaluator, shapes: () => [[], []] }),
      messageOf('its padding is EXPLICIT'),
    );
  });

  test('is refused by LiteRT when it is cut short or nothing of the kind', async () => {
    const file = joinParts(writeTflite(lower(convolutionGraph(cases['a 3x3 convolution']))));
    for (const bad of [file.slice(0, file.length / 2), new Uint8Array(64)]) {
      await assert.rejects(LiteNetwork.load(bad), ModelCompileError);
    }
  });
});

function messageOf(part: string): (failure: unknown) => boolean {
  return (failure) => failure instanceof ModelCompileError && failure.message.includes(part);
}
