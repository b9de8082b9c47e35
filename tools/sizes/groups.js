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
const SERVICE_WORKER_BUDGET = 20 * KB;
const ENGINE_BUDGET = 450 * KB;
const TRAINER_BUDGET = 20 * KB;
const TENSOR_TRAINER_BUDGET = 150 * KB;
const LITERT_BUDGET = 2600 * KB;
const FLOAT16_BUDGET = 9300 * KB;
const INT8_BUDGET = 5600 * KB;
const NEGATIVES_BUDGET = 700 * KB;

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
  {
    name: 'service-worker',
    what: 'service worker',
    budget: SERVICE_WORKER_BUDGET,
    files: () => Promise.resolve(['service-worker.js']),
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
    name: 'engine-litert',
    what: 'engine for LiteRT',
    budget: ENGINE_BUDGET,
    files: async (graph) => [
      ...(await listed('engine', /^(worker|system-[0-9a-f]+)\.js$/)),
      ...staticClosure(graph, pathTo(graph, workerChunk(graph), 'src/engine/litert/open-lite.ts')),
    ],
  },
  {
    name: 'trainer',
    // It computes for itself: nothing of TensorFlow.js.
    what: 'trainer',
    budget: TRAINER_BUDGET,
    files: async (graph) => {
      const entry = chunkWith(graph, 'src/engine/trainer-worker.ts');
      const steps = 'src/engine/train/simd/simd-descent.ts';
      return [
        ...(await listed('engine', /^(trainer|system-[0-9a-f]+)\.js$/)),
        ...staticClosure(graph, pathTo(graph, entry, steps)),
      ];
    },
  },
  {
    name: 'trainer-tensors',
    // On top of what the detector has loaded already.
    what: 'trainer without SIMD',
    budget: TENSOR_TRAINER_BUDGET,
    files: async (graph) => {
      const loaded = new Set(engineChunks(graph, 'wasm'));
      const entry = chunkWith(graph, 'src/engine/trainer-worker.ts');
      const wanted = [
        'src/engine/train/tensor-descent.ts',
        'src/engine/backend/all-kernels-wasm.ts',
        'tfjs-backend-wasm/dist/backend_wasm.js',
      ];
      const chunks = wanted.flatMap((each) => staticClosure(graph, pathTo(graph, entry, each)));
      return [
        ...(await listed('engine', /^trainer\.js$/)),
        ...[...new Set(chunks)].filter((file) => !loaded.has(file)),
      ];
    },
  },
  {
    name: 'litert',
    // Every browser loads one build; this is the largest.
    what: 'LiteRT with threads',
    budget: LITERT_BUDGET,
    files: () => listed('engine', /litert_wasm_threaded_internal\.(js|wasm)$/),
  },
  weights('weights-tfjs', 'weights for TensorFlow.js', FLOAT16_BUDGET, /\.float16\./),
  weights('weights-litert', 'weights for LiteRT, GPU', FLOAT16_BUDGET, /\.tflite-float16\./),
  weights('weights-int8', 'weights for LiteRT, CPU', INT8_BUDGET, /\.tflite-int8\./),
  {
    name: 'negatives',
    what: 'photographs for teaching',
    budget: NEGATIVES_BUDGET,
    files: () => listed('negatives', /\.(webp|json)$/),
  },
];

/**
 * @param {string} name
 * @param {string} what
 * @param {number} budget
 * @param {RegExp} form Of the path below `models`.
 * @returns {Group}
 */
function weights(name, what, budget, form) {
  const files = async () => (await listed('models', /\.bin$/)).filter((file) => form.test(file));
  return { name, what, budget, isUncompressed: true, files };
}

/** @param {ChunkGraph} graph */
function workerChunk(graph) {
  return chunkWith(graph, 'src/engine/worker.ts');
}

/**
 * @param {ChunkGraph} graph
 * @param {(typeof BACKENDS)[number]} backend
 */
function engineChunks(graph, backend) {
  const entry = workerChunk(graph);
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
