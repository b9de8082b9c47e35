import { SHARED_CACHE, SHARED_PARAMETER, SHARE_TARGET } from '../protocol/offline.js';

/** What Chromium gives an installed app that is opened with files. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileHandle[] }) => void): void;
}
interface FileHandle {
  readonly kind: 'file' | 'directory';
  getFile?(): Promise<File>;
}

/**
 * Photos and clips that come from outside the page: opened with the installed
 * app, or shared with it by another app.
 *
 * @param opened Called for each, at the start and later.
 * @returns Whether a shared one is on its way.
 */
export function receiveLaunchedFiles(opened: (file: File) => void): boolean {
  const isShared = new URLSearchParams(location.search).has(SHARED_PARAMETER);
  if (isShared)
    void takeSharedFile().then((file) => {
      if (file !== undefined) opened(file);
    });
  const { launchQueue } = globalThis as unknown as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    const file = files.find(({ kind }) => kind === 'file');
    void file?.getFile?.().then(opened, () => undefined);
  });
  return isShared;
}

/** What the service worker has left for us; it is ours then and nobody else's. */
async function takeSharedFile(): Promise<File | undefined> {
  const address = new URL(location.href);
  address.searchParams.delete(SHARED_PARAMETER);
  history.replaceState(history.state, '', address);
  try {
    const cache = await caches.open(SHARED_CACHE);
    const key = new URL(SHARE_TARGET, document.baseURI).href;
    const response = await cache.match(key);
    if (response === undefined) return undefined;
    const name = decodeURIComponent(response.headers.get('X-File-Name') ?? '');
    const blob = await response.blob();
    await cache.delete(key);
    return new File([blob], name, { type: blob.type });
  } catch {
    return undefined;
  }
}
