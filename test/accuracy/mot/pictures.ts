import { readdir } from 'node:fs/promises';
import { extname, parse } from 'node:path';
import { UsageError } from '../../../tools/command.js';

const PICTURES = new Set(['.jpg', '.jpeg', '.png', '.webp', '.bmp']);

/**
 * Names of the pictures of a sequence, in the order of its frames, the first one
 * being frame 1: they are numbered from 1, or from 0 as by some programs. Other
 * files are left alone.
 *
 * @returns Nothing where there is no such folder.
 * @throws UsageError when a number is missing or used twice.
 */
export async function readPictures(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const pictures = names
    .filter((name) => !name.startsWith('.') && PICTURES.has(extname(name).toLowerCase()))
    .map((name) => ({ name, number: Number(/\d+$/.exec(parse(name).name)?.[0] ?? NaN) }))
    .sort((a, b) => a.number - b.number || (a.name < b.name ? -1 : 1));
  const first = pictures[0]?.number ?? 1;
  pictures.forEach(({ name, number }, index) => {
    if (first <= 1 && number === first + index) return;
    throw new UsageError(
      `${folder}: the pictures should be numbered 000001, 000002, …; at frame ${index + 1} there is ${name}.`,
    );
  });
  return pictures.map(({ name }) => name);
}
