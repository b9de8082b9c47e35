import type { Graph, GraphNode } from '../graph/graph.js';
import { perChannel } from '../graph/tensor.js';
import { asConvolution } from './convolution.js';

/**
 * Moves a constant that is added to a sum onto the convolution in that sum:
 * `(conv + x) + c` becomes `(conv + c) + x`, where `c` can turn into a bias.
 * Residual networks come out of TensorFlow's optimiser in the first form.
 * Expects canonical arithmetic.
 *
 * @returns How many were moved.
 */
export function sinkConstants(graph: Graph): number {
  let count = 0;
  for (const node of graph.nodes) if (sink(graph, node)) count++;
  return count;
}

function sink(graph: Graph, node: GraphNode): boolean {
  if (node.op !== 'AddV2') return false;
  const [input = '', constant = ''] = node.inputs;
  const sum = graph.producer(input);
  const value = graph.constant(constant);
  if (!value || sum.op !== 'AddV2' || !graph.isPrivate(sum.name)) return false;
  const term = sum.inputs.find((reference) => {
    const convolution = asConvolution(graph, graph.producer(reference));
    return (
      convolution !== undefined &&
      graph.isPrivate(convolution.node.name) &&
      perChannel(value, convolution.channels) !== undefined
    );
  });
  const other = sum.inputs.find((reference) => reference !== term);
  if (term === undefined || other === undefined) return false;
  graph.set({ ...sum, inputs: [term, constant] });
  graph.set({ ...node, inputs: [sum.name, other] });
  return true;
}
