import type { OfflineProblem } from '../domain/offline-verdict.js';
import type { OfflineNotice } from '../protocol/offline.js';
import { scope } from './scope.js';

/** A stored or downloaded file is not what was published. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/** What kind of fault a thrown value is. */
export function failureOf(
  thrown: unknown,
): Extract<OfflineProblem, 'quota' | 'network' | 'damaged' | 'internal'> {
  if (thrown instanceof DamagedFile) return 'damaged';
  const name = thrown instanceof Error ? thrown.name : '';
  if (name === 'QuotaExceededError') return 'quota';
  return name === 'TypeError' || name === 'NetworkError' ? 'network' : 'internal';
}

/** Tells every open page, controlled or not. */
export async function tellPages(notice: OfflineNotice): Promise<void> {
  const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const page of pages) page.postMessage(notice);
}
