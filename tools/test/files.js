import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../root.js';

/**
 * @param {string} dir Folder relative to the repository; may be missing.
 * @param {readonly string[]} [filters] Keep only paths that contain one of these; all when empty.
 * @param {string} [suffix]
 * @returns {Promise<string[]>} Paths relative to the repository, with slashes, sorted.
 */
export async function findFiles(dir, filters = [], suffix = '.test.ts') {
  const entries = await readdir(join(root, dir), { recursive: true }).catch(() => []);
  return entries
    .map((entry) => `${dir}/${entry.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(suffix))
    .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)))
    .sort();
}
