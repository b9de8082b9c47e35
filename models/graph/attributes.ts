import { ModelCompileError } from '../errors.js';

/** Kinds of attributes, and the plain value that each holds. */
interface AttributeValues {
  readonly int: number;
  readonly float: number;
  readonly bool: boolean;
  readonly string: string;
  /** TensorFlow's name of an element type, e.g. `DT_FLOAT`. */
  readonly type: string;
  /** -1 stands for an unknown size, `undefined` for an unknown rank. */
  readonly shape: readonly number[] | undefined;
  readonly ints: readonly number[];
  readonly floats: readonly number[];
  readonly strings: readonly string[];
  /** A kind that no pass looks into; carried through as it was read. */
  readonly opaque: unknown;
}

interface AttributeOf<Kind extends keyof AttributeValues> {
  readonly kind: Kind;
  readonly value: AttributeValues[Kind];
}

/** An attribute of an operation. */
export type Attribute = {
  [Kind in keyof AttributeValues]: AttributeOf<Kind>;
}[keyof AttributeValues];

export type Attributes = Readonly<Record<string, Attribute>>;

/** The value of an attribute, or `undefined` when the node has none of that name and kind. */
export function attribute<Kind extends keyof AttributeValues>(
  node: { readonly attributes: Attributes },
  name: string,
  kind: Kind,
): AttributeValues[Kind] | undefined {
  const found = node.attributes[name];
  return found?.kind === kind ? (found as AttributeOf<Kind>).value : undefined;
}

/** Throws unless an image operation has its channels last, the only layout the passes know. */
export function requireChannelsLast(node: {
  readonly name: string;
  readonly op: string;
  readonly attributes: Attributes;
}): void {
  const format = attribute(node, 'data_format', 'string') ?? 'NHWC';
  if (format !== 'NHWC') {
    throw new ModelCompileError(
      `The node "${node.name}" (${node.op}) has the layout ${format}; only NHWC can be compiled.`,
    );
  }
}
