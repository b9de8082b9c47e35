import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { TaughtWeights } from '../../domain/detector-head/fold-columns.js';
import type { AnchorLayout } from '../../domain/detector-head/layout.js';

/** What one run gave. */
export interface NetworkOutputs {
  /**
   * One of those that were asked for; stays this object's, and is valid until `dispose`.
   * What nobody takes is not copied out of the runtime's memory.
   *
   * @throws SightlineError `model-incompatible` when there is none of that name.
   */
  readonly tensor: (name: string) => Tensor;
  dispose(): void;
}

/**
 * A network on a device, whatever runtime computes it. Inputs and outputs are
 * tensors of the current TensorFlow.js backend, and stay on the device until
 * somebody asks for their numbers.
 */
export interface Network {
  /**
   * Runs the graph once (on a GPU the work itself is only queued).
   *
   * @param input Of the model's input shape; stays the caller's.
   * @param outputs Names of nodes.
   * @returns The caller's to dispose.
   */
  run(input: Tensor4D, outputs: readonly string[]): Promise<NetworkOutputs>;
  /**
   * Gives it class columns, in place of those that it has: from then on `TAUGHT`
   * is an output, `[1, anchors, slots]`, of what each column adds to the class that
   * it begins as, and `TAUGHT_REGIONS`, `[1, rows, columns, slots]`, of what each region
   * verifier says of the cells of the first map. All other outputs stay as they are, to
   * the last bit.
   *
   * @param classes One at least.
   * @returns Slots, at least as many as classes; what is in the others is of no use.
   */
  teach(layout: AnchorLayout, classes: readonly TaughtWeights[]): Promise<number>;
  /** A constant of the graph by its node name; stays the network's. */
  constant(name: string): Tensor;
  dispose(): void;
}
