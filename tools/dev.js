/** `npm run dev`: serves a readable build that follows every change of the sources. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { watch: watchFiles } = await import('chokidar');
const { watch: watchBundles } = await import('rollup');
const { engineBundle, pageBundle } = await import('../rollup.config.js');
const { writeModels } = await import('./build/models.js');
const { writeStaticFiles } = await import('./build/pipeline.js');
const { describeError, dim, paint, parseServeOptions, runCommand } = await import('./command.js');
const { root } = await import('./root.js');
const { serve } = await import('./serving.js');

const outDir = join(root, '.cache/dev');

await runCommand(async () => {
  const options = parseServeOptions(process.argv.slice(2), 'npm run dev --');
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await writeModels(join(outDir, 'models'), (line) => {
    console.log(dim(line));
  });
  await writeStaticFiles(outDir);
  await followSources();
  followPublic();
  await serve(outDir, options);
});

/** @returns {Promise<void>} Fulfilled after the first complete build. */
async function followSources() {
  const watcher = watchBundles([
    pageBundle({ outDir, isDev: true }),
    engineBundle({ outDir, isDev: true }),
  ]);
  await new Promise((resolve) => {
    watcher.on('event', (event) => {
      if (event.code === 'BUNDLE_END') {
        const place = event.output[0]?.endsWith('engine') === true ? 'engine' : 'page';
        console.log(dim(`  Bundled ${place} in ${(event.duration / 1000).toFixed(1)} s`));
        void event.result.close();
      } else if (event.code === 'ERROR') {
        console.error(paint('red', describeError(event.error)));
        if (event.result !== null) void event.result.close();
      } else if (event.code === 'END') {
        resolve(undefined);
      }
    });
  });
}

function followPublic() {
  watchFiles(join(root, 'public'), { ignoreInitial: true }).on('all', () => {
    writeStaticFiles(outDir).catch((/** @type {unknown} */ error) => {
      console.error(paint('red', describeError(error)));
    });
  });
}
