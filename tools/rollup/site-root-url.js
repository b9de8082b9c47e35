import { posix } from 'node:path';

/**
 * Makes `import.meta.url` name the root of the built site in every chunk.
 * Rollup is free to move a module into a chunk in another folder; addresses
 * such as `new URL('./engine/worker.js', import.meta.url)` must survive that.
 *
 * @returns {import('rollup').Plugin}
 */
export function siteRootUrl() {
  return {
    name: 'site-root-url',
    resolveImportMeta(property, { chunkId }) {
      if (property !== 'url') return null;
      const toRoot = posix.relative(posix.dirname(chunkId), '.');
      return toRoot === '' ? null : `new URL('${toRoot}/', import.meta.url).href`;
    },
  };
}
