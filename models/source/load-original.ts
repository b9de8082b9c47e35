import { once } from 'node:events';
import { posix } from 'node:path';
import { Parser, type ReadEntry } from 'tar';
import { ModelCompileError } from '../errors.js';
import type { GraphDefJson } from '../tfjs/graph-def.js';
import type { Artifacts } from '../tfjs/network.js';
import type { WeightSpec } from '../tfjs/weights.js';

/** The `model.json` of a graph model. */
interface ModelJson {
  readonly modelTopology: GraphDefJson;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly WeightSpec[];
  }[];
}

/**
 * A graph model out of a package's archive, exactly as it was published.
 *
 * @param archive Gzipped tar file.
 * @param topology Path of the model's JSON inside the archive; its weights are
 *   looked for beside it.
 * @throws ModelCompileError when the archive lacks one of the files.
 */
export async function loadOriginal(archive: Uint8Array, topology: string): Promise<Artifacts> {
  const folder = posix.dirname(topology);
  const files = await readFolder(archive, folder);
  const file = (path: string): Buffer => {
    const bytes = files.get(path);
    if (bytes === undefined) throw new ModelCompileError(`The package has no file "${path}".`);
    return bytes;
  };
  const model = JSON.parse(file(topology).toString('utf8')) as ModelJson;
  const shards = model.weightsManifest.flatMap(({ paths }) =>
    paths.map((path) => file(posix.join(folder, path))),
  );
  return {
    topology: model.modelTopology,
    weights: {
      specs: model.weightsManifest.flatMap(({ weights }) => weights),
      data: Uint8Array.from(Buffer.concat(shards)),
    },
  };
}

/** The files in one folder of an archive, by their full path; nothing is written to disk. */
async function readFolder(archive: Uint8Array, folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const parser = new Parser({
    filter: (path) => posix.dirname(path) === folder,
    onReadEntry: (entry: ReadEntry) => {
      const chunks: Buffer[] = [];
      entry.on('data', (chunk) => chunks.push(chunk));
      entry.on('end', () => files.set(entry.path, Buffer.concat(chunks)));
    },
  });
  const finished = once(parser, 'end');
  parser.end(Buffer.from(archive));
  await finished;
  return files;
}
