import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * A folder made once for a given content: `build` fills a temporary folder that
 * takes its final name only when complete, so nothing half-made is ever seen.
 * Several processes may do this at once.
 *
 * @param target The folder; it is left as it is where it exists.
 * @returns Whether it had to be built.
 */
export async function buildOnce(
  target: string,
  build: (folder: string) => Promise<void>,
): Promise<boolean> {
  if (await exists(target)) return false;
  const folder = `${target}.${randomBytes(4).toString('hex')}.tmp`;
  await mkdir(folder, { recursive: true });
  try {
    await build(folder);
    await rename(folder, target).catch(async (failure: unknown) => {
      // Another process was first, with the same content.
      if (!(await exists(target))) throw failure;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return true;
}

/**
 * Puts a newly filled folder in the place of an old one. A reader finds either
 * the old or the new content, but for an instant between two renames.
 */
export async function replaceFolder(
  target: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  const mark = randomBytes(4).toString('hex');
  const fresh = `${target}.${mark}.tmp`;
  const old = `${target}.${mark}.old`;
  await mkdir(dirname(target), { recursive: true });
  await mkdir(fresh);
  try {
    await fill(fresh);
    if (await exists(target)) await rename(target, old);
    await rename(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** Removes the entries of a folder that `isStale` picks, by name. */
export async function removeStale(
  folder: string,
  isStale: (name: string) => boolean,
): Promise<void> {
  for (const name of await readdir(folder)) {
    if (isStale(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * A key for content: the SHA-256 of the given texts and files, in order.
 *
 * @returns 32 hexadecimal digits.
 */
export async function contentKey(
  texts: readonly string[],
  files: readonly string[],
): Promise<string> {
  const hash = createHash('sha256');
  const feed = (bytes: Uint8Array): void => {
    // The length keeps apart what would otherwise run together.
    hash.update(`${bytes.length}:`).update(bytes);
  };
  for (const text of texts) feed(Buffer.from(text));
  for (const file of files) feed(await readFile(file));
  return hash.digest('hex').slice(0, 32);
}

/** Whether there is anything at a path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
