import { join } from 'node:path';
import { liteRtFolderName, writeLiteRtFiles } from './litert-files.js';
import { wasmFolderName, writeWasmFiles } from './wasm-files.js';

/**
 * Copies what the engine's runtimes load by address.
 *
 * @param {string} engineDir Folder of the engine in a site.
 * @returns {Promise<void>}
 */
export async function writeRuntimeFiles(engineDir) {
  await writeWasmFiles(join(engineDir, await wasmFolderName()));
  await writeLiteRtFiles(join(engineDir, await liteRtFolderName()));
}
