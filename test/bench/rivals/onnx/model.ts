import { bytesOf } from '../../../../models/tflite/model.js';

/** A node of an ONNX graph. Attributes are integers or lists of them. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
}

/** A tensor that is part of the file. */
export interface OnnxConstant {
  readonly name: string;
  readonly type: 'float32' | 'int64';
  readonly shape: readonly number[];
  /** Little-endian, row-major. */
  readonly data: Uint8Array;
}

/** A float32 tensor that goes in or comes out. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A network as ONNX knows it: nodes in the order they run in, images with their channels first. */
export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export function floats(name: string, shape: readonly number[], data: Float32Array): OnnxConstant {
  return { name, type: 'float32', shape, data: bytesOf(data) };
}

export function integers(name: string, values: readonly number[]): OnnxConstant {
  const data = bytesOf(BigInt64Array.from(values, BigInt));
  return { name, type: 'int64', shape: [values.length], data };
}
