/**
 * Numbers and field positions of the TensorFlow Lite file format, as far as the
 * writer needs them. Taken from `tensorflow/lite/schema/schema.fbs` (version 3),
 * Copyright 2017 The TensorFlow Authors, Apache License 2.0.
 *
 * A table of a FlatBuffer has numbered slots; each constant below gives the
 * slots of one table in the order of the schema, and how many there are.
 */

/** What a file of the format says in its bytes 4 to 7. */
export const FILE_IDENTIFIER = 'TFL3';
export const SCHEMA_VERSION = 3;
/** Alignment of the data of a buffer, in bytes (`force_align` in the schema). */
export const BUFFER_ALIGNMENT = 16;

/** `TensorType` */
export const ELEMENT_TYPES = { float32: 0, float16: 1, int32: 2, int8: 9 } as const;

/** Operators by name: number in `BuiltinOperator`, lowest version that does what is written here. */
export const OPERATORS = {
  ADD: { code: 0, version: 2 },
  CONCATENATION: { code: 2, version: 2 },
  CONV_2D: { code: 3, version: 3 },
  DEPTHWISE_CONV_2D: { code: 4, version: 3 },
  DEQUANTIZE: { code: 6, version: 3 },
  RESHAPE: { code: 22, version: 1 },
  QUANTIZE: { code: 114, version: 1 },
} as const;

/** Which member of the union `BuiltinOptions` an operator has; 0 is none. */
export const OPTIONS = {
  NONE: 0,
  CONV_2D: 1,
  DEPTHWISE_CONV_2D: 2,
  CONCATENATION: 10,
  ADD: 11,
  RESHAPE: 17,
} as const;

/** `Padding` */
export const PADDINGS = { SAME: 0, VALID: 1 } as const;

/** `ActivationFunctionType` */
export const ACTIVATIONS = { NONE: 0, RELU: 1, RELU6: 3 } as const;

export const MODEL = {
  slots: 5,
  version: 0,
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
} as const;

export const SUBGRAPH = {
  slots: 5,
  tensors: 0,
  inputs: 1,
  outputs: 2,
  operators: 3,
  name: 4,
} as const;

export const TENSOR = {
  slots: 5,
  shape: 0,
  type: 1,
  buffer: 2,
  name: 3,
  quantization: 4,
} as const;

export const QUANTIZATION = { slots: 7, scale: 2, zeroPoint: 3, quantizedDimension: 6 } as const;

/** `deprecatedCode` is what runtimes before 2020 read; both hold the same number. */
export const OPERATOR_CODE = { slots: 4, deprecatedCode: 0, version: 2, code: 3 } as const;

export const OPERATOR = {
  slots: 5,
  opcodeIndex: 0,
  inputs: 1,
  outputs: 2,
  optionsType: 3,
  options: 4,
} as const;

export const BUFFER = { slots: 1, data: 0 } as const;

/** The dilations default to 1 in the schema, all else to 0. */
export const CONV_2D_OPTIONS = {
  slots: 6,
  padding: 0,
  strideWidth: 1,
  strideHeight: 2,
  activation: 3,
  dilationWidth: 4,
  dilationHeight: 5,
} as const;

export const DEPTHWISE_CONV_2D_OPTIONS = {
  slots: 7,
  padding: 0,
  strideWidth: 1,
  strideHeight: 2,
  multiplier: 3,
  activation: 4,
  dilationWidth: 5,
  dilationHeight: 6,
} as const;

export const CONCATENATION_OPTIONS = { slots: 2, axis: 0, activation: 1 } as const;
export const ADD_OPTIONS = { slots: 1, activation: 0 } as const;
export const RESHAPE_OPTIONS = { slots: 1, newShape: 0 } as const;
