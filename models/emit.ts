import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelFile, ModelVariant } from '../src/domain/model-manifest.js';
import type { Precision } from './manifest.js';
import type { Artifacts } from './tfjs/network.js';

/** Largest file of weights: small enough for every host and cache, and a steady progress bar. */
export const SHARD_BYTES = 4 * 1024 * 1024;

/**
 * Writes a compiled model into a folder, each file named by its content.
 *
 * @param id Model that the names begin with.
 */
export async function emitVariant(
  folder: string,
  id: string,
  precision: Precision,
  { topology, weights }: Artifacts,
): Promise<ModelVariant> {
  const prefix = `${id}.${precision}`;
  const json = JSON.stringify({ modelTopology: topology, weightSpecs: weights.specs });
  const shards: ModelFile[] = [];
  for (let start = 0; start < weights.data.length; start += SHARD_BYTES) {
    const shard = weights.data.subarray(start, start + SHARD_BYTES);
    const name = `${prefix}.weights-${shards.length + 1}`;
    shards.push(await emitFile(folder, name, 'bin', shard));
  }
  return {
    runtime: 'tfjs-graph-model',
    precision,
    topology: await emitFile(folder, `${prefix}.topology`, 'json', Buffer.from(json)),
    weights: shards,
  };
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function emitFile(
  folder: string,
  name: string,
  extension: string,
  bytes: Uint8Array,
): Promise<ModelFile> {
  const hash = sha256(bytes);
  const path = `${name}.${hash.slice(0, 16)}.${extension}`;
  await writeFile(join(folder, path), bytes);
  return { path, bytes: bytes.length, sha256: hash };
}
