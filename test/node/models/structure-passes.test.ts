import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ModelCompileError } from '../../../models/errors.js';
import { optimise } from '../../../models/optimise.js';
import { cut } from '../../../models/passes/cut.js';
import { foldConstants } from '../../../models/passes/fold-constants.js';
import { foldShapes } from '../../../models/passes/fold-shapes.js';
import { removeIdentities } from '../../../models/passes/remove-identities.js';
import { tfjsEvaluator } from '../../../models/tfjs/evaluator.js';
import { startRuntime } from '../../../models/tfjs/network.js';
import {
  assertClose,
  GraphBuilder,
  IMAGE,
  IMAGE_SHAPE,
  operations,
  randomTensor,
  rewritten,
  runGraph,
} from './support/graphs.js';

before(startRuntime);

describe('foldShapes and foldConstants', () => {
  test('make a computed shape a constant one', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.node('shape', 'Shape', ['image']);
    const one = b.ints('one', [1], [1]);
    b.node('batch', 'StridedSlice', ['shape', b.ints('zero', [1], [0]), one, one], {
      shrink_axis_mask: { kind: 'int', value: 1 },
    });
    b.node('wanted', 'Pack', ['batch', b.ints('all', [], [-1]), b.ints('three', [], [3])], {
      axis: { kind: 'int', value: 0 },
      N: { kind: 'int', value: 3 },
    });
    b.node('out', 'Reshape', ['image', 'wanted']);
    const graph = b.graph('out');
    const result = rewritten(
      graph,
      (copy) => foldShapes(copy, tfjsEvaluator),
      (copy) => foldConstants(copy, tfjsEvaluator),
    );
    assert.deepEqual(operations(result), { Reshape: 1 });
    assert.deepEqual([...(result.constant('wanted')?.data ?? [])], [1, -1, 3]);
  });

  test('keep apart the outputs of one constant node', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.float('table', [2, 3], [1, 2, 3, 10, 20, 30]);
    b.node('rows', 'Unpack', ['table'], {
      axis: { kind: 'int', value: 0 },
      num: { kind: 'int', value: 2 },
    });
    b.node('sum', 'AddV2', ['image', 'rows']);
    b.node('out', 'Mul', ['sum', 'rows:1']);
    const result = rewritten(b.graph('out'), (copy) => foldConstants(copy, tfjsEvaluator));
    assert.deepEqual(operations(result), { AddV2: 1, Mul: 1 });
  });
});

describe('removeIdentities', () => {
  test('hands the name of an output to what it repeats', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.node('exp', 'Exp', ['image']);
    b.node('same', 'Identity', ['exp']);
    b.node('named', 'Identity', ['same']);
    b.node('out', 'Relu', ['same']);
    const result = rewritten(b.graph('named', 'out'), removeIdentities);
    assert.deepEqual(operations(result), { Exp: 1, Relu: 1 });
    assert.equal(result.producer('named').op, 'Exp');
  });

  test('keeps one where two outputs are the same tensor, or the input itself', () => {
    const b = new GraphBuilder();
    b.image('image', IMAGE_SHAPE);
    b.node('exp', 'Exp', ['image']);
    b.node('first', 'Identity', ['exp']);
    b.node('second', 'Identity', ['exp']);
    b.node('echo', 'Identity', ['image']);
    const result = rewritten(b.graph('first', 'second', 'echo'), removeIdentities);
    assert.deepEqual(operations(result), { Exp: 1, Identity: 2 });
  });
});

