import { parseReference, type Graph, type GraphNode } from '../graph/graph.js';

/**
 * Removes operations that only repeat their input. One that stands for an
 * output hands its name to the node it repeats, so that the output costs
 * nothing; it stays where that node is an output already or has several outputs.
 *
 * @returns How many were removed.
 */
export function removeIdentities(graph: Graph): number {
  let count = 0;
  // Inputs first, so that a chain of repetitions is gone before an output takes over a name.
  for (const { name } of graph.closure(graph.outputs)) {
    if (!graph.has(name)) continue;
    const node = graph.producer(name);
    const [source] = node.inputs;
    if (node.op !== 'Identity' || source === undefined) continue;
    if (graph.isOutput(name)) {
      if (!handNameOver(graph, node, source)) continue;
    } else {
      graph.redirect(name, source);
      graph.delete(name);
    }
    count++;
  }
  return count;
}

function handNameOver(graph: Graph, identity: GraphNode, source: string): boolean {
  const producer = graph.producer(source);
  const { name, output } = parseReference(source);
  const readsOthers = graph.nodes.some((node) =>
    node.inputs.some((input) => input !== name && parseReference(input).name === name),
  );
  const isFixed = producer.op === 'Placeholder' || graph.isOutput(name);
  if (isFixed || output !== 0 || readsOthers) return false;
  graph.delete(name);
  graph.set({ ...producer, name: identity.name });
  graph.redirect(name, identity.name);
  return true;
}
