import { dispose, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { type GraphModel, loadGraphModelSync } from '@tensorflow/tfjs-converter';
import { SightlineError } from '../../domain/errors.js';
import {
  TAUGHT,
  TAUGHT_REGIONS,
  type ModelEntry,
  type TfjsVariant,
} from '../../domain/model-manifest.js';
import type { ByteProgress } from './model-files.js';
import type { ModelLibrary } from './model-library.js';
import type { Network } from './network.js';
import { TaughtColumns } from './taught-columns.js';

/** A graph model in memory, verified: enough to build it on any backend. */
export interface TfjsArtifacts {
  readonly topology: GraphFile;
  readonly weights: ArrayBuffer;
}

/** Content of a variant's topology file. */
export interface GraphFile {
  readonly modelTopology: { readonly node: readonly { readonly op: string }[] };
  readonly weightSpecs: readonly unknown[];
}

/**
 * Fetches the graph of a variant, which is small beside its weights.
 *
 * @throws SightlineError `model-…` or `aborted`.
 */
export async function loadTopology(
  library: ModelLibrary,
  { topology }: TfjsVariant,
  signal: AbortSignal,
): Promise<GraphFile> {
  const [file] = await library.fetch([topology], signal);
  if (!file) throw new SightlineError('model-incompatible', 'no topology');
  return parseGraphFile(file);
}

/**
 * Fetches the weights of a variant.
 *
 * @throws SightlineError `model-…` or `aborted`.
 */
export async function loadWeights(
  library: ModelLibrary,
  { weights }: TfjsVariant,
  signal: AbortSignal,
  onProgress: ByteProgress,
): Promise<ArrayBuffer> {
  return new Blob(await library.fetch(weights, signal, onProgress)).arrayBuffer();
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

/** What is computed besides the graph. */
const ADDED: readonly string[] = [TAUGHT, TAUGHT_REGIONS];

/** Whether a graph has operations beyond those of compiled detectors. */
export function needsAllKernels(graph: GraphFile): boolean {
  return graph.modelTopology.node.some(({ op }) => !COMMON_OPERATIONS.has(op));
}

/** Parses a topology file. @throws SightlineError `model-corrupt`. */
function parseGraphFile(buffer: ArrayBuffer): GraphFile {
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
export function buildTfjsNetwork(entry: ModelEntry, artifacts: TfjsArtifacts): Network {
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
  let columns: TaughtColumns | undefined;
  const execute = (input: Tensor4D, names: readonly string[]): Tensor[] =>
    [model.execute({ [inputName]: input }, [...names])].flat();
  return {
    run: (input, outputs) => {
      const added = columns ? outputs.filter((name) => ADDED.includes(name)) : [];
      const isTaught = added.length > 0;
      const own = outputs.filter((name) => !added.includes(name));
      const names = isTaught ? [...new Set([...own, ...entry.classFeatures])] : own;
      const results = execute(input, names);
      const all = [...results];
      const tensors = new Map<string, Tensor>();
      results.forEach((result, index) => tensors.set(names[index] ?? '', result));
      const tensor = (name: string): Tensor => {
        const found = tensors.get(name);
        if (!found) throw new SightlineError('model-incompatible', `no output "${name}"`);
        return found;
      };
      if (isTaught && columns) {
        const { taught, regions } = columns.over(entry.classFeatures.map(tensor));
        tensors.set(TAUGHT, taught).set(TAUGHT_REGIONS, regions);
        all.push(taught, regions);
      }
      const disposeAll = (): void => {
        dispose(all);
      };
      return Promise.resolve({ tensor, dispose: disposeAll });
    },
    teach: (layout, classes) => {
      columns?.dispose();
      columns = new TaughtColumns(layout, classes);
      return Promise.resolve(columns.slots);
    },
    constant: (name) => {
      const tensor = model.weights[name]?.[0];
      if (!tensor) throw new SightlineError('model-incompatible', `no constant "${name}"`);
      return tensor;
    },
    dispose: () => {
      columns?.dispose();
      model.dispose();
    },
  };
}
