import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * The label filter as a tensor on the device, made anew only when the filter
 * changes: uploading it every frame would cost more than it saves.
 */
export class PermittedColumns {
  readonly #make: (flags: Float32Array) => Tensor;
  #flags: Uint8Array | undefined;
  #tensor: Tensor | undefined;

  /** @param make Uploads one number per class column (1 may win, 0 may not). */
  constructor(make: (flags: Float32Array) => Tensor) {
    this.#make = make;
  }

  /** The tensor for these flags; stays owned by this object. */
  tensor(flags: Uint8Array): Tensor {
    const same = this.#flags?.every((flag, column) => flag === flags[column]) ?? false;
    if (this.#tensor && same) return this.#tensor;
    this.#tensor?.dispose();
    this.#flags = flags.slice();
    this.#tensor = this.#make(Float32Array.from(flags));
    return this.#tensor;
  }

  dispose(): void {
    this.#tensor?.dispose();
    this.#tensor = undefined;
    this.#flags = undefined;
  }
}
