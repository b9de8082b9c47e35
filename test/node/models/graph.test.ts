import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Graph, parseReference } from '../../../models/graph/graph.js';
import { floatConstant, intConstant, perChannel } from '../../../models/graph/tensor.js';
import { readGraphDef, writeGraphDef, type GraphDefJson } from '../../../models/tfjs/graph-def.js';

describe('references', () => {
  test('name a node and one of its outputs', () => {
    assert.deepEqual(parseReference('a/b'), { name: 'a/b', output: 0 });
    assert.deepEqual(parseReference('a/b:2'), { name: 'a/b', output: 2 });
    assert.deepEqual(parseReference('^a'), { name: 'a', output: 0 });
  });
});

describe('Graph', () => {
  const node = (name: string, ...inputs: string[]) => ({ name, op: 'X', inputs, attributes: {} });

  test('orders inputs before readers and names a loop', () => {
    const graph = new Graph([node('c', 'b', 'a:1'), node('b', 'a'), node('a')], ['c']);
    assert.deepEqual(
      graph.closure(['c']).map(({ name }) => name),
      ['a', 'b', 'c'],
    );
    graph.set(node('a', 'c'));
    assert.throws(() => graph.closure(['c']), { message: /"c" depends on itself/ });
  });

  test('knows who reads a node after every change', () => {
    const graph = new Graph([node('a'), node('b', 'a', 'a:1'), node('c', 'b')], ['c']);
    assert.equal(graph.consumers('a').length, 2);
    assert.ok(!graph.isPrivate('a'));
    assert.ok(graph.isPrivate('b'));
    assert.ok(!graph.isPrivate('c'));
    graph.redirect('a:1', 'c');
    assert.ok(graph.isPrivate('a'));
  });

  test('refuses two nodes of one name and finds free names', () => {
    const graph = new Graph([node('a'), node('a_1')]);
    assert.throws(() => {
      graph.add(node('a'));
    }, /two nodes named "a"/);
    assert.equal(graph.freshName('a'), 'a_2');
    assert.equal(graph.freshName('b'), 'b');
  });
});

describe('perChannel', () => {
  test('takes scalars and vectors of the last axis, and nothing else', () => {
    assert.deepEqual(perChannel(floatConstant([], [2]), 3), Float32Array.of(2, 2, 2));
    assert.deepEqual(perChannel(floatConstant([1, 1, 1, 2], [3, 4]), 2), Float32Array.of(3, 4));
    assert.equal(perChannel(floatConstant([2, 1], [3, 4]), 2), undefined);
    assert.equal(perChannel(floatConstant([2], [3, 4]), 4), undefined);
    assert.equal(perChannel(floatConstant([1, 1, 1, 1, 2], [3, 4]), 2), undefined);
    assert.equal(perChannel(intConstant([2], [3, 4]), 2), undefined);
  });

  test('a tensor must hold as many values as its shape says', () => {
    assert.throws(() => floatConstant([2, 2], [1, 2, 3]), RangeError);
    assert.throws(() => intConstant([], [1, 2]), RangeError);
  });
});

describe('GraphDef', () => {
  const attr = {
    padding: { s: [83, 65, 77, 69] },
    data_format: { s: 'TkhXQw==' },
    strides: { list: { s: [], i: ['1', '2'], f: [] } },
    scales: { list: { f: [0.5] } },
    fused_ops: { list: { s: ['UmVsdTY='] } },
    axis: { i: '-1' },
    epsilon: { f: 0.001 },
    keep: { b: false },
    T: { type: 1 },
    shape: { shape: { dim: [{ size: '-1' }, { size: '3' }] } },
    any: { shape: { unknownRank: true } },
    body: { func: { name: 'f' } },
  };
  const topology: GraphDefJson = {
    node: [
      { name: 'w', op: 'Const', attr: { dtype: { type: 'DT_FLOAT' } } },
      { name: 'n', op: 'Conv2D', input: ['w:0', 'w'], attr },
    ],
  };
  const constants = new Map([['w', floatConstant([1], [1])]]);

  test('is read into plain values', () => {
    const { attributes, inputs } = readGraphDef(topology, constants).producer('n');
    assert.deepEqual(inputs, ['w', 'w']);
    assert.deepEqual(attributes, {
      padding: { kind: 'string', value: 'SAME' },
      data_format: { kind: 'string', value: 'NHWC' },
      strides: { kind: 'ints', value: [1, 2] },
      scales: { kind: 'floats', value: [0.5] },
      fused_ops: { kind: 'strings', value: ['Relu6'] },
      axis: { kind: 'int', value: -1 },
      epsilon: { kind: 'float', value: 0.001 },
      keep: { kind: 'bool', value: false },
      T: { kind: 'type', value: 'DT_FLOAT' },
      shape: { kind: 'shape', value: [-1, 3] },
      any: { kind: 'shape', value: undefined },
      body: { kind: 'opaque', value: { func: { name: 'f' } } },
    });
  });

  test('is written so that reading it again gives the same graph', () => {
    const graph = readGraphDef(topology, constants);
    const written = JSON.parse(JSON.stringify(writeGraphDef(graph.nodes))) as GraphDefJson;
    assert.deepEqual(readGraphDef(written, constants).nodes, graph.nodes);
    assert.deepEqual(written.node[0]?.attr, { dtype: { type: 'DT_FLOAT' } });
  });

  test('with a constant that has no value is refused by name', () => {
    assert.throws(() => readGraphDef(topology, new Map()), { message: /"w"/ });
  });
});
