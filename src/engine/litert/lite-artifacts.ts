import { SightlineError } from '../../domain/errors.js';
import type { LiteVariant, ModelEntry } from '../../domain/model-manifest.js';
import type { ByteProgress } from '../models/model-files.js';
import type { ModelLibrary } from '../models/model-library.js';

/** A TensorFlow Lite model in memory, verified: enough to build it again and again. */
export interface LiteArtifacts {
  /** A whole `.tflite` file that ends at the head's outputs. */
  readonly detect: Uint8Array;
  /** Another with all the feature maps besides; its own part is fetched when it is called for. */
  readonly teach: () => Promise<Uint8Array>;
  readonly constants: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: Float32Array;
  }[];
}

/**
 * Fetches what detecting needs of a variant.
 *
 * @throws SightlineError `model-…` or `aborted`.
 */
export async function loadLiteArtifacts(
  library: ModelLibrary,
  variant: LiteVariant,
  signal: AbortSignal,
  onProgress: ByteProgress,
): Promise<LiteArtifacts> {
  const { detect, teach, weights } = variant;
  const constantFiles = variant.constants.map(({ file }) => file);
  const [graph, ...rest] = await library.fetch(
    [detect, ...weights, ...constantFiles],
    signal,
    onProgress,
  );
  const shards = rest.slice(0, weights.length);
  const constants = variant.constants.map(({ name, shape }, index) => {
    const buffer = rest[weights.length + index];
    if (!buffer) throw new SightlineError('model-incompatible', `no file for "${name}"`);
    return { name, shape, values: new Float32Array(buffer) };
  });
  return {
    detect: await join(graph, shards),
    teach: async () => {
      const [other] = await library.fetch([teach], new AbortController().signal);
      return join(other, shards);
    },
    constants,
  };
}

/** The graph's own part and the weights, one after the other. */
async function join(
  graph: ArrayBuffer | undefined,
  shards: readonly ArrayBuffer[],
): Promise<Uint8Array> {
  if (!graph) throw new SightlineError('model-incompatible', 'a model without a graph');
  return new Uint8Array(await new Blob([graph, ...shards]).arrayBuffer());
}

/** The variant for LiteRT, in the first of the precisions that there is. */
export function liteVariant(
  entry: ModelEntry,
  precisions: readonly LiteVariant['precision'][],
): LiteVariant {
  const variants = entry.variants.filter((each) => each.runtime === 'tflite');
  for (const precision of precisions) {
    const variant = variants.find((each) => each.precision === precision);
    if (variant) return variant;
  }
  throw new SightlineError('model-incompatible', `${entry.id} has no variant for LiteRT`);
}
