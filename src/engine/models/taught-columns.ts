import { concat, dispose, fused, reshape, tensor1d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { foldColumns } from '../../domain/detector-head/fold-columns.js';
import type { AnchorLayout } from '../../domain/detector-head/layout.js';

interface MapColumns {
  readonly filter: Tensor4D;
  readonly bias: Tensor1D;
  /** Anchors of the map. */
  readonly anchors: number;
}

/** Class columns as 1×1 convolutions on the current TensorFlow.js backend. */
export class TaughtColumns {
  readonly slots: number;
  readonly #maps: readonly MapColumns[];

  /** @param columns Weights as `layout` has them. */
  constructor(layout: AnchorLayout, columns: readonly Float32Array[]) {
    this.slots = columns.length;
    this.#maps = layout.maps.map((map) => {
      const { filter, bias } = foldColumns(map, columns, columns.length, false);
      return {
        filter: tensor4d(filter, [1, 1, map.channels, bias.length]),
        bias: tensor1d(bias),
        anchors: map.rows * map.columns * map.perCell,
      };
    });
  }

  /**
   * @param features One map for each class predictor; they stay the caller's.
   * @returns `[1, anchors, slots]`, the caller's to dispose.
   */
  over(features: readonly Tensor[]): Tensor {
    return tidy(() => {
      const parts = this.#maps.map(({ filter, bias, anchors }, index) => {
        const x = features[index] as Tensor4D;
        const map = fused.conv2d({ x, filter, strides: 1, pad: 'valid', bias });
        return reshape(map, [1, anchors, this.slots]);
      });
      return concat(parts, 1);
    });
  }

  dispose(): void {
    for (const { filter, bias } of this.#maps) dispose([filter, bias]);
  }
}
