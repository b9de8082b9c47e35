import { ModelCompileError } from '../errors.js';
import type { Graph, GraphNode } from '../graph/graph.js';
import { prune } from './prune.js';

/** A tensor of the original that the compiled graph begins at. */
export interface CutInput {
  /** Reference of the tensor in the original. */
  readonly node: string;
  /** Name of the float32 placeholder that takes its place. */
  readonly name: string;
  readonly shape: readonly number[];
}

/** A tensor that the compiled graph ends in: one of the original, or several of one shape stacked. */
export type CutOutput =
  | { readonly name: string; readonly node: string }
  | { readonly name: string; readonly stack: readonly string[]; readonly axis: number };

/** Operations that hold state or steer the flow; a graph with them is no pure function. */
const STATEFUL =
  /^(Enter|Exit|Merge|Switch|NextIteration|LoopCond|TensorArray.*|TensorList.*|Variable.*|Hash.*|Random.*|While|If|StatelessWhile|StatelessIf)$/;

/**
 * Cuts a piece out of a graph: from placeholders of fixed shape to named
 * outputs. Everything that the outputs do not need is dropped, and with it the
 * control dependencies, which order nothing among pure operations.
 *
 * @throws ModelCompileError when a name is missing or an operation with state is left.
 */
export function cut(graph: Graph, input: CutInput, outputs: readonly CutOutput[]): void {
  graph.producer(input.node);
  graph.add({
    name: input.name,
    op: 'Placeholder',
    inputs: [],
    attributes: {
      dtype: { kind: 'type', value: 'DT_FLOAT' },
      shape: { kind: 'shape', value: input.shape },
    },
  });
  for (const output of outputs) graph.add(outputNode(output));
  graph.redirect(input.node, input.name);
  graph.outputs = outputs.map(({ name }) => name);
  prune(graph);
  for (const node of graph.nodes) {
    if (STATEFUL.test(node.op)) {
      throw new ModelCompileError(
        `The outputs still depend on "${node.name}" (${node.op}), which is no pure operation. ` +
          `Cut the graph behind it, or choose other outputs.`,
      );
    }
    const inputs = node.inputs.filter((reference) => !reference.startsWith('^'));
    if (inputs.length < node.inputs.length) graph.set({ ...node, inputs });
  }
}

function outputNode(output: CutOutput): GraphNode {
  const { name } = output;
  const T = { kind: 'type', value: 'DT_FLOAT' } as const;
  if ('node' in output) return { name, op: 'Identity', inputs: [output.node], attributes: { T } };
  return {
    name,
    op: 'Pack',
    inputs: output.stack,
    attributes: {
      T,
      N: { kind: 'int', value: output.stack.length },
      axis: { kind: 'int', value: output.axis },
    },
  };
}
