import type { OpenDBCallbacks } from 'idb';
import { SightlineError } from '../domain/errors.js';

/**
 * How a database gives way: when another tab has a newer version or deletes
 * everything, it must not wait for this one.
 *
 * @param onGone Told when the database can no longer be used.
 */
export function closeForOthers(
  onGone: () => void,
): Required<Pick<OpenDBCallbacks<never>, 'blocking' | 'terminated'>> {
  return {
    blocking: (_current, _wanted, event) => {
      onGone();
      (event.target as IDBDatabase).close();
    },
    terminated: onGone,
  };
}

/**
 * Any failure of a database under a code of our own.
 *
 * @param isGone Whether the database was taken away.
 * @throws SightlineError `storage-full` or `storage-unavailable`.
 */
export async function guarded<T>(run: () => Promise<T>, isGone = () => false): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof SightlineError) throw thrown;
    const name = thrown instanceof DOMException ? thrown.name : '';
    const isFull = !isGone() && name === 'QuotaExceededError';
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SightlineError(isFull ? 'storage-full' : 'storage-unavailable', detail, {
      cause: thrown,
    });
  }
}
