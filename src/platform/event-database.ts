import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { PictureKind } from '../domain/watch/event-pictures.js';
import { closeForOthers, guarded } from './database.js';

/** A picture or clip that belongs to an event. */
export interface EventPicture {
  /** `pictureId(eventId, kind)`. */
  readonly id: string;
  /** `eventId(event)`. */
  readonly eventId: string;
  /** Of the event, milliseconds since 1970. */
  readonly time: number;
  readonly kind: PictureKind;
  /** Its `type` says what it is: `image/jpeg`, `video/mp4`, `video/webm`. */
  readonly blob: Blob;
  readonly bytes: number;
}

export interface EventSchema<Event> extends DBSchema {
  /** In the order in which they came; the key counts up. */
  events: { key: number; value: Event; indexes: { time: number } };
  pictures: { key: string; value: EventPicture; indexes: { time: number; eventId: string } };
}

export type EventDatabase<Event> = IDBPDatabase<EventSchema<Event>>;

/** The app's own. */
export const EVENT_DATABASE = 'sightline-events';
/** 2: pictures. */
const VERSION = 2;

/**
 * Opens the database of the log and its pictures.
 *
 * @returns It, and what tells whether it was taken away since.
 * @throws SightlineError `storage-full` or `storage-unavailable`.
 */
export function openEventDatabase<Event>(
  name: string,
): Promise<{ readonly database: EventDatabase<Event>; readonly isGone: () => boolean }> {
  let isGone = false;
  return guarded(async () => {
    const database = await openDB<EventSchema<Event>>(name, VERSION, {
      upgrade: (fresh, from) => {
        if (from < 1) {
          fresh.createObjectStore('events', { autoIncrement: true }).createIndex('time', 'time');
        }
        const pictures = fresh.createObjectStore('pictures', { keyPath: 'id' });
        pictures.createIndex('time', 'time');
        pictures.createIndex('eventId', 'eventId');
      },
      ...closeForOthers(() => {
        isGone = true;
      }),
    });
    return { database, isGone: () => isGone };
  });
}

/** Deletes the database and all that is in it. */
export async function destroyEventDatabase(name: string): Promise<void> {
  await guarded(() => deleteDB(name));
}
