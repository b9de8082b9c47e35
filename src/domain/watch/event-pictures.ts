import type { WatchEvent } from './events.js';

/** What can be kept with an event. */
export const PICTURE_KINDS = ['snapshot', 'clip'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

/** How much is kept beside the log. Pictures say more than lines of a log, and go sooner. */
export const PICTURE_BOUNDS = { pictures: 500, bytes: 300_000_000, days: 30 } as const;

const DAY_MS = 86_400_000;

/**
 * What a picture is kept under, and found by: the same for an event that was read again.
 * A rule fires once in a frame at most.
 */
export function eventId(event: WatchEvent): string {
  const about = event.kind === 'rule-fired' ? event.rule.id : String(event.trackId);
  const place = 'zone' in event ? event.zone.id : 'line' in event ? event.line.id : '';
  return [event.kind, event.time, about, place].filter((part) => part !== '').join('.');
}

/** The id of a picture: one of each kind for an event. */
export function pictureId(event: string, kind: PictureKind): string {
  return `${event}/${kind}`;
}

/** What decides how long a picture is kept. */
export interface PictureSize {
  readonly id: string;
  /** Of its event, milliseconds since 1970. */
  readonly time: number;
  readonly bytes: number;
}

/**
 * Which pictures are to go: those too old, then the oldest until the rest is within the bounds.
 *
 * @param pictures All that are kept, in any order.
 * @param now Milliseconds since 1970.
 * @returns Their ids.
 */
export function surplusPictures(pictures: readonly PictureSize[], now: number): string[] {
  const oldest = now - PICTURE_BOUNDS.days * DAY_MS;
  const newestFirst = [...pictures].sort((a, b) => b.time - a.time);
  const gone: string[] = [];
  let kept = 0;
  let bytes = 0;
  let isFull = false;
  for (const picture of newestFirst) {
    isFull ||= kept >= PICTURE_BOUNDS.pictures || bytes + picture.bytes > PICTURE_BOUNDS.bytes;
    if (isFull || picture.time < oldest) gone.push(picture.id);
    else {
      kept++;
      bytes += picture.bytes;
    }
  }
  return gone;
}
