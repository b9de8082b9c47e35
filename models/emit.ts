import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cutOut } from '../src/domain/cut-bytes.js';
import type {
  LiteConstant,
  LiteVariant,
  ModelFile,
  TfjsVariant,
} from '../src/domain/model-manifest.js';
import type { FloatConstant } from './graph/tensor.js';
import type { Precision } from './manifest.js';
import type { Artifacts } from './tfjs/network.js';
import type { LiteForm } from './tflite/compile-tflite.js';
import { bytesOf } from './tflite/model.js';

/** Largest file of weights: small enough for every host and cache, and a steady progress bar. */
export const SHARD_BYTES = 4 * 1024 * 1024;

/**
 * Writes a compiled model for TensorFlow.js into a folder, each file named by its content.
 *
 * @param id Model that the names begin with.
 */
export async function emitTfjsVariant(
  folder: string,
  id: string,
  precision: Precision,
  { topology, weights }: Artifacts,
): Promise<TfjsVariant> {
  const prefix = `${id}.${precision}`;
  const json = JSON.stringify({ modelTopology: topology, weightSpecs: weights.specs });
  return {
    runtime: 'tfjs-graph-model',
    precision,
    topology: await emitFile(folder, `${prefix}.topology`, 'json', Buffer.from(json)),
    weights: await emitShards(folder, prefix, weights.data),
  };
}

/**
 * Writes a compiled model for LiteRT into a folder, each file named by its content.
 *
 * @param constants Those of `LiteVariant`, already written.
 */
export async function emitLiteVariant(
  folder: string,
  id: string,
  { precision, detect, teach, finds, weights }: LiteForm,
  constants: readonly LiteConstant[],
): Promise<LiteVariant> {
  const prefix = `${id}.tflite-${precision}`;
  return {
    runtime: 'tflite',
    precision,
    detect: await emitFile(folder, `${prefix}.detect`, 'bin', detect),
    teach: await emitFile(folder, `${prefix}.teach`, 'bin', teach),
    finds: await Promise.all(
      finds.map(async ({ graph, ...find }) => {
        const cut = cutOut(
          graph,
          find.places.flatMap(({ filter, bias }) => [filter, bias]),
        );
        const name = `${prefix}.find-${find.slots}${find.hasFeatures ? '-features' : ''}`;
        return { ...find, graph: await emitFile(folder, name, 'bin', cut) };
      }),
    ),
    weights: await emitShards(folder, prefix, weights),
    constants,
  };
}

/** Writes one constant, once for all variants that need it. */
export async function emitConstant(
  folder: string,
  id: string,
  name: string,
  { shape, data }: FloatConstant,
): Promise<LiteConstant> {
  const file = await emitFile(folder, `${id}.${name}`, 'bin', bytesOf(data));
  return { name, shape, file };
}

async function emitShards(folder: string, prefix: string, data: Uint8Array): Promise<ModelFile[]> {
  const shards: ModelFile[] = [];
  for (let start = 0; start < data.length; start += SHARD_BYTES) {
    const name = `${prefix}.weights-${shards.length + 1}`;
    shards.push(await emitFile(folder, name, 'bin', data.subarray(start, start + SHARD_BYTES)));
  }
  return shards;
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes a file under a name that tells its content. */
export async function emitFile(
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
