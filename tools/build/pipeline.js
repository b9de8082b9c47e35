/**
 * From sources to `dist/`: models, bundles, static files, offline support,
 * compression. The new site is made beside the old one and takes its place
 * only when complete.
 */
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { rollup } from 'rollup';
import { engineBundle, pageBundle } from '../../rollup.config.js';
import { distDir, root } from '../root.js';
import { recordChunks } from './chunk-graph.js';
import { compressFolder } from './compress.js';
import { hashInputs } from './inputs.js';
import { licenseTexts } from './licenses.js';
import { writeModels } from './models.js';
import { creditsText } from './picture-credits.js';
import { writeServiceWorker } from './service-worker.js';
import { writeRuntimeFiles } from './runtime-files.js';

/**
 * What the build says about itself, in `build.json` of the site.
 *
 * @typedef {object} BuildRecord
 * @property {string} version Of the package.
 * @property {string} inputs Hash of everything that the build read.
 * @property {import('./compress.js').Effort} compression
 * @property {import('./chunk-graph.js').ChunkGraph} chunks
 */

/**
 * @typedef {object} BuildOptions
 * @property {boolean} [force] Build even if nothing changed.
 * @property {import('./compress.js').Effort} [compression] Default `best`; a site that was
 *   compressed better than asked for counts as up to date.
 */

/**
 * Brings `dist/` up to date.
 *
 * @param {(line: string) => void} log Called once per step.
 * @param {BuildOptions} [options]
 * @returns {Promise<'built' | 'unchanged'>}
 */
export async function build(log, { force = false, compression = 'best' } = {}) {
  const inputs = await hashInputs();
  const present = await readBuildRecord(distDir);
  const isEnough = compression === 'quick' || present?.compression === compression;
  if (!force && present?.inputs === inputs && isEnough) return 'unchanged';
  const outDir = join(root, '.cache', `dist-${process.pid}`);
  try {
    await rm(outDir, { recursive: true, force: true });
    await mkdir(outDir, { recursive: true });
    await buildInto(outDir, { inputs, compression }, log);
    await rm(distDir, { recursive: true, force: true });
    await rename(outDir, distDir);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
  return 'built';
}

/**
 * @param {string} dir Folder of a built site.
 * @returns {Promise<BuildRecord | undefined>} Nothing when there is no finished build.
 */
export async function readBuildRecord(dir) {
  try {
    return /** @type {BuildRecord} */ (JSON.parse(await readFile(join(dir, 'build.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} outDir
 * @param {Pick<BuildRecord, 'inputs' | 'compression'>} what
 * @param {(line: string) => void} log
 */
async function buildInto(outDir, what, log) {
  log('Models');
  await writeModels(join(outDir, 'models'), log);

  log('Page and element');
  const page = recordChunks('');
  await writeBundle(pageBundle({ outDir, plugins: [page.plugin] }));

  log('Engine');
  const engine = recordChunks('engine/');
  await writeBundle(engineBundle({ outDir, plugins: [engine.plugin] }));

  log('Static files');
  await writeStaticFiles(outDir);
  await writeFile(
    join(outDir, 'licenses.txt'),
    await allLicenses([...page.moduleFiles, ...engine.moduleFiles]),
  );
  await writeServiceWorker(outDir);
  /** @type {{ version: string }} */
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  /** @type {BuildRecord} */
  const record = { version, ...what, chunks: { ...page.graph, ...engine.graph } };
  await writeFile(join(outDir, 'build.json'), `${JSON.stringify(record, null, 1)}\n`);

  log('Compression');
  await compressFolder(outDir, what.compression);
}

/** @param {ReturnType<typeof pageBundle>} options */
async function writeBundle(options) {
  const bundle = await rollup(options);
  try {
    await bundle.write(options.output);
  } finally {
    await bundle.close();
  }
}

/**
 * What of `public` is not copied, besides what begins with a dot, some program's private
 * note: pages with a script, which the bundle writes with the address of the entry in
 * them (see `pageBundle`), and credits that `licenses.txt` has as well.
 */
const NOT_SERVED = new Set(['bench.html', 'index.html', 'CREDITS.md']);

/**
 * Everything that is served as it is.
 *
 * @param {string} outDir
 */
export async function writeStaticFiles(outDir) {
  await cp(join(root, 'public'), outDir, {
    recursive: true,
    filter: (source) => !NOT_SERVED.has(basename(source)) && !basename(source).startsWith('.'),
  });
  await writeRuntimeFiles(join(outDir, 'engine'));
}

/** @param {readonly string[]} moduleFiles */
async function allLicenses(moduleFiles) {
  const require = createRequire(import.meta.url);
  const own = await readFile(join(root, 'LICENSE'), 'utf8');
  const others = await licenseTexts([
    ...moduleFiles,
    // Copied, not bundled.
    require.resolve('systemjs/dist/s.min.js'),
    require.resolve('@tensorflow/tfjs-backend-wasm/package.json'),
    require.resolve('@litertjs/core'),
  ]);
  const index = await readFile(join(root, 'public/negatives/index.json'), 'utf8');
  /** @type {import('../../src/domain/negatives.js').NegativeIndex} */
  const { pictures } = JSON.parse(index);
  const photographs = creditsText(pictures);
  const rule = `${'='.repeat(80)}\n\n`;
  return (
    `Sightline is licensed under the Apache License 2.0, as is TensorFlow.js:\n\n${own.trim()}\n\n` +
    `${rule}${photographs}\n${rule}It contains code of the following packages.\n\n${others}`
  );
}
