/** Precisions that a `.tflite` file is written in. */
export const LITE_PRECISIONS = ['float16', 'int8'] as const;
export type LitePrecision = (typeof LITE_PRECISIONS)[number];

/** How far a `.tflite` file may be from the float32 graph that it was written from. */
export interface LiteTolerance {
  /** Largest difference of a probability. */
  readonly scores: number;
  /** Largest difference of a corner, in widths or heights of the picture, where something is seen. */
  readonly corners: number;
  /** Of any output as it is: root of the mean squared difference, as a part of that of its values. */
  readonly outputs: number;
}
