import { constantNode, parseReference, type Graph } from '../graph/graph.js';
import type { Evaluator } from './evaluator.js';
import { prune } from './prune.js';

/**
 * Computes everything that depends on constants alone and stores the results as
 * constants.
 *
 * @returns How many tensors were computed.
 */
export function foldConstants(graph: Graph, evaluator: Evaluator): number {
  const frontier = constantFrontier(graph);
  if (frontier.length === 0) return 0;
  const values = evaluator.values(graph, frontier);
  for (const [index, reference] of frontier.entries()) {
    const value = values[index];
    if (value === undefined) continue;
    const { name, output } = parseReference(reference);
    if (output === 0) {
      graph.set(constantNode(name, value));
    } else {
      const folded = graph.freshName(`${name}/output_${output}`);
      graph.add(constantNode(folded, value));
      graph.redirect(reference, folded);
    }
  }
  prune(graph);
  return frontier.length;
}

/** The computed constant tensors that an output is, or that a node reads that is not constant itself. */
function constantFrontier(graph: Graph): string[] {
  const constant = new Set<string>();
  const frontier = new Set<string>();
  for (const node of graph.closure(graph.outputs)) {
    const fixed = node.inputs.filter((input) => constant.has(parseReference(input).name));
    const computed = fixed.filter((input) => graph.producer(input).op !== 'Const');
    if (node.op === 'Const' || (fixed.length > 0 && fixed.length === node.inputs.length)) {
      constant.add(node.name);
      if (node.op !== 'Const' && graph.isOutput(node.name)) frontier.add(node.name);
    } else {
      for (const input of computed) frontier.add(input);
    }
  }
  return [...frontier];
}
