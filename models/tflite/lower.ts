import { ModelCompileError } from '../errors.js';
import { attribute, requireChannelsLast } from '../graph/attributes.js';
import type { Graph, GraphNode } from '../graph/graph.js';
import type { FloatConstant } from '../graph/tensor.js';
import type { Evaluator } from '../passes/evaluator.js';
import {
  bytesOf,
  ModelBuilder,
  type Activation,
  type LiteModel,
  type LiteOperator,
  type Padding,
} from './model.js';

/** Activations by the name that the fused operation of TensorFlow.js has for them. */
const ACTIVATION_NAMES: Readonly<Record<string, Activation>> = { Relu: 'RELU', Relu6: 'RELU6' };

/**
 * The part of an optimised graph that `outputs` need, as a float32 model of
 * TensorFlow Lite. Tensors keep the names of the nodes that make them.
 *
 * @throws ModelCompileError when a node has no counterpart there.
 */
export function lowerGraph(
  graph: Graph,
  outputs: readonly string[],
  evaluator: Evaluator,
): LiteModel {
  const nodes = graph.closure(outputs).filter(({ op }) => op !== 'Const');
  const names = nodes.map(({ name }) => name);
  const shapes = evaluator.shapes(graph, names);
  const lowering = new Lowering(graph);
  for (const [index, node] of nodes.entries()) lowering.add(node, shapes[index] ?? []);
  return lowering.builder.model(lowering.inputs, outputs);
}

class Lowering {
  readonly builder = new ModelBuilder();
  readonly inputs: string[] = [];
  readonly #graph: Graph;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** @param shape Shape of the node's result. */
  add(node: GraphNode, shape: readonly number[]): void {
    if (node.op === 'Placeholder') this.inputs.push(node.name);
    else this.builder.operator(this.#operator(node, shape));
    this.builder.tensor({ name: node.name, type: 'float32', shape });
  }

  #operator(node: GraphNode, shape: readonly number[]): LiteOperator {
    const { name, inputs } = node;
    const [first = '', second = ''] = inputs;
    switch (node.op) {
      case '_FusedConv2D':
        return this.#convolution(node);
      case 'FusedDepthwiseConv2dNative':
        return this.#depthwise(node);
      case 'AddV2':
        return {
          kind: 'ADD',
          inputs: [this.#variable(first), this.#variable(second)],
          output: name,
        };
      case 'Reshape':
      case 'Squeeze': {
        const wanted = this.#ints(`${name}/shape`, shape);
        return { kind: 'RESHAPE', inputs: [this.#variable(first), wanted], output: name, shape };
      }
      case 'ConcatV2': {
        const [axis] = this.#graph.constant(inputs.at(-1) ?? '')?.data ?? [];
        if (axis === undefined) throw unknown(node, 'its axis is no constant');
        const parts = inputs.slice(0, -1).map((input) => this.#variable(input));
        return { kind: 'CONCATENATION', inputs: parts, output: name, axis };
      }
      default:
        throw unknown(node, 'the operation is not known there');
    }
  }

  /** TensorFlow has filters as `[height, width, in, out]`, TensorFlow Lite with `out` first. */
  #convolution(node: GraphNode): LiteOperator {
    const filter = this.#filter(node);
    const [height = 0, width = 0, inputs = 0, outputs = 0] = filter.shape;
    const patch = height * width * inputs;
    const data = new Float32Array(filter.data.length);
    for (let from = 0; from < patch; from++) {
      for (let output = 0; output < outputs; output++) {
        data[output * patch + from] = filter.data[from * outputs + output] ?? 0;
      }
    }
    return {
      kind: 'CONV_2D',
      ...this.#weighted(node, [outputs, height, width, inputs], data),
      ...windowOf(node),
    };
  }

  /** `[height, width, in, multiplier]` and `[1, height, width, in * multiplier]` are the same numbers. */
  #depthwise(node: GraphNode): LiteOperator {
    const { shape, data } = this.#filter(node);
    const [height = 0, width = 0, inputs = 0, multiplier = 0] = shape;
    return {
      kind: 'DEPTHWISE_CONV_2D',
      ...this.#weighted(node, [1, height, width, inputs * multiplier], data),
      ...windowOf(node),
      multiplier,
    };
  }

  /** Inputs and output of a convolution: an image, its filter and its bias. */
  #weighted(
    node: GraphNode,
    shape: readonly number[],
    filter: Float32Array,
  ): Pick<LiteOperator, 'inputs' | 'output'> {
    const bias = this.#graph.constant(node.inputs[2] ?? '');
    if (bias?.dtype !== 'float32') throw unknown(node, 'its bias is no float32 constant');
    const { name } = node;
    const inputs = [
      this.#variable(node.inputs[0] ?? ''),
      this.builder.tensor({
        name: `${name}/filter`,
        type: 'float32',
        shape,
        data: bytesOf(filter),
      }),
      this.builder.tensor({
        name: `${name}/bias`,
        type: 'float32',
        shape: bias.shape,
        data: bytesOf(bias.data),
      }),
    ];
    return { inputs, output: name };
  }

  #filter(node: GraphNode): FloatConstant {
    const filter = this.#graph.constant(node.inputs[1] ?? '');
    if (filter?.dtype !== 'float32') throw unknown(node, 'its filter is no float32 constant');
    return filter;
  }

  #ints(name: string, values: readonly number[]): string {
    const data = bytesOf(Int32Array.from(values));
    return this.builder.tensor({ name, type: 'int32', shape: [values.length], data });
  }

  /** The name of a tensor that was added before. */
  #variable(reference: string): string {
    if (this.builder.has(reference)) return reference;
    throw unknown(this.#graph.producer(reference), 'a constant cannot be an operand there');
  }
}

function windowOf(node: GraphNode): {
  readonly padding: Padding;
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly activation: Activation;
} {
  requireChannelsLast(node);
  const padding = attribute(node, 'padding', 'string');
  if (padding !== 'SAME' && padding !== 'VALID') {
    throw unknown(node, `its padding is ${padding ?? 'missing'}`);
  }
  const [, ...fused] = attribute(node, 'fused_ops', 'strings') ?? [];
  const activation = fused[0] === undefined ? 'NONE' : ACTIVATION_NAMES[fused[0]];
  if (activation === undefined) throw unknown(node, `its activation is ${fused.join()}`);
  return {
    padding,
    strides: plane(node, 'strides'),
    dilations: plane(node, 'dilations'),
    activation,
  };
}

/** The middle two of an attribute `[1, vertical, horizontal, 1]`; 1 where it is absent. */
function plane(node: GraphNode, name: string): readonly [number, number] {
  const [, vertical = 1, horizontal = 1] = attribute(node, name, 'ints') ?? [];
  return [vertical, horizontal];
}

function unknown({ name, op }: GraphNode, why: string): ModelCompileError {
  return new ModelCompileError(
    `The node "${name}" (${op}) cannot be written as TensorFlow Lite: ${why}.`,
  );
}
