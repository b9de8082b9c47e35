/** Offline support: bundles the service worker and tells it what to keep. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { injectManifest } from 'workbox-build';
import { root } from '../root.js';
import { precacheOptions } from '../../workbox.config.js';

const source = join(root, 'src/service-worker/service-worker.ts');

/**
 * Writes `service-worker.js` into the built site, with the list of files to
 * keep and their hashes.
 *
 * @param {string} outDir Folder with all other files already in place.
 * @returns {Promise<void>}
 * @throws {Error} When a file that should be kept would be left out.
 */
export async function writeServiceWorker(outDir) {
  const target = join(outDir, 'service-worker.js');
  await bundle({
    entryPoints: [source],
    outfile: target,
    bundle: true,
    format: 'iife',
    minify: true,
    target: 'es2022',
    legalComments: 'none',
    // Workbox has its debugging output behind this.
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const { warnings } = await injectManifest({
    ...precacheOptions,
    globDirectory: outDir,
    swSrc: target,
    swDest: target,
    manifestTransforms: [
      async (entries) => ({
        manifest: await Promise.all(entries.map((entry) => withIntegrity(outDir, entry))),
        warnings: [],
      }),
    ],
  });
  if (warnings.length > 0) throw new Error(`offline files: ${warnings.join('; ')}`);
}

/**
 * @param {string} outDir
 * @param {import('workbox-build').ManifestEntry & { size: number }} entry
 * @returns {Promise<import('workbox-build').ManifestEntry & { size: number, bytes: number }>} As
 *   `ReleaseFile` in src/domain/offline-files.ts.
 */
async function withIntegrity(outDir, entry) {
  const content = await readFile(join(outDir, entry.url));
  const digest = createHash('sha256').update(content).digest('base64');
  return { ...entry, integrity: `sha256-${digest}`, bytes: content.length };
}
