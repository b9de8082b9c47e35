/**
 * Weights and runtimes: stored one by one as they are used or fetched, each
 * checked by its hash before it counts, and kept over releases for as long as
 * a release names the same content.
 */
import { neededByUpdate, type ReleaseFile } from '../domain/offline-files.js';
import type { LargeFileState } from '../protocol/offline.js';
import { DamagedFile, failureOf, tellPages } from './failures.js';
import { fetchFromNetwork } from './network.js';
import { integrityOf, isolated } from './responses.js';
import { address } from './scope.js';

const CACHE = 'sightline-large-files';

/** Holds the content's hash in the keys of the cache: the same path may get another content. */
const HASH_PARAMETER = 'sha256';

/** Asked for past every cache: what was stored is no good. */
const PAST_CACHES: readonly RequestCache[] = ['reload', 'no-store', 'no-cache'];

export class LargeFiles {
  readonly #byAddress: ReadonlyMap<string, ReleaseFile>;

  /** @param files Of this release. */
  constructor(files: readonly ReleaseFile[]) {
    this.#byAddress = new Map(files.map((file) => [address(file.url), file]));
  }

  /** @param url Path below the root of the site. */
  find(url: string): ReleaseFile | undefined {
    return this.#byAddress.get(address(url));
  }

  /** Whether a request is for one of them. */
  has(request: Request): boolean {
    return request.method === 'GET' && this.#byAddress.has(request.url);
  }

  /**
   * Answers from what is stored, else from the network, and stores that.
   *
   * @param settled Given the storing, which may go on after the answer.
   */
  async respond(request: Request, settled: (work: Promise<void>) => void): Promise<Response> {
    const file = this.#byAddress.get(request.url);
    if (file === undefined) throw new Error(`${request.url} is no large file`);
    const cache = await caches.open(CACHE);
    const stored = await cache.match(keyOf(file));
    const isRejected = PAST_CACHES.includes(request.cache);
    if (stored !== undefined && !isRejected) return stored;
    const response = await fetchFromNetwork(request);
    if (response.status === 200) {
      settled(this.#storeCopy(cache, file, response.clone(), stored !== undefined));
    }
    return isolated(response);
  }

  /** Every file of the release, and whether it is stored; nothing is read for it. */
  async states(): Promise<readonly LargeFileState[]> {
    const keys = new Set((await (await caches.open(CACHE)).keys()).map(({ url }) => url));
    return [...this.#byAddress.values()].map((file) => ({
      url: file.url,
      bytes: file.bytes,
      stored: keys.has(keyOf(file)),
    }));
  }

  /**
   * Stores a file unless it is stored.
   *
   * @param from `adopt`: only if the browser has it already; nothing is downloaded.
   * @returns Whether it is stored now.
   * @throws DamagedFile, or what the network or the storage throws.
   */
  async store(file: ReleaseFile, from: 'adopt' | 'fetch'): Promise<boolean> {
    const cache = await caches.open(CACHE);
    if ((await cache.match(keyOf(file))) !== undefined) return true;
    const url = address(file.url);
    if (from === 'adopt') {
      const adopted = new Request(url, { cache: 'only-if-cached', mode: 'same-origin' });
      const response = await fetchFromNetwork(adopted).catch(() => undefined);
      // A browser may answer with an error or with nothing; both mean no.
      if (response?.status !== 200) return false;
      await putChecked(cache, file, response);
      return true;
    }
    await this.#download(cache, file);
    return true;
  }

  /**
   * Whether what is stored of a file is what was published.
   *
   * @returns `absent` where nothing is stored: not every device needs every file.
   */
  async inspect(file: ReleaseFile): Promise<'sound' | 'damaged' | 'absent'> {
    const cache = await caches.open(CACHE);
    const stored = await cache.match(keyOf(file));
    if (stored === undefined) return 'absent';
    const bytes = await stored.arrayBuffer();
    return (await integrityOf(bytes)) === file.integrity ? 'sound' : 'damaged';
  }

  /** Downloads a file in place of a damaged one, which stays if that fails. */
  async replace(file: ReleaseFile): Promise<void> {
    await this.#download(await caches.open(CACHE), file);
  }

  /** What an update has to have before it takes over; see `neededByUpdate`. */
  async prepareUpdate(): Promise<void> {
    const cache = await caches.open(CACHE);
    const stored = (await cache.keys()).map(({ url }) => url.slice(address('').length));
    const paths = stored.map((url) => url.split('?')[0] ?? '');
    for (const file of neededByUpdate(paths, [...this.#byAddress.values()])) {
      await this.store(file, 'fetch');
    }
  }

  /** Deletes what this release does not name. */
  async removeOld(): Promise<void> {
    const cache = await caches.open(CACHE);
    const current = new Set([...this.#byAddress.values()].map(keyOf));
    for (const request of await cache.keys()) {
      if (!current.has(request.url)) await cache.delete(request);
    }
  }

  async #download(cache: Cache, file: ReleaseFile): Promise<void> {
    const url = address(file.url);
    const first = await fetchFromNetwork(new Request(url));
    try {
      await putChecked(cache, file, first);
    } catch (thrown) {
      if (!(thrown instanceof DamagedFile)) throw thrown;
      // A damaged copy in the browser's cache is cured by asking the server itself, once.
      const second = await fetchFromNetwork(new Request(url, { cache: 'reload' }));
      await putChecked(cache, file, second);
    }
  }

  /** Never fails: the page has its answer, and is told what became of the copy. */
  async #storeCopy(
    cache: Cache,
    file: ReleaseFile,
    response: Response,
    isRepair: boolean,
  ): Promise<void> {
    const { url } = file;
    try {
      await putChecked(cache, file, response);
      if (isRepair) await tellPages({ type: 'sightline-offline-repaired', url });
    } catch (thrown) {
      const reason = failureOf(thrown);
      await tellPages({ type: 'sightline-offline-not-stored', url, reason });
    }
  }
}

function keyOf(file: ReleaseFile): string {
  return `${address(file.url)}?${HASH_PARAMETER}=${encodeURIComponent(file.integrity)}`;
}

/** Stores a whole, right file or nothing. */
async function putChecked(cache: Cache, file: ReleaseFile, response: Response): Promise<void> {
  if (response.status !== 200) {
    throw new TypeError(`${file.url}: HTTP ${response.status}`);
  }
  const bytes = await response.arrayBuffer();
  const integrity = await integrityOf(bytes);
  if (integrity !== file.integrity) {
    throw new DamagedFile(`${file.url}: ${integrity} instead of ${file.integrity}`);
  }
  const headers = new Headers(response.headers);
  // The stored body is the unpacked one.
  headers.delete('Content-Encoding');
  headers.set('Content-Length', String(bytes.byteLength));
  await cache.put(keyOf(file), isolated(new Response(bytes, { headers })));
}
