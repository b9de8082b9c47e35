import { SightlineError } from '../../domain/errors.js';
import { variantFiles, type LiteVariant, type ModelEntry } from '../../domain/model-manifest.js';
import type { ByteProgress } from '../models/model-files.js';
import type { ModelLibrary } from '../models/model-library.js';

/** A TensorFlow Lite model in memory, verified: enough to build it again and again. */
export interface LiteArtifacts {
  /** The whole `.tflite` file. */
  readonly file: Uint8Array;
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
  const wanted = variantFiles(variant).filter((file) => file !== variant.teach);
  const buffers = await library.fetch(wanted, signal, onProgress);
  const parts = buffers.slice(0, 1 + variant.weights.length);
  const constants = variant.constants.map(({ name, shape }, index) => {
    const buffer = buffers[parts.length + index];
    if (!buffer) throw new SightlineError('model-incompatible', `no file for "${name}"`);
    return { name, shape, values: new Float32Array(buffer) };
  });
  return { file: new Uint8Array(await new Blob(parts).arrayBuffer()), constants };
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
