/** How long a kiosk must have seen nothing before it may reload by itself, in milliseconds. */
const IDLE_MS = 10 * 60_000;

/** The hour in which a kiosk may reload whatever it sees, unless the address names another. */
export const DEFAULT_UPDATE_HOUR = 4;

/**
 * Whether a display without an attendant may now reload into a new release.
 *
 * @param now Local time.
 * @param lastSeen When something was last recognised, in milliseconds since 1970; `undefined` for
 *   never since the page was opened.
 * @param opened When the page was opened, in milliseconds since 1970.
 * @param hour Of the day, 0 to 23.
 */
export function mayUpdateByItself(
  now: Date,
  { lastSeen, opened, hour }: { lastSeen: number | undefined; opened: number; hour: number },
): boolean {
  return now.getHours() === hour || now.getTime() - (lastSeen ?? opened) >= IDLE_MS;
}
