import { Builder, type Offset } from 'flatbuffers';
import type { BytePlace } from '../../src/domain/cut-bytes.js';
import type { LiteModel, LiteTensor, Quantisation } from './model.js';
import {
  BUFFER,
  BUFFER_ALIGNMENT,
  ELEMENT_TYPES,
  FILE_IDENTIFIER,
  MODEL,
  OPERATOR_CODE,
  OPERATORS,
  QUANTIZATION,
  SCHEMA_VERSION,
  SUBGRAPH,
  TENSOR,
} from './schema.js';
import { intVector, offsetVector, writeOperators, type OperatorName } from './write-operators.js';

/** Of the length that a vector begins with. */
const LENGTH_BYTES = 4;

/**
 * A `.tflite` file in two parts, to be concatenated: `graph`, then `weights`.
 * Models that share all their constants have the same `weights`, so that a
 * second form of a network costs only a second `graph`.
 */
export interface TfliteParts {
  readonly graph: Uint8Array;
  readonly weights: Uint8Array;
  /** Where in `graph` the data of tensors of its own lies, by their names. */
  readonly places: ReadonlyMap<string, BytePlace>;
}

/**
 * Writes a model as a TensorFlow Lite FlatBuffer. A FlatBuffer grows from its
 * end and refers forwards only; constants written first, in the order of their
 * names, thus make up a tail that does not depend on what is written later.
 *
 * @throws RangeError when an operator names a tensor that the model does not have.
 */
export function writeTflite(model: LiteModel): TfliteParts {
  const builder = new Builder(1 << 16);
  const constants = [...model.tensors.values()].filter(({ data }) => data !== undefined);
  const shared = constants.filter(({ own = false }) => !own);
  const tail = writeConstants(builder, shared, [writeBuffer(builder, undefined)]);
  const tailLength = builder.offset();
  const ends = new Map<string, number>();
  const own = constants.filter((tensor) => tensor.own === true);
  const all = writeConstants(builder, own, tail.buffers, ends);
  const tensors = new Map([...tail.tensors, ...all.tensors]);

  const subgraph = writeSubgraph(builder, model, tensors);
  const codes = writeOperatorCodes(builder);
  const bufferVector = offsetVector(builder, all.buffers);
  const description = builder.createString('Sightline');
  builder.startObject(MODEL.slots);
  builder.addFieldInt32(MODEL.version, SCHEMA_VERSION, 0);
  builder.addFieldOffset(MODEL.operatorCodes, codes, 0);
  builder.addFieldOffset(MODEL.subgraphs, subgraph, 0);
  builder.addFieldOffset(MODEL.description, description, 0);
  builder.addFieldOffset(MODEL.buffers, bufferVector, 0);
  builder.finish(builder.endObject(), FILE_IDENTIFIER);

  const file = builder.asUint8Array();
  const cut = file.length - tailLength;
  const places = new Map(
    own.map(({ name, data }) => {
      const at = file.length - (ends.get(name) ?? NaN);
      return [name, { at, bytes: data?.length ?? 0 }];
    }),
  );
  return { graph: file.slice(0, cut), weights: file.slice(cut), places };
}

/** The whole file of a model. */
export function joinParts({
  graph,
  weights,
}: Pick<TfliteParts, 'graph' | 'weights'>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat([graph, weights]));
}

/** Where constants were written. */
interface Constants {
  readonly buffers: readonly Offset[];
  /** Tensors that refer to them, by name. */
  readonly tensors: ReadonlyMap<string, Offset>;
}

/**
 * Writes constants in the order of their names.
 *
 * @param before Buffers that were written before. The first is empty by
 *   convention: tensors without data refer to it.
 * @param ends Gets where the data of each begins, counted from the end of the file.
 */
function writeConstants(
  builder: Builder,
  tensors: readonly LiteTensor[],
  before: readonly Offset[],
  ends?: Map<string, number>,
): Constants {
  const constants = tensors.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const buffers = constants.map(({ name, data }) =>
    writeBuffer(builder, data, (end) => ends?.set(name, end)),
  );
  const zeros = new ZeroPoints(builder);
  const written = constants.map(
    (tensor, index) =>
      [tensor.name, writeTensor(builder, zeros, tensor, before.length + index)] as const,
  );
  return { buffers: [...before, ...buffers], tensors: new Map(written) };
}

function writeBuffer(
  builder: Builder,
  data: Uint8Array | undefined,
  tell?: (end: number) => void,
): Offset {
  let vector = 0;
  if (data !== undefined) {
    builder.prep(BUFFER_ALIGNMENT, data.length);
    vector = builder.createByteVector(data);
    // The vector begins with its length.
    tell?.(vector - LENGTH_BYTES);
  }
  builder.startObject(BUFFER.slots);
  builder.addFieldOffset(BUFFER.data, vector, 0);
  return builder.endObject();
}

