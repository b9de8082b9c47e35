import { constantNode, type Graph, type GraphNode } from '../graph/graph.js';
import { floatConstant, perChannel } from '../graph/tensor.js';
import { asConvolution, type Convolution } from './convolution.js';

/**
 * Folds multiplications per channel behind a convolution into its weights, also
 * across a constant addition: `(conv + b) * s` becomes `conv * s + b * s` first.
 * Expects canonical arithmetic.
 *
 * @returns How many rewrites were made.
 */
export function foldScales(graph: Graph): number {
  let count = 0;
  for (const { name } of graph.nodes) {
    if (!graph.has(name)) continue;
    const node = graph.producer(name);
    if (node.op !== 'Mul') continue;
    if (foldIntoWeights(graph, node) || swapWithAddition(graph, node)) count++;
  }
  return count;
}

function foldIntoWeights(graph: Graph, node: GraphNode): boolean {
  const [input = '', factor = ''] = node.inputs;
  const convolution = asConvolution(graph, graph.producer(input));
  if (!convolution || !graph.isPrivate(convolution.node.name)) return false;
  const scale = scaleOf(graph, factor, convolution.channels);
  if (!scale) return false;
  const filter = graph.freshName(`${node.name}/filter`);
  graph.add(constantNode(filter, scaled(convolution, scale)));
  const [source = ''] = convolution.node.inputs;
  graph.set({ ...convolution.node, name: node.name, inputs: [source, filter] });
  graph.delete(convolution.node.name);
  return true;
}

function swapWithAddition(graph: Graph, node: GraphNode): boolean {
  const [input = '', factor = ''] = node.inputs;
  const addition = graph.producer(input);
  if (addition.op !== 'AddV2' || !graph.isPrivate(addition.name)) return false;
  const [term = '', constant = ''] = addition.inputs;
  const convolution = asConvolution(graph, graph.producer(term));
  if (!convolution || !graph.isPrivate(convolution.node.name)) return false;
  const scale = scaleOf(graph, factor, convolution.channels);
  const bias = scaleOf(graph, constant, convolution.channels);
  if (!scale || !bias) return false;
  const offset = graph.freshName(`${node.name}/offset`);
  const product = Float64Array.from(bias, (value, channel) => value * (scale[channel] ?? 0));
  graph.add(constantNode(offset, floatConstant([convolution.channels], product)));
  // The product takes the place of the inner addition, and folds on the next round.
  graph.set({ ...node, name: addition.name, inputs: [term, factor] });
  graph.set({ ...addition, name: node.name, inputs: [addition.name, offset] });
  return true;
}

function scaleOf(graph: Graph, reference: string, channels: number): Float32Array | undefined {
  const value = graph.constant(reference);
  return value && perChannel(value, channels);
}

/** In both layouts of weights the index of the output channel runs fastest. */
function scaled({ filter, channels }: Convolution, scale: Float32Array) {
  const data = Float64Array.from(
    filter.data,
    (weight, index) => weight * (scale[index % channels] ?? 0),
  );
  return floatConstant(filter.shape, data);
}
