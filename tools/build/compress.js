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
 * @param {string} dir Folder of the built site.
 * @returns {Promise<void>}
 */
export async function compressFolder(dir) {
  await mkdir(cacheDir, { recursive: true });
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  await Promise.all(files.map((entry) => compressFile(join(entry.parentPath, entry.name))));
}

/** @param {string} file */
async function compressFile(file) {
  const extension = extname(file);
  if (!ALWAYS.has(extension) && !MAYBE.has(extension)) return;
  const content = await readFile(file);
  if (content.length < MIN_BYTES) return;
  const key = createHash('sha256').update(content).digest('hex');
  if (MAYBE.has(extension) && !(await gains(content))) return;
  await Promise.all([
    cached(`${key}.br`, `${file}.br`, () => brotliBest(content)),
    cached(`${key}.gz`, `${file}.gz`, () => gzipped(content, { level: 9 })),
  ]);
}

/** @param {Buffer} content */
async function gains(content) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };
  return (await brotli(content, { params })).length < content.length * WORTHWHILE_RATIO;
}

/**
 * Brotli at its best, as it is served.
 *
 * @param {Buffer} content
 * @returns {Promise<Buffer>}
 */
function brotliBest(content) {
  return brotli(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
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