function writeSubgraph(
  builder: Builder,
  model: LiteModel,
  constants: ReadonlyMap<string, Offset>,
): Offset {
  const tensors = [...model.tensors.values()];
  const positions = new Map(tensors.map(({ name }, position) => [name, position]));
  const positionOf = (name: string): number => {
    const position = positions.get(name);
    if (position === undefined) throw new RangeError(`there is no tensor named "${name}"`);
    return position;
  };
  const zeros = new ZeroPoints(builder);
  const written = tensors.map(
    (tensor) => constants.get(tensor.name) ?? writeTensor(builder, zeros, tensor, 0),
  );
  const tensorVector = offsetVector(builder, written);
  const operators = writeOperators(builder, model.operators, OPERATOR_NAMES, positionOf);
  const inputs = intVector(builder, model.inputs.map(positionOf));
  const outputs = intVector(builder, model.outputs.map(positionOf));
  const name = builder.createString('main');
  builder.startObject(SUBGRAPH.slots);
  builder.addFieldOffset(SUBGRAPH.tensors, tensorVector, 0);
  builder.addFieldOffset(SUBGRAPH.inputs, inputs, 0);
  builder.addFieldOffset(SUBGRAPH.outputs, outputs, 0);
  builder.addFieldOffset(SUBGRAPH.operators, operators, 0);
  builder.addFieldOffset(SUBGRAPH.name, name, 0);
  return offsetVector(builder, [builder.endObject()]);
}

/** Vectors of equal zero points: the same few lengths occur over and over, 8 bytes an element. */
class ZeroPoints {
  readonly #builder: Builder;
  readonly #known = new Map<string, Offset>();

  constructor(builder: Builder) {
    this.#builder = builder;
  }

  vector(zeroPoint: number, length: number): Offset {
    const key = `${zeroPoint} ${length}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#builder.startVector(8, length, 8);
    for (let index = 0; index < length; index++) this.#builder.addInt64(BigInt(zeroPoint));
    const vector = this.#builder.endVector();
    this.#known.set(key, vector);
    return vector;
  }
}

function writeTensor(
  builder: Builder,
  zeros: ZeroPoints,
  { name, type, shape, quantisation }: LiteTensor,
  buffer: number,
): Offset {
  const nameOffset = builder.createString(name);
  const shapeVector = intVector(builder, shape);
  const quantization =
    quantisation === undefined ? 0 : writeQuantisation(builder, zeros, quantisation);
  builder.startObject(TENSOR.slots);
  builder.addFieldOffset(TENSOR.shape, shapeVector, 0);
  builder.addFieldInt8(TENSOR.type, ELEMENT_TYPES[type], 0);
  builder.addFieldInt32(TENSOR.buffer, buffer, 0);
  builder.addFieldOffset(TENSOR.name, nameOffset, 0);
  builder.addFieldOffset(TENSOR.quantization, quantization, 0);
  return builder.endObject();
}

function writeQuantisation(
  builder: Builder,
  zeros: ZeroPoints,
  { scales, zeroPoint, axis }: Quantisation,
): Offset {
  const zeroPoints = zeros.vector(zeroPoint, scales.length);
  builder.startVector(4, scales.length, 4);
  for (const scale of scales.toReversed()) builder.addFloat32(scale);
  const scaleVector = builder.endVector();
  builder.startObject(QUANTIZATION.slots);
  builder.addFieldOffset(QUANTIZATION.scale, scaleVector, 0);
  builder.addFieldOffset(QUANTIZATION.zeroPoint, zeroPoints, 0);
  builder.addFieldInt32(QUANTIZATION.quantizedDimension, axis, 0);
  return builder.endObject();
}

const OPERATOR_NAMES = Object.keys(OPERATORS) as readonly OperatorName[];

/** All operators that the writer knows, whether they occur or not: a few bytes each. */
function writeOperatorCodes(builder: Builder): Offset {
  const codes = OPERATOR_NAMES.map((name) => {
    const { code, version } = OPERATORS[name];
    builder.startObject(OPERATOR_CODE.slots);
    builder.addFieldInt8(OPERATOR_CODE.deprecatedCode, code, 0);
    builder.addFieldInt32(OPERATOR_CODE.version, version, 1);
    builder.addFieldInt32(OPERATOR_CODE.code, code, 0);
    return builder.endObject();
  });
  return offsetVector(builder, codes);
}
