import { ModelCompileError } from '../errors.js';
import type { Attribute, Attributes } from '../graph/attributes.js';
import { Graph, type GraphNode } from '../graph/graph.js';
import type { Constant } from '../graph/tensor.js';

/** A value of an attribute as TensorFlow.js writes it in JSON; exactly one field is set. */
interface AttributeJson {
  readonly i?: number | string;
  readonly f?: number;
  readonly b?: boolean;
  readonly s?: string | readonly number[];
  readonly type?: number | string;
  readonly shape?: ShapeJson;
  readonly func?: unknown;
  readonly tensor?: unknown;
  readonly list?: {
    readonly i?: readonly (number | string)[];
    readonly f?: readonly number[];
    readonly s?: readonly (string | readonly number[])[];
  };
}

interface ShapeJson {
  readonly unknownRank?: boolean;
  readonly dim?: readonly { readonly size?: number | string }[];
}

interface NodeJson {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, AttributeJson>>;
}

/** A frozen TensorFlow graph as JSON, the `modelTopology` of a graph model. */
export interface GraphDefJson {
  readonly node: readonly NodeJson[];
  readonly versions?: Readonly<Record<string, unknown>>;
  readonly library?: { readonly function?: readonly unknown[] };
}

/** Element types by their number in TensorFlow's `types.proto`. */
const TYPE_NAMES: Readonly<Record<number, string>> = {
  1: 'DT_FLOAT',
  2: 'DT_DOUBLE',
  3: 'DT_INT32',
  4: 'DT_UINT8',
  6: 'DT_INT8',
  7: 'DT_STRING',
  9: 'DT_INT64',
  10: 'DT_BOOL',
  19: 'DT_HALF',
};

const CONSTANT_TYPES: Readonly<Record<Constant['dtype'], string>> = {
  float32: 'DT_FLOAT',
  int32: 'DT_INT32',
  bool: 'DT_BOOL',
};

/**
 * The graph that a topology and its weights describe.
 *
 * @param constants Values of the `Const` nodes, by node name.
 * @throws ModelCompileError when a constant has no value.
 */
export function readGraphDef(
  topology: GraphDefJson,
  constants: ReadonlyMap<string, Constant>,
): Graph {
  return new Graph(
    topology.node.map((node): GraphNode => {
      // `name` and `name:0` are the same tensor; one spelling makes references comparable.
      const inputs = (node.input ?? []).map((input) => input.replace(/:0$/, ''));
      const { name, op } = node;
      if (op !== 'Const') return { name, op, inputs, attributes: readAttributes(node) };
      const value = constants.get(name);
      if (value === undefined) {
        throw new ModelCompileError(`The weights hold no value for the constant "${name}".`);
      }
      // Its attributes repeat what the value says itself.
      return { name, op, inputs, attributes: {}, value };
    }),
  );
}

/**
 * A topology that TensorFlow.js loads; the values of its constants travel apart,
 * as weights of the same names.
 *
 * @param nodes Inputs before their readers.
 */
export function writeGraphDef(nodes: readonly GraphNode[]): GraphDefJson {
  return {
    node: nodes.map((node) => ({
      name: node.name,
      op: node.op,
      ...(node.inputs.length > 0 && { input: node.inputs }),
      attr: writeAttributes(node),
    })),
    // The loader looks into both without asking whether they are there.
    versions: {},
    library: {},
  };
}

function readAttributes(node: NodeJson): Attributes {
  return Object.fromEntries(
    Object.entries(node.attr ?? {}).map(([name, json]) => [name, readAttribute(json)]),
  );
}

function readAttribute(json: AttributeJson): Attribute {
  if (json.i !== undefined) return { kind: 'int', value: Number(json.i) };
  if (json.f !== undefined) return { kind: 'float', value: json.f };
  if (json.b !== undefined) return { kind: 'bool', value: json.b };
  if (json.s !== undefined) return { kind: 'string', value: readString(json.s) };
  if (json.type !== undefined) return { kind: 'type', value: typeName(json.type) };
  if (json.shape !== undefined) return { kind: 'shape', value: readShape(json.shape) };
  const { list } = json;
  if (list?.s !== undefined && list.s.length > 0) {
    return { kind: 'strings', value: list.s.map(readString) };
  }
  if (list?.f !== undefined && list.f.length > 0) return { kind: 'floats', value: list.f };
  if (list?.i !== undefined) return { kind: 'ints', value: list.i.map(Number) };
  return { kind: 'opaque', value: json };
}

function readString(text: string | readonly number[]): string {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.from(text);
  return bytes.toString('latin1');
}

function typeName(type: number | string): string {
  return typeof type === 'string' ? type : (TYPE_NAMES[type] ?? `DT_${type}`);
}

function readShape(shape: ShapeJson): readonly number[] | undefined {
  if (shape.unknownRank === true) return undefined;
  return (shape.dim ?? []).map(({ size }) => Number(size ?? 0));
}

function writeAttributes(node: GraphNode): Readonly<Record<string, AttributeJson>> {
  const written = Object.entries(node.attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, writeAttribute(value)] as const);
  if (node.value !== undefined) {
    written.push(['dtype', { type: CONSTANT_TYPES[node.value.dtype] }]);
  }
  return Object.fromEntries(written);
}

function writeAttribute(attribute: Attribute): AttributeJson {
  switch (attribute.kind) {
    case 'int':
      return { i: String(attribute.value) };
    case 'float':
      return { f: attribute.value };
    case 'bool':
      return { b: attribute.value };
    case 'string':
      return { s: writeString(attribute.value) };
    case 'type':
      return { type: attribute.value };
    case 'shape':
      return {
        shape:
          attribute.value === undefined
            ? { unknownRank: true }
            : { dim: attribute.value.map((size) => ({ size: String(size) })) },
      };
    case 'ints':
      return { list: { i: attribute.value.map(String) } };
    case 'floats':
      return { list: { f: attribute.value } };
    case 'strings':
      return { list: { s: attribute.value.map(writeString) } };
    case 'opaque':
      return attribute.value as AttributeJson;
  }
}

function writeString(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}
