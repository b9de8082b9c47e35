/**
 * Writes `.br` and `.gz` beside the files of the built site, so that the
 * server compresses nothing while somebody waits.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { root } from '../root.js';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Text and WebAssembly always gain. */
const ALWAYS = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.wasm', '.webmanifest']);

/** Numbers gain only sometimes: a trial decides. Pictures and films never do. */
const MAYBE = new Set(['.bin', '.tflite']);

const MIN_BYTES = 256;
const WORTHWHILE_RATIO = 0.95;

/** Strongest compression is slow; unchanged files are taken from here. */
const cacheDir = join(root, '.cache/compressed');

/**
 * How hard to try: `best` takes half a minute for the weights and spares every
 * visitor some 6 %, `quick` is for a site that is only looked at on this machine.
 *
 * @typedef {'best' | 'quick'} Effort
 */

/** @type {Readonly<Record<Effort, number>>} */
const BROTLI_QUALITY = { best: constants.BROTLI_MAX_QUALITY, quick: 5 };

/**
 * @param {string} dir Folder of the built site.
 * @param {Effort} effort
 * @returns {Promise<void>}
 */
export async function compressFolder(dir, effort) {
  await mkdir(cacheDir, { recursive: true });
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const quality = BROTLI_QUALITY[effort];
  await Promise.all(
    files.map((entry) => compressFile(join(entry.parentPath, entry.name), quality)),
  );
}

/**
 * @param {string} file
 * @param {number} quality
 */
async function compressFile(file, quality) {
  const extension = extname(file);
  if (!ALWAYS.has(extension) && !MAYBE.has(extension)) return;
  const content = await readFile(file);
  if (content.length < MIN_BYTES) return;
  const key = createHash('sha256').update(content).digest('hex');
  if (MAYBE.has(extension) && !(await gains(content))) return;
  await Promise.all([
    cached(`${key}.${quality}.br`, `${file}.br`, () => brotliAt(quality, content)),
    cached(`${key}.gz`, `${file}.gz`, () => gzipped(content, { level: 9 })),
  ]);
}

/** @param {Buffer} content */
async function gains(content) {
  const trial = await brotliAt(BROTLI_QUALITY.quick, content);
  return trial.length < content.length * WORTHWHILE_RATIO;
}

/**
 * @param {number} quality
 * @param {Buffer} content
 * @returns {Promise<Buffer>}
 */
function brotliAt(quality, content) {
  return brotli(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

/**
 * @param {string} name
 * @param {string} target
 * @param {() => Promise<Buffer>} make
 */
async function cached(name, target, make) {
  const kept = join(cacheDir, name);
  await mkdir(dirname(target), { recursive: true });
  try {
    await copyFile(kept, target);
  } catch {
    // Written beside and renamed: an interrupted build must not leave half a file.
    const partial = `${kept}.${process.pid}`;
    await writeFile(partial, await make());
    await rename(partial, kept);
    await copyFile(kept, target);
  }
}
