import { ModelCompileError } from '../errors.js';
import { fitsFloat16, fromFloat16Bits, toFloat16Bits } from '../../src/domain/float16.js';
import type { GraphNode } from '../graph/graph.js';
import { elementCount, type Constant } from '../graph/tensor.js';

/** What TensorFlow.js has to know to read one tensor out of the weights. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: Constant['dtype'];
  readonly quantization?: {
    readonly dtype: 'float16' | 'uint8' | 'uint16';
    readonly original_dtype?: 'float32';
    readonly scale?: number;
    readonly min?: number;
  };
}

export interface EncodedWeights {
  readonly specs: readonly WeightSpec[];
  /** All tensors one after the other, little-endian, without gaps. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * The values of all constants among `nodes`, as TensorFlow.js stores them.
 *
 * @param isHalf Which constants may be stored as float16. One whose values would
 *   overflow stays float32 all the same.
 */
export function encodeWeights(
  nodes: readonly GraphNode[],
  isHalf: (node: GraphNode, value: Constant) => boolean,
): EncodedWeights {
  const specs: WeightSpec[] = [];
  const parts: Uint8Array[] = [];
  for (const node of nodes) {
    const { name, value } = node;
    if (value === undefined) continue;
    const { shape, dtype } = value;
    if (value.dtype === 'float32' && isHalf(node, value) && fitsFloat16(value.data)) {
      const quantization = { dtype: 'float16', original_dtype: 'float32' } as const;
      specs.push({ name, shape, dtype, quantization });
      parts.push(bytesOf(Uint16Array.from(value.data, toFloat16Bits)));
    } else {
      specs.push({ name, shape, dtype });
      parts.push(bytesOf(value.data));
    }
  }
  return { specs, data: Uint8Array.from(Buffer.concat(parts)) };
}

/**
 * The tensors in a file of weights.
 *
 * @throws ModelCompileError when the data is too short or too long, or a type
 *   or quantisation is unknown.
 */
export function decodeWeights(
  specs: readonly WeightSpec[],
  data: Uint8Array,
): Map<string, Constant> {
  const constants = new Map<string, Constant>();
  let position = 0;
  for (const spec of specs) {
    const size = elementCount(spec.shape) * bytesPerElement(spec);
    if (position + size > data.length) {
      throw new ModelCompileError(
        `The weights end within "${spec.name}": ${data.length} bytes are too few.`,
      );
    }
    // A copy, because a view could start at an offset that its element size does not divide.
    constants.set(
      spec.name,
      decode(spec, Uint8Array.from(data.subarray(position, position + size)).buffer),
    );
    position += size;
  }
  if (position !== data.length) {
    throw new ModelCompileError(
      `The weights are ${data.length} bytes, but their list accounts for ${position}.`,
    );
  }
  return constants;
}

const BYTES_PER_ELEMENT: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

function bytesPerElement({ name, dtype, quantization }: WeightSpec): number {
  const stored = quantization?.dtype ?? dtype;
  const bytes = BYTES_PER_ELEMENT[stored];
  if (bytes === undefined) {
    throw new ModelCompileError(`The weight "${name}" is stored as ${stored}, an unknown type.`);
  }
  return bytes;
}

function decode(spec: WeightSpec, buffer: ArrayBuffer): Constant {
  const { shape, dtype, quantization } = spec;
  if (quantization !== undefined) {
    if (dtype !== 'float32') {
      throw new ModelCompileError(`The quantised weight "${spec.name}" is ${dtype}, not float32.`);
    }
    if (quantization.dtype === 'float16') {
      return { dtype, shape, data: Float32Array.from(new Uint16Array(buffer), fromFloat16Bits) };
    }
    const steps = quantization.dtype === 'uint8' ? new Uint8Array(buffer) : new Uint16Array(buffer);
    const { scale = 1, min = 0 } = quantization;
    return { dtype, shape, data: Float32Array.from(steps, (step) => step * scale + min) };
  }
  switch (dtype) {
    case 'float32':
      return { dtype, shape, data: new Float32Array(buffer) };
    case 'int32':
      return { dtype, shape, data: new Int32Array(buffer) };
    case 'bool':
      return { dtype, shape, data: new Uint8Array(buffer) };
  }
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
