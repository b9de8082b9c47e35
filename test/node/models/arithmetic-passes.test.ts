import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { canonicalArithmetic } from '../../../models/passes/canonical-arithmetic.js';
import { foldScales } from '../../../models/passes/fold-scales.js';
import { fuseConvolutions } from '../../../models/passes/fuse-convolutions.js';
import { lowerBatchNorm } from '../../../models/passes/lower-batch-norm.js';
import { sinkConstants } from '../../../models/passes/sink-constants.js';
import { startRuntime } from '../../../models/tfjs/network.js';
import { GraphBuilder, IMAGE_SHAPE, operations, rewritten } from './support/graphs.js';

before(startRuntime);

describe('canonicalArithmetic', () => {
  test('leaves one multiplication and one addition of a chain', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.node('left', 'Mul', [b.float('c1', [], [3]), 'image']);
    b.node('divided', 'RealDiv', ['left', b.float('c2', [3], [2, -4, 8])]);
    b.node('shifted', 'Sub', ['divided', b.float('c3', [3])]);
    b.node('biased', 'BiasAdd', ['shifted', b.float('c4', [3])]);
    b.node('out', 'Add', ['biased', b.float('c5', [], [0.25])]);
    const result = rewritten(b.graph('out'), canonicalArithmetic);
    assert.deepEqual(operations(result), { Mul: 1, AddV2: 1 });
  });

  test('keeps a subtraction from a constant and a value that somebody else reads', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.node('once', 'AddV2', ['image', b.float('c1', [3])]);
    b.node('twice', 'AddV2', ['once', b.float('c2', [3])]);
    b.node('negative', 'Sub', [b.float('c3', [3]), 'once']);
    const result = rewritten(b.graph('twice', 'negative'), canonicalArithmetic);
    assert.deepEqual(operations(result), { AddV2: 2, Sub: 1 });
  });

  test('makes additions of two out of AddN', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.node('squared', 'Mul', ['image', 'image']);
    b.node('out', 'AddN', ['image', 'squared', 'image']);
    const result = rewritten(b.graph('out'), canonicalArithmetic);
    assert.deepEqual(operations(result), { Mul: 1, AddV2: 2 });
  });
});

describe('batch normalisation', () => {
  for (const [op, filter] of [
    ['Conv2D', [3, 3, 3, 6]],
    ['DepthwiseConv2dNative', [3, 3, 3, 2]],
  ] as const) {
    test(`vanishes into the weights of ${op}`, () => {
      const b = new GraphBuilder();
      b.image('image', IMAGE_SHAPE);
      b.convolution('conv', op, 'image', filter);
      b.batchNorm('out', 'conv', 6);
      const result = rewritten(b.graph('out'), lowerBatchNorm, foldScales);
      assert.deepEqual(operations(result), { [op]: 1, AddV2: 1 });
    });
  }

  test('without fixed statistics is refused by name', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.batchNorm('norm', 'image', 3);
    const graph = b.graph('norm');
    const norm = graph.producer('norm');
    graph.set({ ...norm, inputs: ['image', 'image', ...norm.inputs.slice(2)] });
    assert.throws(() => lowerBatchNorm(graph), { name: 'ModelCompileError', message: /"norm"/ });
  });
});

describe('foldScales', () => {
  test('crosses an addition on its way into the weights', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('conv', 'Conv2D', 'image', [3, 3, 3, 4]);
    b.node('biased', 'AddV2', ['conv', b.float('c1', [4])]);
    b.node('out', 'Mul', ['biased', b.float('c2', [1, 1, 1, 4])]);
    const result = rewritten(b.graph('out'), foldScales, foldScales);
    assert.deepEqual(operations(result), { Conv2D: 1, AddV2: 1 });
  });

  test('spares weights that a second convolution shares', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('conv', 'Conv2D', 'image', [3, 3, 3, 4]);
    const { attributes } = b.graph().producer('conv');
    b.node('other', 'Conv2D', ['image', 'conv/weights'], attributes);
    b.node('out', 'Mul', ['conv', b.float('c', [4])]);
    const result = rewritten(b.graph('out', 'other'), foldScales);
    assert.deepEqual(operations(result), { Conv2D: 2 });
  });

  test('leaves a convolution alone whose bare value is needed too', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('conv', 'Conv2D', 'image', [3, 3, 3, 4]);
    b.node('out', 'Mul', ['conv', b.float('c', [4])]);
    const result = rewritten(b.graph('out', 'conv'), foldScales);
    assert.deepEqual(operations(result), { Conv2D: 1, Mul: 1 });
  });

  test('leaves a factor alone that varies over the picture', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('conv', 'Conv2D', 'image', [3, 3, 3, 4]);
    b.node('out', 'Mul', ['conv', b.float('c', [1, 5, 4, 4])]);
    const result = rewritten(b.graph('out'), foldScales);
    assert.deepEqual(operations(result), { Conv2D: 1, Mul: 1 });
  });
});

