import { usablePrivacy, type PrivacyOptions } from '../../domain/privacy/options.js';
import type { SourceInfo } from '../types.js';
import { sourceKey, type WatchStore } from '../watch/watch-memory.js';

const OFF = 'off';

function isAnything(value: unknown): value is string | object {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

function keyOf(source: SourceInfo): string {
  return `privacy.${sourceKey(source)}`;
}

/**
 * How the picture of a source is to be altered.
 *
 * @returns `off` where that was chosen for it; `undefined` where nothing was.
 */
export function recallPrivacy(
  store: WatchStore,
  source: SourceInfo,
): PrivacyOptions | typeof OFF | undefined {
  const kept = store.read(keyOf(source), isAnything);
  // What cannot be understood was once a wish for privacy.
  return kept === undefined || kept === OFF ? kept : usablePrivacy(kept);
}

/** Keeps it for the source, over a reload. */
export function keepPrivacy(
  store: WatchStore,
  source: SourceInfo,
  options: PrivacyOptions | undefined,
): void {
  store.write(keyOf(source), options ?? OFF);
}
