import { tsImport } from 'tsx/esm/api';

/**
 * Compiles the models into a folder. Quick when nothing changed: the compiler
 * keeps its results by content.
 *
 * @param {string} outDir Absolute path; gets `index.json` and what it names.
 * @param {(line: string) => void} log
 * @returns {Promise<void>}
 * @throws {Error} With a message for people when the weights cannot be fetched or are not right.
 */
export async function writeModels(outDir, log) {
  /** @type {typeof import('../../models/compile-models.js')} */
  const compiler = await tsImport('../../models/compile-models.ts', import.meta.url);
  await compiler.compileModels({ outDir, log });
}
