import type { DenseLayer } from '../../../domain/network/dense-layer.js';

/**
 * How numbers lie in the kernels' memory. All places are counted in float32
 * numbers. Units are filled up to 4 or to a multiple of 8 and inputs to one of 4, so
 * that the kernels need no rests; what is filled up stays 0.
 */
export interface LayerLayout {
  readonly layer: DenseLayer;
  /** Width of a row of inputs and of outputs, filled up. */
  readonly inputWidth: number;
  readonly width: number;
  /** Inside the parameters, and alike inside what belongs to them: W row by row, then b. */
  readonly weights: number;
  readonly biases: number;
  /** Place of a, row by row. */
  readonly outputs: number;
  /** Place of ∂L/∂z, row by row. */
  readonly byZ: number;
}

export interface Layout {
  readonly layers: readonly LayerLayout[];
  /** Width of a row of examples, filled up. */
  readonly inputWidth: number;
  readonly examples: number;
  readonly watched: number;
  /** Place of the rows of a step. */
  readonly batch: number;
  /** Place of a transposed weight matrix. */
  readonly transposed: number;
  /** Length of all parameters, and the places of them and of what belongs to them. */
  readonly length: number;
  readonly parameters: number;
  readonly gradient: number;
  readonly first: number;
  readonly second: number;
  /** All of it. */
  readonly total: number;
}

export interface LayoutRequest {
  readonly layers: readonly DenseLayer[];
  /** Rows of examples, of what is watched and of a step. */
  readonly examples: number;
  readonly watched: number;
  readonly batch: number;
  /** Rows that are computed at once, at most. */
  readonly rows: number;
}

/** Columns for which there are kernels of their own. */
export const NARROW = 4;

/** One cache line. */
const ALIGNMENT = 16;

/** The next multiple. */
export function filledUp(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple;
}

export function layOut({ layers, examples, watched, batch, rows }: LayoutRequest): Layout {
  let total = 0;
  const reserve = (count: number): number => {
    const at = total;
    total += filledUp(count, ALIGNMENT);
    return at;
  };
  const height = filledUp(rows, 4);
  const inputWidth = filledUp(layers[0]?.inputs ?? 0, 4);
  let [length, below] = [0, inputWidth];
  const laid = layers.map((layer): LayerLayout => {
    const width = filledUp(layer.units, layer.units <= NARROW ? NARROW : 8);
    const weights = length;
    const biases = weights + below * width;
    const own = { layer, inputWidth: below, width, weights, biases };
    length = biases + width;
    below = width;
    return { ...own, outputs: reserve(height * width), byZ: reserve(height * width) };
  });
  const largest = Math.max(...laid.map((each) => each.inputWidth * each.width));
  return {
    layers: laid,
    inputWidth,
    length,
    transposed: reserve(largest),
    parameters: reserve(length),
    gradient: reserve(length),
    first: reserve(length),
    second: reserve(length),
    batch: reserve(filledUp(batch, 4) * inputWidth),
    examples: reserve(filledUp(examples, 4) * inputWidth),
    watched: reserve(filledUp(watched, 4) * inputWidth),
    // Tiles of 4 rows may read beyond the last one.
    total: total + 4 * inputWidth,
  };
}
