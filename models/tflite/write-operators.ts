import type { Builder, Offset } from 'flatbuffers';
import type { LiteOperator } from './model.js';
import {
  ACTIVATIONS,
  ADD_OPTIONS,
  CONCATENATION_OPTIONS,
  CONV_2D_OPTIONS,
  DEPTHWISE_CONV_2D_OPTIONS,
  OPERATOR,
  type OPERATORS,
  OPTIONS,
  PADDINGS,
  RESHAPE_OPTIONS,
} from './schema.js';

export type OperatorName = keyof typeof OPERATORS;

/**
 * Writes the operators of a subgraph.
 *
 * @param names Operators in the order of the model's operator codes.
 * @param positionOf Position of a tensor in the subgraph, by its name.
 * @returns A vector of tables.
 */
export function writeOperators(
  builder: Builder,
  operators: readonly LiteOperator[],
  names: readonly OperatorName[],
  positionOf: (name: string) => number,
): Offset {
  const written = operators.map((operator) => {
    const inputs = intVector(builder, operator.inputs.map(positionOf));
    const outputs = intVector(builder, [positionOf(operator.output)]);
    const options = writeOptions(builder, operator);
    builder.startObject(OPERATOR.slots);
    builder.addFieldInt32(OPERATOR.opcodeIndex, names.indexOf(operator.kind), 0);
    builder.addFieldOffset(OPERATOR.inputs, inputs, 0);
    builder.addFieldOffset(OPERATOR.outputs, outputs, 0);
    builder.addFieldInt8(OPERATOR.optionsType, options.type, 0);
    builder.addFieldOffset(OPERATOR.options, options.offset, 0);
    return builder.endObject();
  });
  return offsetVector(builder, written);
}

/** A vector of references to tables. */
export function offsetVector(builder: Builder, offsets: readonly Offset[]): Offset {
  builder.startVector(4, offsets.length, 4);
  for (const offset of offsets.toReversed()) builder.addOffset(offset);
  return builder.endVector();
}

/** A vector of int32. */
export function intVector(builder: Builder, values: readonly number[]): Offset {
  builder.startVector(4, values.length, 4);
  for (const value of values.toReversed()) builder.addInt32(value);
  return builder.endVector();
}

function writeOptions(
  builder: Builder,
  operator: LiteOperator,
): { readonly type: number; readonly offset: Offset } {
  switch (operator.kind) {
    case 'CONV_2D': {
      const slots = CONV_2D_OPTIONS;
      builder.startObject(slots.slots);
      writeWindow(builder, slots, operator);
      return { type: OPTIONS.CONV_2D, offset: builder.endObject() };
    }
    case 'DEPTHWISE_CONV_2D': {
      const slots = DEPTHWISE_CONV_2D_OPTIONS;
      builder.startObject(slots.slots);
      writeWindow(builder, slots, operator);
      builder.addFieldInt32(slots.multiplier, operator.multiplier, 0);
      return { type: OPTIONS.DEPTHWISE_CONV_2D, offset: builder.endObject() };
    }
    case 'ADD':
      builder.startObject(ADD_OPTIONS.slots);
      builder.addFieldInt8(ADD_OPTIONS.activation, ACTIVATIONS.NONE, 0);
      return { type: OPTIONS.ADD, offset: builder.endObject() };
    case 'CONCATENATION':
      builder.startObject(CONCATENATION_OPTIONS.slots);
      builder.addFieldInt32(CONCATENATION_OPTIONS.axis, operator.axis, 0);
      builder.addFieldInt8(CONCATENATION_OPTIONS.activation, ACTIVATIONS.NONE, 0);
      return { type: OPTIONS.CONCATENATION, offset: builder.endObject() };
    case 'RESHAPE': {
      const shape = intVector(builder, operator.shape);
      builder.startObject(RESHAPE_OPTIONS.slots);
      builder.addFieldOffset(RESHAPE_OPTIONS.newShape, shape, 0);
      return { type: OPTIONS.RESHAPE, offset: builder.endObject() };
    }
    case 'QUANTIZE':
    case 'DEQUANTIZE':
      return { type: OPTIONS.NONE, offset: 0 };
  }
}

/** The options that plain and depthwise convolutions share, each at its own position. */
function writeWindow(
  builder: Builder,
  slots: typeof CONV_2D_OPTIONS | typeof DEPTHWISE_CONV_2D_OPTIONS,
  operator: Extract<LiteOperator, { readonly strides: unknown }>,
): void {
  const [strideHeight, strideWidth] = operator.strides;
  const [dilationHeight, dilationWidth] = operator.dilations;
  builder.addFieldInt8(slots.padding, PADDINGS[operator.padding], 0);
  builder.addFieldInt32(slots.strideWidth, strideWidth, 0);
  builder.addFieldInt32(slots.strideHeight, strideHeight, 0);
  builder.addFieldInt8(slots.activation, ACTIVATIONS[operator.activation], 0);
  builder.addFieldInt32(slots.dilationWidth, dilationWidth, 1);
  builder.addFieldInt32(slots.dilationHeight, dilationHeight, 1);
}
