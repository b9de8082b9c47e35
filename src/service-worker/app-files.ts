/**
 * The page, the engine's code and everything else that belongs to one
 * release: stored as a whole by Workbox before the release may take over.
 */
import type { WorkboxPlugin } from 'workbox-core/types.js';
import { PrecacheController } from 'workbox-precaching/PrecacheController.js';
import { PrecacheRoute } from 'workbox-precaching/PrecacheRoute.js';
import { RangeRequestsPlugin } from 'workbox-range-requests/RangeRequestsPlugin.js';
import { NavigationRoute } from 'workbox-routing/NavigationRoute.js';
import { Router } from 'workbox-routing/Router.js';
import type { ReleaseFile } from '../domain/offline-files.js';
import { DamagedFile } from './failures.js';
import { fetchFromNetwork, networkPlugin } from './network.js';
import { integrityOf, isolated, isolationPlugin } from './responses.js';
import { address, scope } from './scope.js';

const INDEX = 'index.html';

export class AppFiles {
  readonly files: readonly ReleaseFile[];
  readonly #precache: PrecacheController;
  readonly #router = new Router();

  /** @param files Of this release. */
  constructor(files: readonly ReleaseFile[]) {
    this.files = files;
    this.#precache = new PrecacheController({
      cacheName: 'sightline-app',
      // Films are asked for in pieces.
      plugins: [networkPlugin, new RangeRequestsPlugin() as WorkboxPlugin, isolationPlugin],
    });
    // The hash makes the browser refuse a file of another release: what is
    // installed is one release and nothing else.
    this.#precache.addToCacheList([...files]);
    const index = this.#precache.createHandlerBoundToURL(INDEX);
    const root = new URL(scope.registration.scope).pathname;
    // The query string holds settings; it does not change what is served.
    const app = new RegExp(`^${escapeRegExp(root)}(${INDEX})?(\\?|$)`);
    this.#router.registerRoute(new NavigationRoute(index, { allowlist: [app] }));
    this.#router.registerRoute(
      new PrecacheRoute(this.#precache, { ignoreURLParametersMatching: [/./], cleanURLs: false }),
    );
  }

  /** The answer to a request for one of them. */
  respond(event: FetchEvent): Promise<Response> | undefined {
    return this.#router.handleRequest({ event, request: event.request });
  }

  install(event: ExtendableEvent): Promise<unknown> {
    return this.#precache.install(event);
  }

  /** Deletes the files of older releases. */
  removeOld(event: ExtendableEvent): Promise<unknown> {
    return this.#precache.activate(event);
  }

  /** Whether a file is stored as it was published. */
  async isSound(file: ReleaseFile): Promise<boolean> {
    const stored = await caches.match(this.#keyOf(file));
    if (stored === undefined) return false;
    return (await integrityOf(await stored.arrayBuffer())) === file.integrity;
  }

  /**
   * Downloads a file in place of a missing or damaged one.
   *
   * @throws DamagedFile when the server has another release by now, or what
   *   the network or the storage throws.
   */
  async replace(file: ReleaseFile): Promise<void> {
    const request = new Request(address(file.url), { cache: 'reload', credentials: 'same-origin' });
    const response = await fetchFromNetwork(request);
    const bytes = await response.clone().arrayBuffer();
    if (response.status !== 200) throw new TypeError(`${file.url}: HTTP ${response.status}`);
    if ((await integrityOf(bytes)) !== file.integrity) throw new DamagedFile(file.url);
    const cache = await caches.open(this.#precache.strategy.cacheName);
    await cache.put(this.#keyOf(file), isolated(response));
  }

  #keyOf(file: ReleaseFile): string {
    const key = this.#precache.getCacheKeyForURL(address(file.url));
    if (key === undefined) throw new Error(`${file.url} is not among the files of the app`);
    return key;
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
