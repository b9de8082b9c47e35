import type { Builder, Offset } from 'flatbuffers';

/** A field of a FlatBuffer's table; `ref` is where a string, vector or table was written. */
export type Field =
  | { readonly ref: Offset }
  | { readonly byte: number }
  | { readonly int: number }
  | { readonly float: number };

/** Writes a table. Fields are given by their slot in the schema; all that is given is written. */
export function writeTable(builder: Builder, fields: Readonly<Record<number, Field>>): Offset {
  const slots = Object.keys(fields).map(Number);
  // Defaults are written, too: readers of another language may have other ones.
  builder.forceDefaults(true);
  builder.startObject(Math.max(-1, ...slots) + 1);
  for (const slot of slots) {
    const field = fields[slot];
    if (field === undefined) continue;
    if ('ref' in field) builder.addFieldOffset(slot, field.ref, 0);
    else if ('byte' in field) builder.addFieldInt8(slot, field.byte, 0);
    else if ('int' in field) builder.addFieldInt32(slot, field.int, 0);
    else builder.addFieldFloat32(slot, field.float, 0);
  }
  builder.forceDefaults(false);
  return builder.endObject();
}

/** Writes a vector of float32. */
export function writeFloats(builder: Builder, values: readonly number[]): Offset {
  builder.startVector(4, values.length, 4);
  for (const value of values.toReversed()) builder.addFloat32(value);
  return builder.endVector();
}

/** Writes a vector of bytes at a multiple of 16, where a FlatBuffer within it may be read. */
export function writeBytes(builder: Builder, bytes: Uint8Array): Offset {
  builder.prep(16, bytes.length);
  return builder.createByteVector(bytes);
}
