import { DETAIL_CHOICES, type DetailChoice } from '../detection.js';
import { SightlineError } from '../errors.js';
import { list, number, oneOf, optional, record, ShapeError, text } from '../shape.js';
import type { WatchConfig } from './config.js';
import { parseWatch, WATCH_FORMAT, WATCH_VERSION } from './parse-config.js';

/** What decides what is found at all, and so what zones and lines count. */
export interface WatchSettings {
  readonly score: number;
  /** Labels that are looked for; empty for all. */
  readonly classes: readonly string[];
  readonly detail: DetailChoice;
}

/** Everything that a device needs to watch as another one does. */
export interface WatchFile {
  readonly config: WatchConfig;
  /** `undefined`: those of the device stay. */
  readonly settings: WatchSettings | undefined;
}

/** Characters of a file; the largest configuration within `WATCH_LIMITS` is far below. */
export const LARGEST_WATCH_FILE = 5_000_000;

const settingsShape = optional<WatchSettings>(
  record<WatchSettings>({
    score: number(0, 1),
    classes: list(text(200), 1000),
    detail: oneOf(DETAIL_CHOICES),
  }),
);

/** As JSON: what `formatWatch` writes, and the settings. */
export function formatWatchFile({ config, settings }: WatchFile): string {
  const head = { format: WATCH_FORMAT, version: WATCH_VERSION };
  return JSON.stringify({ ...head, ...config, settings }, null, 2);
}

/**
 * Reads what `formatWatchFile` or `formatWatch` has written.
 *
 * @throws SightlineError `watch-newer` for what a newer version has written, `watch-corrupt`
 *   for anything that is not whole: half of it is never taken.
 */
export function parseWatchFile(written: string): WatchFile {
  if (written.length > LARGEST_WATCH_FILE) {
    throw new SightlineError('watch-corrupt', `${String(written.length)} characters`);
  }
  const config = parseWatch(written);
  const value = JSON.parse(written) as object;
  const own = Object.hasOwn(value, 'settings')
    ? (value as { settings: unknown }).settings
    : undefined;
  try {
    return { config, settings: settingsShape(own, 'settings') };
  } catch (cause) {
    if (!(cause instanceof ShapeError)) throw cause;
    throw new SightlineError('watch-corrupt', cause.message, { cause });
  }
}
