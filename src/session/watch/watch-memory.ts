import { SightlineError } from '../../domain/errors.js';
import { EMPTY_WATCH, type WatchConfig } from '../../domain/watch/config.js';
import { formatWatch, parseWatch } from '../../domain/watch/parse-config.js';
import type { SourceInfo } from '../types.js';

/** Small values that outlive the page. */
export interface WatchStore {
  read<T>(key: string, isValid: (value: unknown) => value is T): T | undefined;
  write(key: string, value: unknown): void;
}

/** What a source is kept under: its zones fit no other. */
export function sourceKey({ kind, deviceId, label }: SourceInfo): string {
  if (kind === 'camera') return `watch.camera.${deviceId ?? label}`;
  return kind === 'photo' || kind === 'video' ? `watch.${kind}.${label}` : `watch.${kind}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether anything is kept for a source. */
export function isWatched(store: WatchStore, key: string): boolean {
  return store.read(key, isText) !== undefined;
}

/**
 * What was kept for a source.
 *
 * @throws SightlineError `watch-corrupt` or `watch-newer`; what was kept stays as it is.
 */
export function recall(store: WatchStore, key: string): WatchConfig {
  const written = store.read(key, isText);
  return written === undefined ? EMPTY_WATCH : parseWatch(written);
}

/** Keeps what is watched for on a source; of nothing, nothing is kept. */
export function keep(store: WatchStore, key: string, config: WatchConfig): void {
  const isEmpty = config.zones.length + config.lines.length + config.rules.length === 0;
  store.write(key, isEmpty ? null : formatWatch(config));
}

/** Whether something thrown says that what was kept is of no use here. */
export function isUnreadable(thrown: unknown): thrown is SightlineError {
  return (
    thrown instanceof SightlineError &&
    (thrown.code === 'watch-corrupt' || thrown.code === 'watch-newer')
  );
}
