import type { Graph } from './graph/graph.js';
import { canonicalArithmetic } from './passes/canonical-arithmetic.js';
import { cut, type CutInput, type CutOutput } from './passes/cut.js';
import type { Evaluator } from './passes/evaluator.js';
import { foldConstants } from './passes/fold-constants.js';
import { foldScales } from './passes/fold-scales.js';
import { foldShapes } from './passes/fold-shapes.js';
import { fuseConvolutions } from './passes/fuse-convolutions.js';
import { lowerBatchNorm } from './passes/lower-batch-norm.js';
import { prune } from './passes/prune.js';
import { removeIdentities } from './passes/remove-identities.js';
import { sinkConstants } from './passes/sink-constants.js';

/** What became of a graph. */
export interface OptimiseReport {
  readonly nodesBefore: number;
  /** Constants included. */
  readonly nodesAfter: number;
  /** Nodes that compute something when the network runs. */
  readonly operationsAfter: number;
  readonly fusedConvolutions: number;
}

/**
 * Rewrites a graph in place into the smallest one that computes the same named
 * outputs from a placeholder of fixed shape, without control flow.
 *
 * @throws ModelCompileError when the graph cannot be cut there or holds
 *   something that cannot be folded.
 */
export function optimise(
  graph: Graph,
  input: CutInput,
  outputs: readonly CutOutput[],
  evaluator: Evaluator,
): OptimiseReport {
  const nodesBefore = graph.size;
  cut(graph, input, outputs);
  foldShapes(graph, evaluator);
  foldConstants(graph, evaluator);
  removeIdentities(graph);
  lowerBatchNorm(graph);
  // Each of them can make work for the others; every rewrite removes or moves a constant for good.
  while (canonicalArithmetic(graph) + sinkConstants(graph) + foldScales(graph) > 0);
  removeIdentities(graph);
  const fusedConvolutions = fuseConvolutions(graph);
  prune(graph);
  const operationsAfter = graph.nodes.filter(
    ({ op }) => op !== 'Const' && op !== 'Placeholder',
  ).length;
  return { nodesBefore, nodesAfter: graph.size, operationsAfter, fusedConvolutions };
}
