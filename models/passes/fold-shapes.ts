import type { Graph } from '../graph/graph.js';
import { constantNode } from '../graph/graph.js';
import { intConstant } from '../graph/tensor.js';
import type { Evaluator } from './evaluator.js';

/**
 * Turns every `Shape` into the constant that it always is once the input's
 * shape is fixed.
 *
 * @returns How many were replaced.
 */
export function foldShapes(graph: Graph, evaluator: Evaluator): number {
  const asking = graph.nodes.flatMap((node) => {
    const [source] = node.inputs;
    return node.op === 'Shape' && source !== undefined ? [{ name: node.name, source }] : [];
  });
  if (asking.length === 0) return 0;
  const shapes = evaluator.shapes(
    graph,
    asking.map(({ source }) => source),
  );
  for (const [index, { name }] of asking.entries()) {
    const shape = shapes[index] ?? [];
    graph.set(constantNode(name, intConstant([shape.length], shape)));
  }
  return asking.length;
}
