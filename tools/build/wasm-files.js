/**
 * The WebAssembly files of TensorFlow.js. They are served as plain files under
 * a folder that carries their version, and so may be cached for ever.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const packageFile = require.resolve('@tensorflow/tfjs-backend-wasm/package.json');
const packageDir = dirname(packageFile);

const THREADED_WORKER = 'tfjs-backend-wasm-threaded-simd.worker.js';

/** File name in the folder → path in the package, for files that are copied as they are. */
const COPIES = {
  'tfjs-backend-wasm.wasm': 'dist/tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm': 'dist/tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm': 'dist/tfjs-backend-wasm-threaded-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.js': 'wasm-out/tfjs-backend-wasm-threaded-simd.js',
};

/** @returns {Promise<string>} Name of the folder, e.g. `wasm-4.22.0`. */
export async function wasmFolderName() {
  const info = /** @type {{ version: string }} */ (JSON.parse(await readFile(packageFile, 'utf8')));
  return `wasm-${info.version}`;
}

/**
 * @param {string} outDir Folder that gets the files; made if missing.
 * @returns {Promise<void>}
 */
export async function writeWasmFiles(outDir) {
  await mkdir(outDir, { recursive: true });
  await Promise.all(
    Object.entries(COPIES).map(([name, from]) =>
      copyFile(join(packageDir, from), join(outDir, name)),
    ),
  );
  await writeFile(join(outDir, THREADED_WORKER), threadedWorkerSource());
}

/**
 * The thread's script is in the package as a string, because TensorFlow.js
 * starts it from a blob. A strict Content Security Policy forbids that, so here
 * it is a file.
 *
 * @returns {string}
 */
function threadedWorkerSource() {
  const content = /** @type {{ wasmWorkerContents: string }} */ (
    require(join(packageDir, 'wasm-out', THREADED_WORKER))
  );
  // The line breaks in it belong inside its string literals.
  return content.wasmWorkerContents.replace(/\n/g, '\\n');
}
