import { join } from 'node:path';
import protobuf from 'protobufjs';
import type { OnnxConstant, OnnxModel, OnnxNode, OnnxValue } from './model.js';

/** Version 8 of the format and 17 of the operators: of 2022, known to every runtime of today. */
const IR_VERSION = 8;
const OPERATOR_SET = 17;

/** The bytes of an `.onnx` file. */
export async function writeOnnx(model: OnnxModel): Promise<Uint8Array> {
  const schema = new protobuf.Root();
  await schema.load(join(import.meta.dirname, 'onnx.proto'), { keepCase: true });
  const type = schema.lookupType('onnx.ModelProto');
  const types = schema.lookupEnum('onnx.TensorProto.DataType').values;
  const attributes = schema.lookupEnum('onnx.AttributeProto.AttributeType').values;
  const content = {
    ir_version: IR_VERSION,
    producer_name: 'Sightline',
    graph: {
      name: 'main',
      node: model.nodes.map((node) => nodeOf(node, attributes)),
      initializer: model.constants.map((constant) => tensorOf(constant, types)),
      input: model.inputs.map((value) => valueOf(value, types)),
      output: model.outputs.map((value) => valueOf(value, types)),
    },
    opset_import: [{ domain: '', version: OPERATOR_SET }],
  };
  const problem = type.verify(content);
  if (problem !== null) throw new RangeError(`this is no ONNX model: ${problem}`);
  return type.encode(content).finish();
}

type Numbers = Readonly<Record<string, number>>;

function nodeOf({ op, inputs, output, attributes }: OnnxNode, types: Numbers): object {
  const attribute = Object.entries(attributes).map(([name, value]) =>
    typeof value === 'number'
      ? { name, type: types['INT'], i: value }
      : { name, type: types['INTS'], ints: value },
  );
  return { name: output, op_type: op, input: inputs, output: [output], attribute };
}

function tensorOf({ name, type, shape, data }: OnnxConstant, types: Numbers): object {
  const kind = type === 'float32' ? types['FLOAT'] : types['INT64'];
  return { name, data_type: kind, dims: shape, raw_data: data };
}

function valueOf({ name, shape }: OnnxValue, types: Numbers): object {
  const dim = shape.map((size) => ({ dim_value: size }));
  return { name, type: { tensor_type: { elem_type: types['FLOAT'], shape: { dim } } } };
}
