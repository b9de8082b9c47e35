import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const systemJs = createRequire(import.meta.url).resolve('systemjs/dist/s.min.js');

/**
 * Emits the stable addresses of the engine's workers: classic scripts that load
 * SystemJS and through it the bundled entry. A failure to load is told to the
 * page, which otherwise would wait for ever.
 *
 * @param {Readonly<Record<string, string>>} workers Name of the entry → file to emit.
 * @returns {import('rollup').Plugin}
 */
export function engineLoader(workers) {
  return {
    name: 'engine-loader',
    async generateBundle(_options, bundle) {
      const system = (await readFile(systemJs, 'utf8')).replace(
        /\n\/\/# sourceMappingURL=.*\s*$/,
        '\n',
      );
      const hash = createHash('sha256').update(system).digest('hex').slice(0, 8);
      const systemFile = `system-${hash}.js`;
      this.emitFile({ type: 'asset', fileName: systemFile, source: system });
      for (const [name, fileName] of Object.entries(workers)) {
        const entry = Object.values(bundle).find(
          (file) => file.type === 'chunk' && file.isEntry && file.name === name,
        );
        if (entry === undefined) this.error(`the engine bundle has no entry "${name}"`);
        this.emitFile({
          type: 'asset',
          fileName,
          source: loaderSource(systemFile, entry.fileName),
        });
      }
    },
  };
}

/**
 * @param {string} systemFile
 * @param {string} entryFile
 */
function loaderSource(systemFile, entryFile) {
  return `'use strict';
(() => {
  const fail = (error) => self.postMessage({ type: 'engine-start-failed', detail: String(error) });
  try {
    importScripts('./${systemFile}');
    System.import('./${entryFile}').catch(fail);
  } catch (error) {
    fail(error);
  }
})();
`;
}
