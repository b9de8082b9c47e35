import { readFile, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';

/**
 * Names, versions and licence texts of the packages whose code is in the built
 * site: most licences ask for it, and so does good manners.
 *
 * @param {Iterable<string>} files Absolute paths of all bundled and copied modules.
 * @returns {Promise<string>}
 */
export async function licenseTexts(files) {
  const dirs = new Set([...files].map(packageDir).filter((dir) => dir !== undefined));
  const texts = await Promise.all([...dirs].sort().map(describePackage));
  return [...new Set(texts)].join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * @param {string} file
 * @returns {string | undefined} Folder of the package that holds the file.
 */
function packageDir(file) {
  const parts = file.replace('\0', '').split('?')[0]?.split(sep) ?? [];
  const last = parts.lastIndexOf('node_modules');
  if (last === -1) return undefined;
  const isScoped = parts[last + 1]?.startsWith('@') === true;
  return parts.slice(0, last + (isScoped ? 3 : 2)).join(sep);
}

/** @param {string} dir */
async function describePackage(dir) {
  /** @type {{ name: string, version: string, license?: string, author?: string | { name: string } }} */
  const info = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'));
  const file = (await readdir(dir)).find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? '' : `\n${(await readFile(join(dir, file), 'utf8')).trim()}\n`;
  const author = typeof info.author === 'string' ? info.author : info.author?.name;
  const by = author === undefined ? '' : `, by ${author}`;
  return `${info.name} ${info.version} (${info.license ?? 'licence not named'}${by})\n${text}`;
}
