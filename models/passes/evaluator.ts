import type { Graph } from '../graph/graph.js';
import type { Constant } from '../graph/tensor.js';

/** Runs parts of a graph while it is being compiled. */
export interface Evaluator {
  /** Values of tensors that depend on constants alone. */
  values(graph: Graph, references: readonly string[]): readonly Constant[];
  /** Shapes of tensors, every input of the graph having a fixed shape. */
  shapes(graph: Graph, references: readonly string[]): readonly (readonly number[])[];
}
