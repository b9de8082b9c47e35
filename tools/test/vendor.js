/**
 * The unit tests load modules one by one, as the sources name them.
 * TensorFlow.js cannot be loaded so, for it rests on CommonJS packages: here
 * its modules are made loadable beforehand, all in one bundle so that they
 * share one engine.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../root.js';
import { findFiles } from './files.js';

/** Mediabunny is published for bundlers as well. */
const VENDORED = /^(@tensorflow(-models)?\/|mediabunny$)/;
const vendorDir = '.cache/vendor';

/**
 * @returns {Promise<Map<string, string>>} Specifier as in the sources → path of the address, for
 *   every such module that src/ or test/ imports.
 */
export async function bundleVendors() {
  const specifiers = await findSpecifiers();
  const lock = await readFile(join(root, 'package-lock.json'));
  const key = createHash('sha256').update(lock).update(specifiers.join('\n')).digest('hex');
  const dir = `${vendorDir}/${key.slice(0, 16)}`;
  const names = specifiers.map((specifier) => specifier.replace(/\.js$/, '').replaceAll('/', '__'));
  if (!existsSync(join(root, dir))) await bundle(specifiers, names, join(root, dir));
  return new Map(specifiers.map((specifier, i) => [specifier, `/${dir}/${names[i] ?? ''}.js`]));
}

/** @returns {Promise<string[]>} */
async function findSpecifiers() {
  const folders = ['src', 'test/unit', 'test/support'];
  const files = (await Promise.all(folders.map((dir) => findFiles(dir, [], '.ts')))).flat();
  /** @type {Set<string>} */
  const found = new Set();
  // Nothing is written: this is the quickest way to ask for imports, since it
  // leaves out those of types.
  await build({
    absWorkingDir: root,
    entryPoints: files.filter((file) => !file.endsWith('.d.ts')),
    bundle: true,
    write: false,
    outdir: 'unused',
    format: 'esm',
    logLevel: 'silent',
    plugins: [
      {
        name: 'note-vendored-imports',
        setup(builder) {
          builder.onResolve({ filter: /.*/ }, ({ path, kind }) => {
            if (kind === 'entry-point') return null;
            if (VENDORED.test(path)) found.add(path);
            return { path, external: true };
          });
        },
      },
    ],
  });
  return [...found].sort();
}

/**
 * @param {readonly string[]} specifiers
 * @param {readonly string[]} names
 * @param {string} outDir
 */
async function bundle(specifiers, names, outDir) {
  const partial = `${outDir}.${process.pid}`;
  await build({
    absWorkingDir: root,
    entryPoints: specifiers.map((specifier, i) => ({ in: specifier, out: names[i] ?? '' })),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    // The browser's versions of packages, in module form where there is one.
    mainFields: ['module', 'browser', 'main'],
    target: 'es2022',
    outdir: partial,
    logLevel: 'error',
  });
  await rename(partial, outDir).catch(async (/** @type {unknown} */ error) => {
    // Another run may have been quicker.
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(outDir)) throw error;
  });
}
