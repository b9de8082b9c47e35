import assert from 'node:assert/strict';
import type { Attributes } from '../../../../models/graph/attributes.js';
import { constantNode, Graph, type GraphNode } from '../../../../models/graph/graph.js';
import {
  elementCount,
  floatConstant,
  intConstant,
  type FloatConstant,
} from '../../../../models/graph/tensor.js';
import { prune } from '../../../../models/passes/prune.js';
import { toArtifacts } from '../../../../models/tfjs/evaluator.js';
import { Network } from '../../../../models/tfjs/network.js';
import { randomNumbers } from './random.js';

const FLOAT = { T: { kind: 'type', value: 'DT_FLOAT' } } as const;

/** Builds graphs by hand, a line per node; every method returns the node's name. */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  readonly #random = randomNumbers(7);

  node(name: string, op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    this.nodes.push({ name, op, inputs, attributes: { ...FLOAT, ...attributes } });
    return name;
  }

  image(name: string, shape: readonly number[]): string {
    return this.node(name, 'Placeholder', [], {
      dtype: { kind: 'type', value: 'DT_FLOAT' },
      shape: { kind: 'shape', value: shape },
    });
  }

  /** A constant of the given values, or of random ones around `centre`. */
  float(name: string, shape: readonly number[], values?: readonly number[], centre = 0): string {
    const data =
      values ?? Array.from({ length: elementCount(shape) }, () => centre + this.#random() * 0.5);
    this.nodes.push(constantNode(name, floatConstant(shape, data)));
    return name;
  }

  ints(name: string, shape: readonly number[], values: readonly number[]): string {
    this.nodes.push(constantNode(name, intConstant(shape, values)));
    return name;
  }

  /** A 3x3 convolution, plain or depthwise, with random weights. */
  convolution(name: string, op: string, input: string, filter: readonly number[]): string {
    this.float(`${name}/weights`, filter);
    return this.node(name, op, [input, `${name}/weights`], {
      strides: { kind: 'ints', value: [1, 1, 1, 1] },
      dilations: { kind: 'ints', value: [1, 1, 1, 1] },
      padding: { kind: 'string', value: 'SAME' },
      data_format: { kind: 'string', value: 'NHWC' },
    });
  }

  /** Batch normalisation over `channels` with random statistics. */
  batchNorm(name: string, input: string, channels: number): string {
    return this.node(
      name,
      'FusedBatchNormV3',
      [
        input,
        this.float(`${name}/gamma`, [channels], undefined, 1),
        this.float(`${name}/beta`, [channels]),
        this.float(`${name}/mean`, [channels]),
        this.float(`${name}/variance`, [channels], undefined, 1),
      ],
      {
        epsilon: { kind: 'float', value: 0.001 },
        is_training: { kind: 'bool', value: false },
        data_format: { kind: 'string', value: 'NHWC' },
      },
    );
  }

  graph(...outputs: readonly string[]): Graph {
    return new Graph(this.nodes, outputs);
  }
}

/** Random values for an input of the given shape, the same on every call. */
export function randomTensor(shape: readonly number[]): FloatConstant {
  const random = randomNumbers(3);
  return floatConstant(shape, Array.from({ length: elementCount(shape) }, random));
}

/** The outputs of a graph on an image, computed by TensorFlow.js. */
export function runGraph(graph: Graph, input: string, image: FloatConstant): Float32Array[] {
  const network = new Network(toArtifacts(graph));
  try {
    return network
      .run({ [input]: image }, graph.outputs)
      .map(({ data }) => Float32Array.from(data));
  } finally {
    network.dispose();
  }
}

/** Asserts that two lists of tensors are equal but for rounding, and hold more than zeros. */
export function assertClose(
  actual: readonly Float32Array[],
  expected: readonly Float32Array[],
  tolerance = 1e-5,
): void {
  assert.equal(actual.length, expected.length);
  for (const [index, values] of expected.entries()) {
    const found = actual[index] ?? new Float32Array();
    assert.equal(found.length, values.length);
    assert.ok(
      values.some((value) => Math.abs(value) > 0.01),
      'nothing to compare: the expected values are all zero',
    );
    for (const [position, value] of values.entries()) {
      const difference = Math.abs((found[position] ?? NaN) - value);
      assert.ok(difference <= tolerance, `element ${position} differs by ${difference}`);
    }
  }
}

/** How many nodes of each operation a graph has, constants and placeholders aside. */
export function operations(graph: Graph): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { op } of graph.nodes) {
    if (op !== 'Const' && op !== 'Placeholder') counts[op] = (counts[op] ?? 0) + 1;
  }
  return counts;
}

/** Shape and values of the image that graphs made by hand are run on. */
export const IMAGE_SHAPE = [1, 5, 4, 3];
export const IMAGE = randomTensor(IMAGE_SHAPE);

/** Applies passes to a copy and asserts that the outputs stay what they were. */
export function rewritten(graph: Graph, ...passes: readonly ((copy: Graph) => unknown)[]): Graph {
  const copy = graph.clone();
  for (const pass of passes) pass(copy);
  prune(copy);
  assertClose(runGraph(copy, 'image', IMAGE), runGraph(graph, 'image', IMAGE));
  return copy;
}
