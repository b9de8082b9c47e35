import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { type GraphModel, loadGraphModelSync } from '@tensorflow/tfjs-converter';
import { SightlineError } from '../../domain/errors.js';
import type { ModelEntry } from '../../domain/model-manifest.js';

/** The files of one model variant, verified, in memory: enough to build it on any backend. */
export interface ModelArtifacts {
  readonly topology: GraphFile;
  readonly weights: ArrayBuffer;
}

/** Content of a variant's topology file. */
export interface GraphFile {
  readonly modelTopology: { readonly node: readonly { readonly op: string }[] };
  readonly weightSpecs: readonly unknown[];
}

/**
 * A network on a device. Inputs and outputs stay there until somebody asks
 * for their numbers.
 */
export interface Network {
  /**
   * Runs the graph once, synchronously (the work itself is queued on a GPU).
   *
   * @param input Of the model's input shape; stays the caller's.
   * @param outputs Names of nodes.
   * @returns One tensor per name, the caller's to dispose.
   */
  run(input: Tensor4D, outputs: readonly string[]): Tensor[];
  /** A constant of the graph by its node name; stays the network's. */
  constant(name: string): Tensor;
  dispose(): void;
}

/** Operations that the small kernel sets cover; anything else needs the whole set. */
const COMMON_OPERATIONS = new Set([
  'Placeholder',
  'Const',
  '_FusedConv2D',
  'FusedDepthwiseConv2dNative',
  'Add',
  'AddV2',
  'ConcatV2',
  'Reshape',
  'Identity',
  // Executed as a reshape.
  'Squeeze',
]);

/** Whether a graph has operations beyond those of compiled detectors. */
export function needsAllKernels(graph: GraphFile): boolean {
  return graph.modelTopology.node.some(({ op }) => !COMMON_OPERATIONS.has(op));
}

/** Parses a topology file. @throws SightlineError `model-corrupt`. */
export function parseGraphFile(buffer: ArrayBuffer): GraphFile {
  try {
    const file = JSON.parse(new TextDecoder().decode(buffer)) as Partial<GraphFile>;
    if (!file.modelTopology || !file.weightSpecs) throw new Error('not a graph model');
    return file as GraphFile;
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SightlineError('model-corrupt', detail, { cause: thrown });
  }
}

/**
 * Builds a network on the current TensorFlow.js backend.
 *
 * @throws SightlineError `model-incompatible` when TensorFlow.js cannot read the graph.
 */
export function buildNetwork(entry: ModelEntry, artifacts: ModelArtifacts): Network {
  let model: GraphModel;
  try {
    model = loadGraphModelSync({
      modelTopology: artifacts.topology.modelTopology,
      weightSpecs: artifacts.topology.weightSpecs as never,
      weightData: artifacts.weights,
    }) as unknown as GraphModel;
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SightlineError('model-incompatible', `${entry.id}: ${detail}`, { cause: thrown });
  }
  const inputName = entry.input.name;
  return {
    run: (input, outputs) => {
      const result = model.execute({ [inputName]: input }, [...outputs]);
      return Array.isArray(result) ? result : [result];
    },
    constant: (name) => {
      const tensor = model.weights[name]?.[0];
      if (!tensor) throw new SightlineError('model-incompatible', `no constant "${name}"`);
      return tensor;
    },
    dispose: () => {
      model.dispose();
    },
  };
}
