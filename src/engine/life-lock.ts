/**
 * Takes a Web Lock under a fresh name and never lets go: the browser frees it
 * at the very moment this worker dies, for whatever reason, which is how the
 * page learns of it without polling.
 *
 * @returns The lock's name once it is held, or undefined where the browser
 *   has no Web Locks (or an insecure origin hides them).
 */
export function holdLifeLock(): Promise<string | undefined> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return Promise.resolve(undefined);
  const name = `sightline-engine-${crypto.randomUUID()}`;
  return new Promise((resolve) => {
    const held = locks.request(name, () => {
      resolve(name);
      return new Promise<never>(() => undefined);
    });
    held.catch(() => {
      resolve(undefined);
    });
  });
}
