import type { LoadedModel } from '../loaded-model.js';
import { fetchModelFiles, type ByteProgress } from './model-files.js';
import { findModel, findVariant } from './model-index.js';
import { parseGraphFile } from './network.js';
import { SightlineError } from '../../domain/errors.js';

/**
 * Brings a model into memory: index, topology and weights, each verified.
 *
 * @throws SightlineError `model-…` or `aborted`.
 */
export async function loadModel(
  modelsUrl: string,
  id: string,
  signal: AbortSignal,
  onProgress: ByteProgress,
): Promise<LoadedModel> {
  const entry = await findModel(modelsUrl, id, signal);
  const variant = findVariant(entry);
  const [topology, ...shards] = await fetchModelFiles(
    modelsUrl,
    [variant.topology, ...variant.weights],
    signal,
    onProgress,
  );
  if (!topology) throw new SightlineError('model-incompatible', `${id} has no topology`);
  return {
    entry,
    variant,
    artifacts: { topology: parseGraphFile(topology), weights: concatenate(shards) },
  };
}

function concatenate(buffers: readonly ArrayBuffer[]): ArrayBuffer {
  const bytes = new Uint8Array(buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0));
  let offset = 0;
  for (const buffer of buffers) {
    bytes.set(new Uint8Array(buffer), offset);
    offset += buffer.byteLength;
  }
  return bytes.buffer;
}
