import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { create } from 'tar';

/** Subresource integrity of an archive, as registries and pins have it. */
export function integrityOf(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

/**
 * An npm archive of the given files.
 *
 * @param folder An empty folder to work in.
 * @param files Contents by path inside the package.
 */
export async function packArchive(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Buffer> {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, 'package', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  const archive = join(folder, 'archive.tgz');
  await create({ gzip: true, cwd: folder, file: archive, portable: true }, ['package']);
  return readFile(archive);
}

/** A package registry on this machine that serves one package. */
export interface Registry {
  readonly url: string;
  /** How often the archive was fetched. */
  readonly downloads: number;
  /** Serves other bytes from now on, with an integrity of its own that agrees with them. */
  serve(archive: Uint8Array): void;
  close(): void;
}

/** Starts a registry for one version of one package. */
export async function startRegistry(
  name: string,
  version: string,
  archive: Uint8Array,
): Promise<Registry> {
  let bytes = archive;
  let downloads = 0;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz') === true) {
      downloads++;
      response.end(bytes);
      return;
    }
    const dist = { tarball: `${url}/${name}.tgz`, integrity: integrityOf(bytes) };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        name,
        'dist-tags': { latest: version },
        versions: { [version]: { name, version, dist } },
      }),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  return {
    url,
    get downloads() {
      return downloads;
    },
    serve(other) {
      bytes = other;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Lets npm, in this process and its children, see only one registry, with a
 * cache of its own and without waiting to try again.
 */
export function useRegistry(url: string, npmCache: string): void {
  for (const name of Object.keys(process.env)) {
    if (/^npm_config_(registry|cache|prefer_offline|offline)$/i.test(name)) {
      Reflect.deleteProperty(process.env, name);
    }
  }
  process.env['npm_config_registry'] = url;
  process.env['npm_config_cache'] = npmCache;
  process.env['npm_config_fetch_retries'] = '0';
  process.env['npm_config_noproxy'] = '127.0.0.1';
}
