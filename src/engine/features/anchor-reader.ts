import type { Tensor } from '@tensorflow/tfjs-core';
import { anchorLayout, type AnchorLayout } from '../../domain/detector-head/layout.js';
import { toSparse } from '../../domain/detector-head/sparse-features.js';
import { toFloat16 } from '../../domain/float16.js';
import type { ModelEntry } from '../../domain/model-manifest.js';
import { decodeBox } from '../../domain/ssd.js';
import type { AnchorPass } from '../../protocol/index.js';
import type { Network } from '../models/network.js';

const EMPTY = new Float32Array();

/**
 * What the network knows at every anchor of a picture: the inputs of its class
 * predictors, and what it makes of them. New classes are learnt from it.
 */
export class AnchorReader {
  /** Network outputs that `pack` takes, in order. */
  readonly outputs: readonly string[];
  readonly #entry: ModelEntry;
  readonly #anchors: Float32Array;
  readonly #layout: AnchorLayout;

  private constructor(entry: ModelEntry, anchors: Float32Array) {
    const { head, classFeatures, classShapes } = entry;
    this.#entry = entry;
    this.#anchors = anchors;
    this.#layout = anchorLayout(classShapes, anchors);
    this.outputs = [head.logits, head.boxEncodings, ...classFeatures];
  }

  /** @param network Stays the caller's. */
  static async create(entry: ModelEntry, network: Network): Promise<AnchorReader> {
    const anchors = await network.constant(entry.head.anchors).data<'float32'>();
    return new AnchorReader(entry, anchors.slice());
  }

  /**
   * Brings the outputs over, in a form to be kept.
   *
   * @param tensors Stay the caller's.
   */
  async pack(tensors: readonly Tensor[]): Promise<AnchorPass> {
    const [logits = EMPTY, encodings = EMPTY, ...maps] = await Promise.all(
      tensors.map((each) => each.data<'float32'>()),
    );
    const layout = this.#layout;
    const features = new Float32Array(layout.featureCount);
    maps.forEach((values, index) => {
      features.set(values, layout.maps[index]?.firstFeature ?? 0);
    });
    return {
      network: { layout, anchors: this.#anchors, labels: this.#entry.labels },
      features: toSparse(layout, features),
      logits: toFloat16(logits),
      boxes: this.#decode(encodings),
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
