/**
 * What a person downloads before something works, group by group, as files of
 * the built site.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chunkWith, pathTo, staticClosure } from '../build/chunk-graph.js';
import { distDir } from '../root.js';

/** @typedef {import('../build/chunk-graph.js').ChunkGraph} ChunkGraph */

/**
 * @typedef {object} Group
 * @property {string} name Key in sizes.json.
 * @property {string} what For people.
 * @property {number} budget Bytes that it may never exceed.
 * @property {boolean} [isUncompressed] Counted as stored: not every host compresses these.
 * @property {(graph: ChunkGraph) => Promise<string[]>} files Paths below the root of the site.
 */

const KB = 1000;
const PAGE_BUDGET = 120 * KB;
const ENGINE_BUDGET = 450 * KB;
const WEIGHTS_BUDGET = 9300 * KB;

const BACKENDS = /** @type {const} */ (['webgpu', 'webgl', 'wasm', 'cpu']);

/** @type {readonly Group[]} */
export const groups = [
  {
    name: 'page',
    what: 'page before the engine',
    budget: PAGE_BUDGET,
    files: (graph) => {
      const entry = chunkWith(graph, 'src/main.ts');
      return Promise.resolve(['index.html', 'page.css', ...staticClosure(graph, [entry])]);
    },
  },
  ...BACKENDS.map((backend) => ({
    name: `engine-${backend}`,
    what: `engine for ${backend}`,
    budget: ENGINE_BUDGET,
    /** @param {ChunkGraph} graph */
    files: async (graph) => [
      ...(await listed('engine', /^(worker|system-[0-9a-f]+)\.js$/)),
      ...engineChunks(graph, backend),
      ...(backend === 'wasm' ? await listed('engine', /threaded-simd(\.worker)?\.(js|wasm)$/) : []),
    ],
  })),
  {
    name: 'weights',
    what: 'weights of all models',
    budget: WEIGHTS_BUDGET,
    isUncompressed: true,
    files: () => listed('models', /\.(bin|tflite)$/),
  },
];

/**
 * @param {ChunkGraph} graph
 * @param {(typeof BACKENDS)[number]} backend
 */
function engineChunks(graph, backend) {
  const entry = chunkWith(graph, 'src/engine/worker.ts');
  const kernels = `tfjs-backend-${backend}/dist/backend_${backend}.js`;
  return staticClosure(graph, pathTo(graph, entry, kernels));
}

/**
 * @param {string} dir
 * @param {RegExp} pattern Of the path below `dir`.
 */
async function listed(dir, pattern) {
  const entries = await readdir(join(distDir, dir), { recursive: true });
  return entries
    .map((entry) => entry.replaceAll('\\', '/'))
    .filter((entry) => pattern.test(entry))
    .map((entry) => `${dir}/${entry}`);
}
