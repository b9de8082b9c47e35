/**
 * Which built file loads which, so that the size ratchet can tell what a
 * person downloads before something works.
 */
import { relative } from 'node:path';
import { root } from '../root.js';

/**
 * @typedef {object} ChunkInfo
 * @property {readonly string[]} imports Files that it needs before it runs.
 * @property {readonly string[]} dynamicImports Files that it may ask for later.
 * @property {readonly string[]} modules Modules in it, relative to the repository.
 */

/** @typedef {Record<string, ChunkInfo>} ChunkGraph By path below the root of the site. */

/**
 * A Rollup plugin that notes the chunks of a bundle.
 *
 * @param {string} prefix Folder of the bundle below the root of the site, e.g. `engine/`, or empty.
 * @returns {{ plugin: import('rollup').Plugin, graph: ChunkGraph, moduleFiles: Set<string> }} `graph`
 *   and `moduleFiles` (absolute paths) are filled when the bundle has been made.
 */
export function recordChunks(prefix) {
  /** @type {ChunkGraph} */
  const graph = {};
  /** @type {Set<string>} */
  const moduleFiles = new Set();
  /** @param {readonly string[]} files */
  const prefixed = (files) => files.map((file) => prefix + file);
  return {
    graph,
    moduleFiles,
    plugin: {
      name: 'record-chunks',
      generateBundle(_options, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          for (const id of chunk.moduleIds) moduleFiles.add(id);
          graph[prefix + chunk.fileName] = {
            imports: prefixed(chunk.imports),
            dynamicImports: prefixed(chunk.dynamicImports),
            modules: chunk.moduleIds.map((id) =>
              relative(root, id.replace('\0', '')).replaceAll('\\', '/'),
            ),
          };
        }
      },
    },
  };
}
