import { ModelCompileError } from '../errors.js';
import { attribute } from '../graph/attributes.js';
import type { Graph, GraphNode } from '../graph/graph.js';
import { elementCount, floatConstant, type Constant } from '../graph/tensor.js';
import type { Evaluator } from '../passes/evaluator.js';
import { writeGraphDef } from './graph-def.js';
import { Network, type Artifacts, type Feeds } from './network.js';
import { encodeWeights } from './weights.js';

/** A graph, or the part of it that `references` need, in the form that TensorFlow.js loads. */
export function toArtifacts(
  graph: Graph,
  isHalf: (node: GraphNode, value: Constant) => boolean = () => false,
  references: readonly string[] = graph.outputs,
): Artifacts {
  const nodes = graph.closure(references);
  return { topology: writeGraphDef(nodes), weights: encodeWeights(nodes, isHalf) };
}

/**
 * Lets TensorFlow.js itself compute constants and shapes, so that every
 * operation it knows can be folded and none is implemented a second time.
 * `startRuntime` must have been awaited.
 */
export const tfjsEvaluator: Evaluator = {
  values: (graph, references) => withNetwork(graph, references, (net) => net.run({}, references)),
  shapes: (graph, references) =>
    withNetwork(graph, references, (net) => net.shapes(zeroFeeds(graph, references), references)),
};

function withNetwork<Result>(
  graph: Graph,
  references: readonly string[],
  use: (network: Network) => Result,
): Result {
  const network = new Network(toArtifacts(graph, undefined, references));
  try {
    return use(network);
  } finally {
    network.dispose();
  }
}

function zeroFeeds(graph: Graph, references: readonly string[]): Feeds {
  const placeholders = graph.closure(references).filter(({ op }) => op === 'Placeholder');
  return Object.fromEntries(
    placeholders.map((node) => {
      const shape = attribute(node, 'shape', 'shape');
      if (shape === undefined || shape.some((size) => size < 0)) {
        throw new ModelCompileError(`The input "${node.name}" has no fixed shape.`);
      }
      return [node.name, floatConstant(shape, new Float32Array(elementCount(shape)))];
    }),
  );
}
