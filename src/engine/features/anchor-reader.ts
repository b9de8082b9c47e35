import type { Tensor } from '@tensorflow/tfjs-core';
import { anchorLayout, type AnchorLayout } from '../../domain/detector-head/layout.js';
import { toSparse } from '../../domain/detector-head/sparse-features.js';
import type { AnchorOutputs } from '../../domain/detector-head/taught-class.js';
import { SightlineError } from '../../domain/errors.js';
import { toFloat16 } from '../../domain/float16.js';
import type { ModelEntry } from '../../domain/model-manifest.js';
import { decodeBox } from '../../domain/ssd.js';
import type { AnchorPass } from '../../protocol/index.js';
import type { Network } from '../models/network.js';

/**
 * What the network knows at every anchor of a picture: the inputs of its class
 * predictors, and what it makes of them. New classes are learnt from it, and found by it.
 */
export class AnchorReader {
  /** Network outputs that `read` and `pack` take, in order. */
  readonly outputs: readonly string[];
  readonly #entry: ModelEntry;
  readonly #anchors: Float32Array;
  #layout: AnchorLayout | undefined;

  private constructor(entry: ModelEntry, anchors: Float32Array) {
    const { head, classFeatures } = entry;
    this.#entry = entry;
    this.#anchors = anchors;
    this.outputs = [head.logits, head.boxEncodings, ...classFeatures];
  }

  /** @param network Stays the caller's. */
  static async create(entry: ModelEntry, network: Network): Promise<AnchorReader> {
    const anchors = await network.constant(entry.head.anchors).data<'float32'>();
    return new AnchorReader(entry, anchors.slice());
  }

  /** Known once something was read. */
  layout(features: readonly Tensor[]): AnchorLayout {
    try {
      this.#layout ??= anchorLayout(
        features.map(({ shape }) => shape),
        this.#anchors,
      );
      return this.#layout;
    } catch (thrown) {
      throw new SightlineError('model-incompatible', String(thrown), { cause: thrown });
    }
  }

  /**
   * Brings the outputs over as they are.
   *
   * @param tensors Stay the caller's.
   */
  async read(tensors: readonly Tensor[]): Promise<AnchorOutputs & { layout: AnchorLayout }> {
    const [logits, encodings, ...features] = tensors;
    if (!logits || !encodings) throw new RangeError('outputs are missing');
    const layout = this.layout(features);
    const [logitValues, encodingValues, ...maps] = await Promise.all(
      tensors.map((each) => each.data<'float32'>()),
    );
    const all = new Float32Array(layout.featureCount);
    maps.forEach((values, index) => {
      all.set(values, layout.maps[index]?.firstFeature ?? 0);
    });
    return {
      layout,
      features: all,
      logits: logitValues ?? new Float32Array(),
      boxes: this.#decode(encodingValues ?? new Float32Array()),
    };
  }

  /** The same in a form to be kept. */
  async pack(tensors: readonly Tensor[]): Promise<AnchorPass> {
    const { layout, features, logits, boxes } = await this.read(tensors);
    return {
      network: { layout, anchors: this.#anchors, labels: this.#entry.labels },
      features: toSparse(layout, features),
      logits: toFloat16(logits),
      boxes,
    };
  }

  #decode(encodings: Float32Array): Float32Array {
    const { head } = this.#entry;
    const boxes = new Float32Array(encodings.length);
    for (let anchor = 0; anchor < head.anchorCount; anchor++) {
      boxes.set(decodeBox(head, encodings, this.#anchors, anchor), anchor * 4);
    }
    return boxes;
  }
}