describe('sinkConstants', () => {
  test('moves a constant behind a residual sum onto its convolution', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('conv', 'Conv2D', 'image', [3, 3, 3, 3]);
    b.node('sum', 'AddV2', ['image', 'conv']);
    b.node('out', 'AddV2', ['sum', b.float('c', [3])]);
    const result = rewritten(b.graph('out'), sinkConstants, fuseConvolutions);
    assert.deepEqual(operations(result), { _FusedConv2D: 1, AddV2: 1 });
  });

  test('leaves a sum alone that somebody else reads', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('conv', 'Conv2D', 'image', [3, 3, 3, 3]);
    b.node('sum', 'AddV2', ['image', 'conv']);
    b.node('out', 'AddV2', ['sum', b.float('c', [3])]);
    b.node('other', 'Exp', ['sum']);
    const result = rewritten(b.graph('out', 'other'), sinkConstants, fuseConvolutions);
    assert.deepEqual(operations(result), { Conv2D: 1, AddV2: 2, Exp: 1 });
  });
});

describe('fuseConvolutions', () => {
  for (const [op, fused] of [
    ['Conv2D', '_FusedConv2D'],
    ['DepthwiseConv2dNative', 'FusedDepthwiseConv2dNative'],
  ] as const) {
    for (const activation of ['Relu', 'Relu6', 'Elu', 'Sigmoid']) {
      test(`joins ${op}, a bias and ${activation}`, () => {
        const b = new GraphBuilder();
        b.image('image', IMAGE_SHAPE);
        b.convolution('conv', op, 'image', [3, 3, 3, 1]);
        const channels = op === 'Conv2D' ? 1 : 3;
        b.node('biased', 'AddV2', ['conv', b.float('c', [channels])]);
        b.node('out', activation, ['biased']);
        const result = rewritten(b.graph('out'), fuseConvolutions);
        assert.deepEqual(operations(result), { [fused]: 1 });
      });
    }
  }

  test('gives a bias of zeros to an activation that has none', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('conv', 'Conv2D', 'image', [3, 3, 3, 2]);
    b.node('out', 'Relu6', ['conv']);
    const result = rewritten(b.graph('out'), fuseConvolutions);
    assert.deepEqual(operations(result), { _FusedConv2D: 1 });
  });

  test('does not swallow a value that is an output or read twice', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('conv', 'Conv2D', 'image', [3, 3, 3, 2]);
    b.node('biased', 'AddV2', ['conv', b.float('c', [2])]);
    b.node('out', 'Relu6', ['biased']);
    const asOutput = rewritten(b.graph('out', 'biased'), fuseConvolutions);
    assert.deepEqual(operations(asOutput), { _FusedConv2D: 1, Relu6: 1 });
    b.node('also', 'Exp', ['biased']);
    const readTwice = rewritten(b.graph('out', 'also'), fuseConvolutions);
    assert.deepEqual(operations(readTwice), { _FusedConv2D: 1, Relu6: 1, Exp: 1 });
  });

  test('refuses channels that come first', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.convolution('conv', 'Conv2D', 'image', [3, 3, 3, 2]);
    const graph = b.graph('conv');
    const node = graph.producer('conv');
    const data_format = { kind: 'string', value: 'NCHW' } as const;
    graph.set({ ...node, attributes: { ...node.attributes, data_format } });
    assert.throws(() => fuseConvolutions(graph), { name: 'ModelCompileError', message: /NCHW/ });
  });
});
