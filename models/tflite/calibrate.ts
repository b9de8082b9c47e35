import { legacyBilinear } from '../../src/domain/legacy-resize.js';
import type { ModelInput } from '../../src/domain/model-manifest.js';
import { floatConstant, type FloatConstant } from '../graph/tensor.js';
import type { Picture } from '../pictures.js';
import type { Network } from '../tfjs/network.js';

/** Smallest and largest value of a tensor. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What values a tensor was seen to take. */
export interface Observation extends Range {
  /** Mean of each index of the last axis, over all else and all pictures. */
  readonly channelMeans: Float64Array;
}

/**
 * Runs a network on pictures and observes its tensors.
 *
 * Plain minimum and maximum: ranges shortened to the least squared error were
 * no better on photographs that the calibration had not seen (see README.md).
 *
 * @param network The float32 form.
 * @param names Nodes to look at, the input among them.
 * @param pictures At least one.
 */
export function calibrate(
  network: Network,
  input: ModelInput,
  names: readonly string[],
  pictures: Iterable<Picture>,
): ReadonlyMap<string, Observation> {
  const observers = new Map(names.map((name) => [name, new Observer()]));
  const computed = names.filter((name) => name !== input.name);
  for (const picture of pictures) {
    const image = floatConstant(input.shape, preparePicture(picture, input));
    observers.get(input.name)?.add(image);
    for (const [index, value] of network.run({ [input.name]: image }, computed).entries()) {
      if (value.dtype === 'float32') observers.get(computed[index] ?? '')?.add(value);
    }
  }
  return new Map([...observers].map(([name, observer]) => [name, observer.result()]));
}

/** A picture as the network wants it, `1 * height * width * 3` values. */
export function preparePicture(
  { rgba, width, height }: Picture,
  { shape, scale, offset }: ModelInput,
): Float32Array {
  return legacyBilinear({ data: rgba, width, height }, shape[2], shape[1], scale, offset);
}

class Observer {
  #low = Infinity;
  #high = -Infinity;
  #sums = new Float64Array();
  #rows = 0;

  add({ data, shape }: FloatConstant): void {
    const channels = shape.at(-1) ?? 1;
    if (this.#sums.length !== channels) this.#sums = new Float64Array(channels);
    const sums = this.#sums;
    let low = this.#low;
    let high = this.#high;
    for (let start = 0; start < data.length; start += channels) {
      for (let channel = 0; channel < channels; channel++) {
        const value = data[start + channel] ?? 0;
        if (value < low) low = value;
        if (value > high) high = value;
        sums[channel] = (sums[channel] ?? 0) + value;
      }
    }
    this.#low = low;
    this.#high = high;
    this.#rows += data.length / channels;
  }

  result(): Observation {
    const channelMeans = this.#sums.map((sum) => sum / this.#rows);
    return { low: this.#low, high: this.#high, channelMeans };
  }
}
