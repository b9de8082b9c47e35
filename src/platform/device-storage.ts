/** How much a site may store on this device, and whether the browser keeps it. */
export interface StorageUse {
  /** Bytes, as the browser estimates them; `undefined` where it does not say. */
  readonly used: number | undefined;
  readonly free: number | undefined;
  /** Whether the browser has promised not to clear it by itself. */
  readonly persisted: boolean;
}

/** Where a browser forbids all storage, `navigator.storage` is missing or throws. */
function storageManager(): Partial<StorageManager> | undefined {
  return (navigator as { storage?: StorageManager }).storage;
}

export async function storageUse(): Promise<StorageUse> {
  const storage = storageManager();
  const estimate = await storage?.estimate?.().catch(() => undefined);
  const persisted = (await storage?.persisted?.().catch(() => false)) ?? false;
  const { usage: used, quota } = estimate ?? {};
  const free = used === undefined || quota === undefined ? undefined : Math.max(0, quota - used);
  return { used, free, persisted };
}

/** Asks the browser to keep what is stored. @returns Whether it does. */
export async function persistStorage(): Promise<boolean> {
  const storage = storageManager();
  if ((await storage?.persisted?.().catch(() => false)) === true) return true;
  return (await storage?.persist?.().catch(() => false)) ?? false;
}

/**
 * Deletes every kind of data that the page itself can see: caches, databases,
 * small values and private files.
 *
 * @param isOurs Tells our caches and databases from those of others on the same origin.
 */
export async function deleteStoredData(isOurs: (name: string) => boolean): Promise<void> {
  await attempt(async () => {
    for (const name of await caches.keys()) if (isOurs(name)) await caches.delete(name);
  });
  await attempt(async () => {
    const names = await databaseNames();
    await Promise.all(names.filter(isOurs).map(deleteDatabase));
  });
  await attempt(() => {
    for (const key of Object.keys(localStorage)) if (isOurs(key)) localStorage.removeItem(key);
  });
  await attempt(async () => {
    const directory = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const name of directory.keys()) names.push(name);
    for (const name of names) {
      if (isOurs(name)) await directory.removeEntry(name, { recursive: true });
    }
  });
}

/** Older browsers do not list them: there only those that the app makes are known. */
async function databaseNames(): Promise<string[]> {
  const names = ['samples', 'heads', 'views', 'events', 'outbox'];
  const known = names.map((name) => `sightline-${name}`);
  if (!('databases' in indexedDB)) return known;
  return (await indexedDB.databases()).map(({ name = '' }) => name);
}

/** Also resolves when another tab holds the database: it goes when that closes. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    const done = (): void => {
      resolve();
    };
    request.onsuccess = done;
    request.onerror = done;
    request.onblocked = done;
  });
}

/** A kind of storage that is missing or forbidden holds nothing. */
async function attempt(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch {
    // Nothing to delete there.
  }
}
