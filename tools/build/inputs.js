import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../root.js';

/** Everything that can change what the build writes. */
const INPUTS = [
  'models',
  'package-lock.json',
  'package.json',
  'public',
  'rollup.config.js',
  'src',
  'tools/build',
  'tools/headers.js',
  'tools/rollup',
  'tsconfig.json',
  'workbox.config.js',
];

/**
 * @param {readonly string[]} [inputs] Files and folders, relative to the repository; missing ones
 *   are allowed.
 * @returns {Promise<string>} SHA-256 over names and contents: the same inputs give the same hash on
 *   every machine.
 */
export async function hashInputs(inputs = INPUTS) {
  const hash = createHash('sha256').update(process.env['SIGHTLINE_CONNECT'] ?? '');
  for (const file of (await Promise.all(inputs.map(listFiles))).flat().sort()) {
    const content = await readFile(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function listFiles(path) {
  try {
    const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .map((file) => file.replaceAll('\\', '/'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
}
