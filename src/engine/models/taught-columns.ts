import { concat, dispose, fused, reshape, tensor1d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { foldTaught, type TaughtWeights } from '../../domain/detector-head/fold-columns.js';
import type { AnchorLayout } from '../../domain/detector-head/layout.js';

interface Convolution {
  readonly filter: Tensor4D;
  readonly bias: Tensor1D;
}

/** What taught classes add to a network, as 1×1 convolutions on the current TensorFlow.js backend. */
export class TaughtColumns {
  readonly slots: number;
  readonly #maps: AnchorLayout['maps'];
  /** One for each map, then that of the region verifiers. */
  readonly #convolutions: readonly Convolution[];

  constructor(layout: AnchorLayout, classes: readonly TaughtWeights[]) {
    this.slots = classes.length;
    this.#maps = layout.maps;
    this.#convolutions = foldTaught(layout, classes, classes.length, false).map(
      ({ filter, bias }) => ({
        filter: tensor4d(filter, [1, 1, filter.length / bias.length, bias.length]),
        bias: tensor1d(bias),
      }),
    );
  }

  /**
   * @param features One map for each class predictor; they stay the caller's.
   * @returns `[1, anchors, slots]` and `[1, rows, columns, slots]`, the caller's to dispose.
   */
  over(features: readonly Tensor[]): { readonly taught: Tensor; readonly regions: Tensor } {
    return tidy(() => {
      const results = this.#convolutions.map(({ filter, bias }, index) => {
        const x = (features[index] ?? features[0]) as Tensor4D;
        return fused.conv2d({ x, filter, strides: 1, pad: 'valid', bias });
      });
      const regions = results.pop() as Tensor;
      const parts = results.map((map, index) => {
        const { rows = 0, columns = 0, perCell = 0 } = this.#maps[index] ?? {};
        return reshape(map, [1, rows * columns * perCell, this.slots]);
      });
      return { taught: concat(parts, 1), regions };
    });
  }

  dispose(): void {
    for (const { filter, bias } of this.#convolutions) dispose([filter, bias]);
  }
}
