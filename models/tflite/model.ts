import type { ACTIVATIONS, ELEMENT_TYPES, PADDINGS } from './schema.js';

export type ElementType = keyof typeof ELEMENT_TYPES;
export type Padding = keyof typeof PADDINGS;
export type Activation = keyof typeof ACTIVATIONS;

/** A stored integer q stands for `scale * (q - zeroPoint)`. */
export interface Quantisation {
  /** One, or one per index of `axis`. */
  readonly scales: readonly number[];
  readonly zeroPoint: number;
  readonly axis: number;
}

export interface LiteTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Little-endian, row-major; absent where it is computed or given at run time. */
  readonly data?: Uint8Array;
  readonly quantisation?: Quantisation;
  /** Its data stays with the graph, apart from the weights that all forms share. */
  readonly own?: boolean;
}

interface Common {
  /** Names of tensors. */
  readonly inputs: readonly string[];
  readonly output: string;
}

interface Window {
  readonly padding: Padding;
  /** `[vertical, horizontal]` */
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly activation: Activation;
}

/** Image `[1, height, width, in]`, filter `[out, height, width, in]`, bias `[out]`. */
export interface ConvolutionOperator extends Common, Window {
  readonly kind: 'CONV_2D';
}

/** Image `[1, height, width, in]`, filter `[1, height, width, in * multiplier]`, bias. */
export interface DepthwiseOperator extends Common, Window {
  readonly kind: 'DEPTHWISE_CONV_2D';
  readonly multiplier: number;
}

/** Sum of two tensors of one shape. */
export interface AddOperator extends Common {
  readonly kind: 'ADD';
}

export interface ConcatenationOperator extends Common {
  readonly kind: 'CONCATENATION';
  readonly axis: number;
}

/** The second input holds the new shape as int32, which delegates insist on. */
export interface ReshapeOperator extends Common {
  readonly kind: 'RESHAPE';
  readonly shape: readonly number[];
}

/** Between float32 and a quantised tensor, or from float16 to float32. */
export interface CastOperator extends Common {
  readonly kind: 'QUANTIZE' | 'DEQUANTIZE';
}

export type LiteOperator =
  | ConvolutionOperator
  | DepthwiseOperator
  | AddOperator
  | ConcatenationOperator
  | ReshapeOperator
  | CastOperator;

/** A network as TensorFlow Lite knows it: one subgraph, operators in the order they run in. */
export interface LiteModel {
  readonly tensors: ReadonlyMap<string, LiteTensor>;
  readonly operators: readonly LiteOperator[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Collects tensors and operators; names are given once only. */
export class ModelBuilder {
  readonly #tensors = new Map<string, LiteTensor>();
  readonly #operators: LiteOperator[] = [];

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /** Adds a tensor and returns its name. Throws `RangeError` when there is one of that name. */
  tensor(tensor: LiteTensor): string {
    if (this.#tensors.has(tensor.name)) {
      throw new RangeError(`two tensors are named "${tensor.name}"`);
    }
    this.#tensors.set(tensor.name, tensor);
    return tensor.name;
  }

  operator(operator: LiteOperator): void {
    this.#operators.push(operator);
  }

  model(inputs: readonly string[], outputs: readonly string[]): LiteModel {
    return { tensors: this.#tensors, operators: this.#operators, inputs, outputs };
  }
}

/** A tensor by its name. Throws `RangeError` when the model has none. */
export function tensorOf(model: LiteModel, name: string): LiteTensor {
  const tensor = model.tensors.get(name);
  if (tensor === undefined) throw new RangeError(`there is no tensor named "${name}"`);
  return tensor;
}

/** The bytes of a typed array, as they lie in memory. */
export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** The values of a constant float32 tensor. Throws `RangeError` where it is none. */
export function floatsOf({ name, type, data }: LiteTensor): Float32Array {
  if (type !== 'float32' || data === undefined) {
    throw new RangeError(`"${name}" is no float32 constant`);
  }
  return new Float32Array(Uint8Array.from(data).buffer);
}
