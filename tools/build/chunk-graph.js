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

/**
 * @param {ChunkGraph} graph
 * @param {readonly string[]} entries
 * @returns {string[]} The chunks and all that they need before they run.
 */
export function staticClosure(graph, entries) {
  const closure = new Set(entries);
  for (const file of closure) {
    for (const needed of graph[file]?.imports ?? []) closure.add(needed);
  }
  return [...closure];
}

/**
 * @param {ChunkGraph} graph
 * @param {string} moduleSuffix End of a module's path.
 * @returns {string} The chunk that holds it.
 * @throws {Error} When none does.
 */
export function chunkWith(graph, moduleSuffix) {
  const found = Object.keys(graph).find((file) => holds(graph, file, moduleSuffix));
  if (found === undefined) throw new Error(`no chunk holds ${moduleSuffix}`);
  return found;
}

/**
 * The chunks that are asked for one after the other until a module is there.
 *
 * @param {ChunkGraph} graph
 * @param {string} entry
 * @param {string} moduleSuffix End of the module's path.
 * @returns {string[]} The entry, and the shortest chain of later chunks.
 * @throws {Error} When none leads to the module.
 */
export function pathTo(graph, entry, moduleSuffix) {
  const queue = [[entry]];
  const seen = new Set([entry]);
  for (const path of queue) {
    const loaded = staticClosure(graph, path);
    if (loaded.some((file) => holds(graph, file, moduleSuffix))) return path;
    for (const next of loaded.flatMap((file) => graph[file]?.dynamicImports ?? [])) {
      if (!seen.has(next)) queue.push([...path, next]);
      seen.add(next);
    }
  }
  throw new Error(`nothing that ${entry} loads holds ${moduleSuffix}`);
}

/**
 * @param {ChunkGraph} graph
 * @param {string} file
 * @param {string} moduleSuffix
 */
function holds(graph, file, moduleSuffix) {
  return graph[file]?.modules.some((module) => module.endsWith(moduleSuffix)) === true;
}
