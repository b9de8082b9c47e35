import { requireChannelsLast } from '../graph/attributes.js';
import type { Graph, GraphNode } from '../graph/graph.js';
import type { FloatConstant } from '../graph/tensor.js';

/** A convolution with constant weights. */
export interface Convolution {
  readonly node: GraphNode;
  /** `[height, width, in, out]`, or `[height, width, in, multiplier]` when depthwise. */
  readonly filter: FloatConstant;
  /** Channels of the result. */
  readonly channels: number;
}

/** The node as a convolution that constants can be folded into, or `undefined`. */
export function asConvolution(graph: Graph, node: GraphNode): Convolution | undefined {
  if (node.op !== 'Conv2D' && node.op !== 'DepthwiseConv2dNative') return undefined;
  const filter = graph.constant(node.inputs[1] ?? '');
  if (filter?.dtype !== 'float32') return undefined;
  requireChannelsLast(node);
  const [, , inputs = 0, last = 0] = filter.shape;
  return { node, filter, channels: node.op === 'Conv2D' ? last : inputs * last };
}
