import { attribute, requireChannelsLast } from '../graph/attributes.js';
import { constantNode, type Graph, type GraphNode } from '../graph/graph.js';
import { floatConstant, type Constant, type FloatConstant } from '../graph/tensor.js';

/**
 * Rewrites float arithmetic until only two forms of combining with a constant
 * are left, `Mul(x, constant)` and `AddV2(x, constant)`, and no chain of two of
 * a kind, so that the other passes need not know any other:
 *
 * - `Add`, `BiasAdd` and `AddN` become `AddV2`; a constant goes to the right;
 * - `Sub(x, c)` becomes `AddV2(x, -c)`, `RealDiv(x, c)` becomes `Mul(x, 1/c)`;
 * - `(x + c) + d` becomes `x + (c + d)`, and `(x * c) * d` becomes `x * (c * d)`.
 *
 * @returns How many rewrites were made.
 */
export function canonicalArithmetic(graph: Graph): number {
  let count = 0;
  // Rewriting a node can enable one that was passed already, hence until nothing changes.
  for (let before = -1; before !== count;) {
    before = count;
    for (const { name } of graph.nodes) {
      if (!graph.has(name)) continue;
      const node = graph.producer(name);
      if (RULES.some((rule) => rule(graph, node))) count++;
    }
  }
  return count;
}

/** Tries one rewrite of a node; `true` when it was made. */
type Rule = (graph: Graph, node: GraphNode) => boolean;

const RULES: readonly Rule[] = [
  oneAddition,
  splitAddN,
  constantToTheRight,
  addTheNegative,
  multiplyByTheReciprocal,
  mergeChain,
];

function oneAddition(graph: Graph, node: GraphNode): boolean {
  if (node.op === 'BiasAdd') requireChannelsLast(node);
  else if (node.op !== 'Add' || !isFloat(node)) return false;
  graph.set({ ...node, op: 'AddV2', attributes: FLOAT });
  return true;
}

function splitAddN(graph: Graph, node: GraphNode): boolean {
  if (node.op !== 'AddN' || !isFloat(node)) return false;
  const [first = '', ...others] = node.inputs;
  const last = others.pop();
  if (last === undefined) {
    graph.set({ ...node, op: 'Identity', attributes: FLOAT });
    return true;
  }
  let sum = first;
  for (const other of others) {
    const name = graph.freshName(`${node.name}/sum`);
    graph.add({ name, op: 'AddV2', inputs: [sum, other], attributes: FLOAT });
    sum = name;
  }
  graph.set({ ...node, op: 'AddV2', inputs: [sum, last], attributes: FLOAT });
  return true;
}

function constantToTheRight(graph: Graph, node: GraphNode): boolean {
  if (!isCommutative(node)) return false;
  const [left = '', right = ''] = node.inputs;
  if (!floatValue(graph, left) || floatValue(graph, right)) return false;
  graph.set({ ...node, inputs: [right, left] });
  return true;
}

function addTheNegative(graph: Graph, node: GraphNode): boolean {
  return replaceConstant(graph, node, 'Sub', 'AddV2', (value) => -value);
}

function multiplyByTheReciprocal(graph: Graph, node: GraphNode): boolean {
  return replaceConstant(graph, node, 'RealDiv', 'Mul', (value) => 1 / value);
}

function replaceConstant(
  graph: Graph,
  node: GraphNode,
  from: string,
  to: string,
  change: (value: number) => number,
): boolean {
  const [left = '', right = ''] = node.inputs;
  if (node.op !== from) return false;
  const constant = floatValue(graph, right);
  if (!constant) return false;
  const name = graph.freshName(`${node.name}/constant`);
  const data = Float64Array.from(constant.data, change);
  graph.add(constantNode(name, floatConstant(constant.shape, data)));
  graph.set({ ...node, op: to, inputs: [left, name], attributes: FLOAT });
  return true;
}

function mergeChain(graph: Graph, node: GraphNode): boolean {
  if (!isCommutative(node)) return false;
  const [left = '', right = ''] = node.inputs;
  const inner = graph.producer(left);
  if (inner.op !== node.op || !graph.isPrivate(inner.name)) return false;
  const [source = '', innerRight = ''] = inner.inputs;
  const outerValue = floatValue(graph, right);
  const innerValue = floatValue(graph, innerRight);
  if (!outerValue || !innerValue) return false;
  const merged = combine(innerValue, outerValue, node.op === 'Mul');
  if (!merged) return false;
  const name = graph.freshName(`${node.name}/constant`);
  graph.add(constantNode(name, merged));
  graph.set({ ...node, inputs: [source, name] });
  graph.delete(inner.name);
  return true;
}

/** Two constants as one, where they have the same shape or one is a scalar. */
function combine(a: FloatConstant, b: FloatConstant, multiply: boolean): FloatConstant | undefined {
  const larger = a.data.length >= b.data.length ? a : b;
  const smaller = larger === a ? b : a;
  const same = smaller.shape.join() === larger.shape.join();
  if (!same && smaller.shape.length > 0) return undefined;
  const data = Float64Array.from(larger.data, (value, index) => {
    const other = smaller.data[same ? index : 0] ?? 0;
    return multiply ? value * other : value + other;
  });
  return floatConstant(larger.shape, data);
}

const FLOAT = { T: { kind: 'type', value: 'DT_FLOAT' } } as const;

function isFloat(node: GraphNode): boolean {
  return attribute(node, 'T', 'type') === 'DT_FLOAT';
}

function isCommutative(node: GraphNode): boolean {
  return node.op === 'AddV2' || node.op === 'Mul';
}

function floatValue(graph: Graph, reference: string): FloatConstant | undefined {
  const value: Constant | undefined = graph.constant(reference);
  return value?.dtype === 'float32' ? value : undefined;
}
