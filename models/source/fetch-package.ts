import { execFile } from 'node:child_process';
import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { IntegrityError, ModelCompileError } from '../errors.js';
import type { PackagePin } from '../manifest.js';

const run = promisify(execFile);

/**
 * The archive of a package, from the cache or else from the registry that npm
 * is configured for. None of its dependencies is fetched and none of its
 * scripts runs. The bytes are checked against the pin on every call, so the
 * cache cannot go bad unnoticed; a damaged copy is fetched anew.
 *
 * @param cacheDir Folder for archives, created when absent. Holds whole archives only.
 * @throws IntegrityError when the registry has other bytes than the pin says.
 * @throws ModelCompileError when the package cannot be fetched.
 */
export async function fetchPackage(
  pin: PackagePin,
  cacheDir: string,
  log: (line: string) => void,
): Promise<Uint8Array> {
  const spec = `${pin.package}@${pin.version}`;
  const kept = join(cacheDir, `${spec.replaceAll('/', '+')}.tgz`);
  const cached = await readFile(kept).catch(() => undefined);
  if (cached !== undefined) {
    if (matches(pin, cached)) return cached;
    log(`${spec}: the cached archive is damaged and will be fetched again`);
    await rm(kept, { force: true });
  }
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(join(cacheDir, '.fetching-'));
  try {
    log(`${spec}: fetching`);
    const archive = await pack(spec, folder);
    const bytes = await readFile(archive);
    if (!matches(pin, bytes)) throw integrityError(spec, pin, bytes);
    await rename(archive, kept);
    return bytes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Downloads one archive into a folder with npm, whose registry, proxy and credentials apply. */
async function pack(spec: string, folder: string): Promise<string> {
  const [command, first] = npmCommand();
  const options = ['pack', spec, '--json', '--ignore-scripts', '--pack-destination', folder];
  try {
    await run(command, [...first, ...options], { shell: needsShell(command) });
  } catch (cause) {
    throw new ModelCompileError(
      `${spec} could not be fetched: ${npmComplaint(cause)}\n` +
        `Check the network, and the registry and proxy of your npm configuration ` +
        `("npm config get registry"), then run this again. Nothing was kept.`,
      { cause },
    );
  }
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new ModelCompileError(`npm pack left no archive of ${spec}.`);
  return join(folder, archive);
}

/** The npm that runs this process, if any, else the one on the path. */
function npmCommand(): [command: string, first: readonly string[]] {
  const script = process.env['npm_execpath'];
  if (script !== undefined && basename(script) === 'npm-cli.js')
    return [process.execPath, [script]];
  return ['npm', []];
}

/** On Windows npm is a batch file, which only a shell can start. */
function needsShell(command: string): boolean {
  return process.platform === 'win32' && command === 'npm';
}

/** What npm says went wrong: `--json` puts it on the standard output. */
function npmComplaint(failure: unknown): string {
  const { stdout, message } = failure as { stdout?: string; message?: string };
  try {
    const { error } = JSON.parse(stdout ?? '') as { error?: { code?: string; summary?: string } };
    if (error?.summary !== undefined) return `${error.code ?? 'error'}: ${error.summary}`;
  } catch {
    // npm itself did not start, or died before it could say anything.
  }
  return message ?? String(failure);
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha512').update(bytes).digest();
}

function matches(pin: PackagePin, bytes: Uint8Array): boolean {
  const expected = Buffer.from(pin.integrity.slice('sha512-'.length), 'base64');
  return timingSafeEqual(digest(bytes), expected);
}

function integrityError(spec: string, pin: PackagePin, bytes: Uint8Array): IntegrityError {
  const found = `sha512-${digest(bytes).toString('base64')}`;
  return new IntegrityError(
    `${spec} is not the package that this project is pinned to.\n` +
      `  expected ${pin.integrity}\n` +
      `  found    ${found}\n` +
      `The registry or something on the way to it altered the archive; do not use it. ` +
      `Check "npm config get registry" and any proxy, then run this again. Nothing was kept.`,
    pin.integrity,
    found,
  );
}
