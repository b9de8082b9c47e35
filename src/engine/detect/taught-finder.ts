import type { Tensor } from '@tensorflow/tfjs-core';
import { findTaught } from '../../domain/detector-head/taught-class.js';
import type { Size } from '../../domain/geometry.js';
import { permittedColumns } from '../../domain/label-filter.js';
import type { ModelEntry } from '../../domain/model-manifest.js';
import { nonMaxSuppression, type Candidate } from '../../domain/non-max-suppression.js';
import type { Detection } from '../../domain/detection.js';
import type { FrameOptions } from '../../protocol/index.js';
import { AnchorReader } from '../features/anchor-reader.js';
import type { Network } from '../models/network.js';

/** Finds taught classes among what the network gave for a picture. */
export class TaughtFinder {
  /** Network outputs that `find` takes, in order. */
  readonly outputs: readonly string[];
  readonly #entry: ModelEntry;
  readonly #reader: AnchorReader;

  private constructor(entry: ModelEntry, reader: AnchorReader) {
    this.#entry = entry;
    this.#reader = reader;
    this.outputs = reader.outputs;
  }

  /** @param network Stays the caller's. */
  static async create(entry: ModelEntry, network: Network): Promise<TaughtFinder> {
    return new TaughtFinder(entry, await AnchorReader.create(entry, network));
  }

  /**
   * @param tensors Stay the caller's.
   * @param picture What boxes are in pixels of.
   * @returns Boxes above the thresholds of their classes; classes of another model find nothing.
   */
  async find(
    tensors: readonly Tensor[],
    picture: Size,
    { taught = [], categoryAllowlist, categoryDenylist, ...options }: FrameOptions,
  ): Promise<Detection[]> {
    const { id, head } = this.#entry;
    const wanted = taught.filter(
      ({ model, label }) =>
        model === id && permittedColumns([label], categoryAllowlist, categoryDenylist)[0] === 1,
    );
    if (wanted.length === 0) return [];
    const { layout, ...outputs } = await this.#reader.read(tensors);
    const found = wanted.flatMap((each): Candidate[] =>
      findTaught(each, layout, outputs, head.classCount, picture).filter(
        ({ score }) => score >= each.threshold,
      ),
    );
    // Boxes are told from a threshold of their own, whatever the one of the others is.
    return nonMaxSuppression(found, { ...options, scoreThreshold: 0 });
  }
}
