import type { DenseLayer } from './dense-layer.js';
import type { Network } from './network.js';

/** A layer without its numbers. */
export type LayerShape = Pick<DenseLayer, 'inputs' | 'units' | 'activation'>;

/** Weights, then biases, layer by layer, as little-endian float32. */
export function weightsToBytes({ layers }: Network): Uint8Array<ArrayBuffer> {
  const lists = layers.flatMap(({ weights, biases }) => [weights, biases]);
  const total = lists.reduce((sum, { length }) => sum + length, 0);
  const view = new DataView(new ArrayBuffer(4 * total));
  let position = 0;
  for (const list of lists) {
    for (const value of list) {
      view.setFloat32(position, value, true);
      position += 4;
    }
  }
  return new Uint8Array(view.buffer);
}

/**
 * The network again.
 *
 * @returns `undefined` when the bytes are too few or too many, or hold what is no number.
 */
export function networkFromBytes(
  shapes: readonly LayerShape[],
  bytes: Uint8Array,
): Network | undefined {
  const total = shapes.reduce((sum, { inputs, units }) => sum + inputs * units + units, 0);
  if (bytes.length !== 4 * total) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let position = 0;
  const take = (count: number): Float64Array => {
    const start = position;
    position += 4 * count;
    return Float64Array.from({ length: count }, (_, at) => view.getFloat32(start + 4 * at, true));
  };
  const layers = shapes.map(({ inputs, units, activation }): DenseLayer => {
    return {
      inputs,
      units,
      activation,
      weights: take(inputs * units),
      biases: take(units),
    };
  });
  const areNumbers = layers.every(
    ({ weights, biases }) => weights.every(Number.isFinite) && biases.every(Number.isFinite),
  );
  return areNumbers ? { layers } : undefined;
}
