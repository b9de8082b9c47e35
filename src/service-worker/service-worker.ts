/**
 * Keeps the app on the device. A release is installed as a whole beside the
 * one in use; it takes over when no page uses the old one any more, or when a
 * page says so. Whatever fails on the way leaves the old one working.
 */
import { isLargeFile, type ReleaseFile } from '../domain/offline-files.js';
import { AppFiles } from './app-files.js';
import { CallServer } from './calls.js';
import { failureOf, tellPages } from './failures.js';
import { LargeFiles } from './large-files.js';
import { fetchFromNetwork, isNetworkCut } from './network.js';
import { isShare, receiveShare } from './shared-file.js';
import { scope } from './scope.js';

/** The build puts the list of all files here; see tools/build/service-worker.js. */
declare const self: { readonly __WB_MANIFEST: readonly ReleaseFile[] };

const release = self.__WB_MANIFEST;
const app = new AppFiles(release.filter(({ url }) => !isLargeFile(url)));
const large = new LargeFiles(release.filter(({ url }) => isLargeFile(url)));
const calls = new CallServer(app, large, release);

scope.addEventListener('install', (event) => {
  const isUpdate = scope.registration.active !== null;
  event.waitUntil(
    (async () => {
      try {
        await app.install(event);
        if (isUpdate) await large.prepareUpdate();
      } catch (thrown) {
        const url = scope.registration.scope;
        await tellPages({ type: 'sightline-offline-not-stored', url, reason: failureOf(thrown) });
        throw thrown;
      }
    })(),
  );
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      await app.removeOld(event);
      await large.removeOld();
      // The page of the first visit is served from now on, too.
      await scope.clients.claim();
    })(),
  );
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (!request.url.startsWith(scope.registration.scope)) return;
  if (isShare(request)) {
    event.respondWith(receiveShare(request));
  } else if (large.has(request)) {
    const settled = (work: Promise<void>): void => {
      event.waitUntil(work);
    };
    event.respondWith(large.respond(request, settled));
  } else {
    const answer = app.respond(event);
    if (answer !== undefined) event.respondWith(answer);
    // Nothing of ours, unless it has to fail for the check.
    else if (isNetworkCut()) event.respondWith(fetchFromNetwork(request));
  }
});

scope.addEventListener('message', (event) => {
  event.waitUntil(calls.serve(event));
});
