/**
 * The builds of LiteRT.js, each a script and a WebAssembly binary. They are
 * served as plain files under a folder that carries their version, and so may
 * be cached for ever; a browser fetches the one that it can run best.
 */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
// The package exports nothing by name but its main file.
const packageDir = dirname(dirname(require.resolve('@litertjs/core')));

/** As in `LITERT_FLAVOURS` of the engine. */
const BUILDS = [
  'litert_wasm_compat_internal',
  'litert_wasm_internal',
  'litert_wasm_threaded_internal',
];

/** @returns {Promise<string>} Name of the folder, e.g. `litert-2.5.3`. */
export async function liteRtFolderName() {
  const info = /** @type {{ version: string }} */ (
    JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'))
  );
  return `litert-${info.version}`;
}

/**
 * @param {string} outDir Folder that gets the files; made if missing.
 * @returns {Promise<void>}
 */
export async function writeLiteRtFiles(outDir) {
  await mkdir(outDir, { recursive: true });
  const names = BUILDS.flatMap((build) => [`${build}.js`, `${build}.wasm`]);
  await Promise.all(
    names.map((name) => copyFile(join(packageDir, 'wasm', name), join(outDir, name))),
  );
}
