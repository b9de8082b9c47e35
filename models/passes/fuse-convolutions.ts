import type { Attributes } from '../graph/attributes.js';
import { constantNode, type Graph, type GraphNode } from '../graph/graph.js';
import { floatConstant, perChannel } from '../graph/tensor.js';
import { asConvolution, type Convolution } from './convolution.js';

/** Name of the fused operation as TensorFlow.js has it. */
const FUSED: Readonly<Record<string, string>> = {
  Conv2D: '_FusedConv2D',
  DepthwiseConv2dNative: 'FusedDepthwiseConv2dNative',
};

/** Activations that the fused kernels of every TensorFlow.js backend know. */
const ACTIVATIONS: ReadonlySet<string> = new Set(['Relu', 'Relu6', 'Elu', 'Sigmoid']);

/**
 * Makes one operation of a convolution, the constant added to it and the
 * activation behind it. The fused node takes the name of the last of them.
 * Expects canonical arithmetic.
 *
 * @returns How many fused convolutions there are now.
 */
export function fuseConvolutions(graph: Graph): number {
  let count = 0;
  for (const node of graph.nodes) {
    const convolution = asConvolution(graph, node);
    if (convolution && fuse(graph, convolution)) count++;
  }
  return count;
}

function fuse(graph: Graph, convolution: Convolution): boolean {
  const { node, channels } = convolution;
  const addition = soleReader(graph, node);
  const bias = addition && biasOf(graph, addition, node.name, channels);
  const last = addition && bias ? addition : node;
  const reader = soleReader(graph, last);
  const activation = reader && ACTIVATIONS.has(reader.op) ? reader : undefined;
  if (!bias && !activation) return false;

  const name = (activation ?? last).name;
  const biasName = graph.freshName(`${name}/bias`);
  graph.add(constantNode(biasName, floatConstant([channels], bias ?? new Float32Array(channels))));
  const operations = activation ? ['BiasAdd', activation.op] : ['BiasAdd'];
  for (const old of [node, last]) if (old.name !== name) graph.delete(old.name);
  graph.set({
    name,
    op: FUSED[node.op] ?? node.op,
    inputs: [...node.inputs, biasName],
    attributes: { ...node.attributes, ...fusion(operations) },
  });
  return true;
}

/** The attributes by which the loader knows what is fused; it insists on a bias before an activation. */
function fusion(operations: readonly string[]): Attributes {
  return {
    fused_ops: { kind: 'strings', value: operations },
    num_args: { kind: 'int', value: 1 },
    epsilon: { kind: 'float', value: 0 },
  };
}

function soleReader(graph: Graph, node: GraphNode): GraphNode | undefined {
  return graph.isPrivate(node.name) ? graph.consumers(node.name)[0] : undefined;
}

/** One value per channel, where `addition` adds a constant to the convolution. */
function biasOf(
  graph: Graph,
  addition: GraphNode,
  convolution: string,
  channels: number,
): Float32Array | undefined {
  const [input, constant = ''] = addition.inputs;
  if (addition.op !== 'AddV2' || input !== convolution) return undefined;
  const value = graph.constant(constant);
  return value && perChannel(value, channels);
}
