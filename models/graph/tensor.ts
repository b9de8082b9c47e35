/** A dense tensor held in memory, row-major. `bool` is one byte per element. */
export type Constant =
  | { readonly dtype: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'int32'; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly dtype: 'bool'; readonly shape: readonly number[]; readonly data: Uint8Array };

export type FloatConstant = Extract<Constant, { dtype: 'float32' }>;

/** Number of elements of a tensor; a scalar (`[]`) has one. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A float32 tensor; throws `RangeError` when shape and data disagree. */
export function floatConstant(shape: readonly number[], data: ArrayLike<number>): FloatConstant {
  if (elementCount(shape) !== data.length) {
    throw new RangeError(`shape [${shape.join(', ')}] does not hold ${data.length} values`);
  }
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
}

/** An int32 tensor; throws `RangeError` when shape and data disagree. */
export function intConstant(shape: readonly number[], data: ArrayLike<number>): Constant {
  if (elementCount(shape) !== data.length) {
    throw new RangeError(`shape [${shape.join(', ')}] does not hold ${data.length} values`);
  }
  return { dtype: 'int32', shape, data: Int32Array.from(data) };
}

/**
 * One value per channel, where a constant combined with an image tensor
 * `[batch, height, width, channels]` acts on its last axis only.
 *
 * @returns `channels` values, or `undefined` where the constant also varies
 *   along another axis, does not fit, or is not float32.
 */
export function perChannel(constant: Constant, channels: number): Float32Array | undefined {
  if (constant.dtype !== 'float32' || constant.shape.length > 4) return undefined;
  const [first] = constant.data;
  if (constant.data.length === 1 && first !== undefined) {
    return new Float32Array(channels).fill(first);
  }
  if (constant.data.length !== channels || constant.shape.at(-1) !== channels) return undefined;
  return constant.data;
}
