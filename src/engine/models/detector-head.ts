import type { Tensor } from '@tensorflow/tfjs-core';

/** Candidates as they came off the device: `toCandidates` of the domain reads the rows. */
export interface CandidateRows {
  readonly rows: Float32Array;
  /** Bytes that were copied from the device for them. */
  readonly readbackBytes: number;
}

/**
 * What is special about one family of detectors: which outputs it wants from
 * the network and how candidates come out of them. Everything before
 * (pixels) and after (suppression) is common.
 */
export interface DetectorHead {
  /** Names of the network outputs that `candidates` takes, in order. */
  readonly outputs: readonly string[];
  /**
   * Reduces network outputs to at most `MAX_CANDIDATES` candidates on the
   * device, and reads only those back, asynchronously, in one go. The outputs
   * stay the caller's.
   *
   * @param permitted One entry per class column: 1 may win, 0 may not.
   * @param leastLogit Candidates below it are of no use, and may be left out where
   *   that saves work.
   */
  candidates(
    outputs: readonly Tensor[],
    permitted: Uint8Array,
    leastLogit?: number,
  ): Promise<CandidateRows>;
  dispose(): void;
}