describe('cut', () => {
  /** A loop that an output would depend on without the cut. */
  function loop(): GraphBuilder {
    const b = new GraphBuilder();
    b.node('enter', 'Enter', [b.float('start', IMAGE_SHAPE)]);
    b.node('merge', 'Merge', ['enter', 'next']);
    b.node('next', 'NextIteration', ['merge']);
    b.node('prepared', 'Exp', ['merge']);
    b.nodes.push({ ...b.graph().producer('start'), name: 'late', inputs: ['^merge'] });
    b.node('out', 'AddV2', ['prepared', 'late']);
    return b;
  }

  test('drops what lies before the input, control dependencies included', () => {
    const graph = loop().graph();
    cut(graph, { node: 'prepared', name: 'image', shape: IMAGE_SHAPE }, [
      { name: 'end', node: 'out' },
    ]);
    assert.deepEqual(graph.nodes.map(({ name }) => name).sort(), ['end', 'image', 'late', 'out']);
    assert.equal(runGraph(graph, 'image', IMAGE)[0]?.length, IMAGE.data.length);
  });

  test('stacks several tensors into one output', () => {
    const b = new GraphBuilder();
    b.node('raw', 'Placeholder', []);
    b.node('doubled', 'AddV2', ['raw', 'raw']);
    const graph = b.graph();
    cut(graph, { node: 'raw', name: 'image', shape: [2] }, [
      { name: 'pair', stack: ['raw', 'doubled'], axis: 1 },
    ]);
    const [pair] = runGraph(graph, 'image', {
      dtype: 'float32',
      shape: [2],
      data: Float32Array.of(1, 2),
    });
    assert.deepEqual([...(pair ?? [])], [1, 2, 2, 4]);
  });

  test('refuses outputs that still need state, and names that do not exist', () => {
    const input = { node: 'late', name: 'image', shape: IMAGE_SHAPE };
    assert.throws(
      () => {
        cut(loop().graph(), input, [{ name: 'end', node: 'out' }]);
      },
      (failure: unknown) =>
        failure instanceof ModelCompileError && /loop|merge/.test(failure.message),
    );
    assert.throws(
      () => {
        cut(loop().graph(), { ...input, node: 'nowhere' }, []);
      },
      { name: 'ModelCompileError', message: /"nowhere"/ },
    );
  });
});

test('optimise turns an inverted residual block into fused convolutions and one sum', () => {
  const b = new GraphBuilder();
  b.image('picture', IMAGE_SHAPE);
  b.node('prepared', 'Exp', ['picture']);
  b.convolution('expand', 'Conv2D', 'prepared', [3, 3, 3, 6]);
  b.node('expand/add', 'Add', ['expand', b.float('expand/offset', [6])]);
  b.node('expand/relu', 'Relu6', ['expand/add']);
  b.convolution('depthwise', 'DepthwiseConv2dNative', 'expand/relu', [3, 3, 6, 1]);
  b.node('depthwise/mul', 'Mul', ['depthwise', b.float('depthwise/scale', [6])]);
  b.node('depthwise/add', 'Add', ['depthwise/mul', b.float('depthwise/offset', [6])]);
  b.node('depthwise/relu', 'Relu6', ['depthwise/add']);
  b.convolution('project', 'Conv2D', 'depthwise/relu', [3, 3, 6, 3]);
  b.node('sum', 'AddN', ['project', 'prepared']);
  b.node('block', 'Add', [b.float('project/offset', [3]), 'sum']);
  b.convolution('head', 'Conv2D', 'block', [3, 3, 3, 2]);
  b.batchNorm('head/norm', 'head', 2);
  b.node('head/relu', 'Relu6', ['head/norm']);
  const reference = b.graph('block', 'head/relu');
  const image = randomTensor(IMAGE_SHAPE);
  const prepared = { ...image, data: image.data.map(Math.exp) };

  const graph = b.graph();
  const report = optimise(
    graph,
    { node: 'prepared', name: 'image', shape: IMAGE_SHAPE },
    [
      { name: 'residual', node: 'block' },
      { name: 'result', node: 'head/relu' },
    ],
    tfjsEvaluator,
  );
  assert.deepEqual(operations(graph), { _FusedConv2D: 3, FusedDepthwiseConv2dNative: 1, AddV2: 1 });
  assert.equal(report.fusedConvolutions, 4);
  assert.equal(report.operationsAfter, 5);
  assert.equal(report.nodesBefore, b.nodes.length);
  assert.deepEqual(graph.outputs, ['residual', 'result']);
  assertClose(runGraph(graph, 'image', prepared), runGraph(reference, 'picture', image));
});
