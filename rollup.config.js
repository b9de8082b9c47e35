/**
 * The bundles of Sightline. `npm run build` and `npm run dev` use these
 * through Rollup's API (see tools/build/).
 */
import { join } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import esbuild, { minify } from 'rollup-plugin-esbuild';
import { engineLoader } from './tools/rollup/engine-loader.js';
import { noNodeBuiltins } from './tools/rollup/no-node-builtins.js';
import { pageHtml } from './tools/rollup/page-html.js';
import { siteRootUrl } from './tools/rollup/site-root-url.js';
import { distDir, root } from './tools/root.js';

/**
 * @typedef {object} BundleOptions
 * @property {string} outDir Root of the built site.
 * @property {boolean} [isDev] Readable code with source maps.
 * @property {import('rollup').Plugin[]} [plugins] To look at the result.
 */

/** What both bundles share: browser versions of packages, TypeScript with lowered decorators. */
const inputPlugins = () => [
  noNodeBuiltins(),
  nodeResolve({ browser: true, extensions: ['.ts', '.mjs', '.js', '.json'] }),
  commonjs(),
  esbuild({ target: 'es2022', tsconfig: join(root, 'tsconfig.json') }),
];

/**
 * Licence texts of everything bundled are collected in licenses.txt instead of
 * being repeated in the code.
 *
 * @param {boolean} isDev
 */
const outputPlugins = (isDev) =>
  isDev ? [] : [minify({ target: 'es2022', legalComments: 'none' })];

/** What packages do to themselves and what does no harm. */
const TOLERATED = new Set(['CIRCULAR_DEPENDENCY', 'EVAL', 'THIS_IS_UNDEFINED']);

/**
 * Stops the build at every other warning: a bundle with an unresolved import
 * would only break in front of a person.
 *
 * @type {import('rollup').LogHandlerWithDefault}
 */
function onLog(level, log, handle) {
  if (level !== 'warn') return;
  const isThirdParty = [log.id, ...(log.ids ?? [])].some((id) => id?.includes('node_modules'));
  if (!isThirdParty || !TOLERATED.has(log.code ?? '')) handle('error', log);
}

/**
 * The pages and the published element: ES modules with shared chunks.
 *
 * @param {BundleOptions} options
 * @returns {import('rollup').RollupOptions & { output: import('rollup').OutputOptions }}
 */
export function pageBundle({ outDir, isDev = false, plugins = [] }) {
  const element = 'sightline-detector';
  return {
    input: {
      main: join(root, 'src/main.ts'),
      bench: join(root, 'src/bench.ts'),
      [element]: join(root, 'src/index.ts'),
    },
    plugins: [
      ...inputPlugins(),
      ...outputPlugins(isDev),
      pageHtml({ template: join(root, 'public/index.html'), entry: 'src/main.ts' }),
      pageHtml({ template: join(root, 'public/bench.html'), entry: 'src/bench.ts' }),
      siteRootUrl(),
      ...plugins,
    ],
    output: {
      dir: outDir,
      format: 'es',
      hashCharacters: 'hex',
      // People import the element by this address: it must not change.
      entryFileNames: ({ name }) => (name === element ? '[name].js' : 'assets/[name]-[hash].js'),
      chunkFileNames: 'assets/[name]-[hash].js',
      sourcemap: isDev,
    },
    onLog,
  };
}

const DESCENT =
  /src\/(domain\/network\/(optimiser|empirical-loss)|engine\/train\/simd\/open-module)\.ts$/;

/**
 * The engine: two classic worker scripts (so that runtimes that call
 * `importScripts` load in them), the detector's and the trainer's, with the
 * backends as chunks that they share.
 *
 * @param {BundleOptions} options
 * @returns {import('rollup').RollupOptions & { output: import('rollup').OutputOptions }}
 */
export function engineBundle({ outDir, isDev = false, plugins = [] }) {
  return {
    input: {
      engine: join(root, 'src/engine/worker.ts'),
      training: join(root, 'src/engine/trainer-worker.ts'),
    },
    plugins: [
      ...inputPlugins(),
      ...outputPlugins(isDev),
      engineLoader({ engine: 'worker.js', training: 'trainer.js' }),
      ...plugins,
    ],
    output: {
      dir: join(outDir, 'engine'),
      format: 'system',
      // A classic worker loads its scripts one after the other, so many small
      // ones cost a round trip each.
      experimentalMinChunkSize: 30_000,
      // What learning a head and learning a class have in common: with the smallest chunk that
      // is loaded anyway, where Rollup would put it, the detector loads it for nothing.
      manualChunks: (id) => (DESCENT.test(id) ? 'descent' : undefined),
      hashCharacters: 'hex',
      entryFileNames: '[name]-[hash].js',
      chunkFileNames: '[name]-[hash].js',
      sourcemap: isDev,
    },
    onLog,
  };
}

export default [pageBundle({ outDir: distDir }), engineBundle({ outDir: distDir })];
