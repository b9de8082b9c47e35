/** How long a kiosk must have seen nothing before it may reload by itself, in milliseconds. */
const IDLE_MS = 10 * 60_000;

/** The hour in which a kiosk may reload whatever it sees, unless the address names another. */
export const DEFAULT_UPDATE_HOUR = 4;

/** What a kiosk has been doing. */
export interface KioskTimes {
  /** When something was last recognised, in milliseconds since 1970; `undefined` for never. */
  readonly lastSeen: number | undefined;
  /** When the page was opened, in milliseconds since 1970. */
  readonly opened: number;
  /** The hour of the day in which it may reload whatever it sees, 0 to 23. */
  readonly hour: number;
  /** Whether somebody is teaching it, which nothing may interrupt. */
  readonly isTeaching: boolean;
}

/**
 * Whether a display without an attendant may now reload into a new release.
 *
 * @param now Local time.
 */
export function mayUpdateByItself(
  now: Date,
  { lastSeen, opened, hour, isTeaching }: KioskTimes,
): boolean {
  if (isTeaching) return false;
  return now.getHours() === hour || now.getTime() - (lastSeen ?? opened) >= IDLE_MS;
}
