/** Offline support: bundles the service worker and tells it what to keep. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { injectManifest } from 'workbox-build';
import { root } from '../root.js';
import { precacheOptions } from '../../workbox.config.js';

const source = join(root, 'src/service-worker.ts');

/**
 * Writes `service-worker.js` into the built site, with the list of files to
 * keep. Does nothing while the project has no service worker.
 *
 * @param {string} outDir Folder with all other files already in place.
 * @returns {Promise<void>}
 * @throws {Error} When a file that should be kept would be left out.
 */
export async function writeServiceWorker(outDir) {
  if (!existsSync(source)) return;
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
  });
  if (warnings.length > 0) throw new Error(`offline files: ${warnings.join('; ')}`);
}
