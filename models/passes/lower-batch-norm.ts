import { ModelCompileError } from '../errors.js';
import { attribute, requireChannelsLast } from '../graph/attributes.js';
import { constantNode, type Graph, type GraphNode } from '../graph/graph.js';
import { floatConstant } from '../graph/tensor.js';

const BATCH_NORM = /^FusedBatchNorm(V[23])?$/;

/**
 * Replaces batch normalisation with fixed statistics by what it amounts to, a
 * multiplication and an addition per channel:
 * `gamma * (x - mean) / sqrt(variance + epsilon) + beta = x * scale + offset`.
 *
 * @returns How many were replaced.
 * @throws ModelCompileError when one has no fixed statistics.
 */
export function lowerBatchNorm(graph: Graph): number {
  const norms = graph.nodes.filter(({ op }) => BATCH_NORM.test(op));
  for (const norm of norms) lower(graph, norm);
  return norms.length;
}

function lower(graph: Graph, norm: GraphNode): void {
  requireChannelsLast(norm);
  const [input = '', ...parameters] = norm.inputs;
  const [gamma, beta, mean, variance] = parameters.map((name) => graph.constant(name)?.data);
  if (!gamma || !beta || !mean || !variance || mean.length !== gamma.length) {
    throw new ModelCompileError(
      `The batch normalisation "${norm.name}" has no fixed statistics and cannot be folded.`,
    );
  }
  // TensorFlow's own default, used where the graph leaves the attribute out.
  const epsilon = attribute(norm, 'epsilon', 'float') ?? 1e-4;
  const channels = gamma.length;
  const scale = new Float64Array(channels);
  const offset = new Float64Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const deviation = Math.sqrt((variance[channel] ?? 0) + epsilon);
    scale[channel] = (gamma[channel] ?? 0) / deviation;
    offset[channel] = (beta[channel] ?? 0) - (mean[channel] ?? 0) * (scale[channel] ?? 0);
  }
  const multiplied = graph.freshName(`${norm.name}/scaled`);
  const scaleName = graph.freshName(`${norm.name}/scale`);
  const offsetName = graph.freshName(`${norm.name}/offset`);
  const attributes = { T: { kind: 'type', value: 'DT_FLOAT' } } as const;
  graph.add(constantNode(scaleName, floatConstant([channels], scale)));
  graph.add(constantNode(offsetName, floatConstant([channels], offset)));
  graph.add({ name: multiplied, op: 'Mul', inputs: [input, scaleName], attributes });
  graph.set({ name: norm.name, op: 'AddV2', inputs: [multiplied, offsetName], attributes });
}
