import type { Graph } from '../graph/graph.js';

/** Drops every node that no output depends on. */
export function prune(graph: Graph): void {
  const needed = new Set(graph.closure(graph.outputs).map(({ name }) => name));
  for (const { name } of graph.nodes) if (!needed.has(name)) graph.delete(name);
}
