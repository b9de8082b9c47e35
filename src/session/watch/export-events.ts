import { eventId } from '../../domain/watch/event-pictures.js';
import { eventsCoco, type EventImage } from '../../domain/watch/events-coco.js';
import { eventsCsv } from '../../domain/watch/events-csv.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import type { EventPicture } from '../../platform/event-database.js';
import { EventPictureStore } from '../../platform/event-picture-store.js';
import { packZip, type ZipEntry } from '../../platform/zip-file.js';

export const EXPORT_FORMATS = ['csv', 'json', 'coco'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Events as a file. COCO comes as a zip with the snapshots where there are some, with a CSV of
 * all events beside them; as plain JSON otherwise.
 *
 * @param events Oldest first.
 * @param database Name of the one that the pictures are in; the app's own where it is left out.
 */
export async function exportEvents(
  events: readonly WatchEvent[],
  format: ExportFormat,
  database?: string,
): Promise<File> {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const name = `sightline-events-${stamp}`;
  switch (format) {
    case 'csv':
      return new File([eventsCsv(events)], `${name}.csv`, { type: 'text/csv' });
    case 'json':
      return jsonFile(JSON.stringify(events, null, 1), `${name}.json`);
    case 'coco': {
      const pictures = await snapshotsOf(events, database);
      if (pictures.length === 0) return jsonFile(eventsCoco(events), `${name}.coco.json`);
      return new File([await zipOf(events, pictures)], `${name}.zip`, { type: 'application/zip' });
    }
  }
}

function jsonFile(text: string, name: string): File {
  return new File([text], name, { type: 'application/json' });
}

async function snapshotsOf(
  events: readonly WatchEvent[],
  database: string | undefined,
): Promise<EventPicture[]> {
  const wanted = new Set(events.map(eventId));
  const store = await EventPictureStore.open(database);
  try {
    const all = await store.all();
    return all.filter((picture) => picture.kind === 'snapshot' && wanted.has(picture.eventId));
  } finally {
    store.close();
  }
}

async function zipOf(
  events: readonly WatchEvent[],
  pictures: readonly EventPicture[],
): Promise<Blob> {
  const text = new TextEncoder();
  const images = new Map<string, EventImage>();
  const files: ZipEntry[] = [];
  for (const [index, picture] of pictures.entries()) {
    const extension = picture.blob.type === 'image/jpeg' ? 'jpg' : picture.blob.type.split('/')[1];
    const moment = new Date(picture.time).toISOString().replaceAll(':', '-');
    const fileName = `images/${moment}-${String(index + 1)}.${extension ?? 'jpg'}`;
    const bitmap = await createImageBitmap(picture.blob);
    const { width, height } = bitmap;
    bitmap.close();
    images.set(picture.eventId, { fileName, size: { width, height } });
    files.push({ path: fileName, bytes: new Uint8Array(await picture.blob.arrayBuffer()) });
  }
  const coco = eventsCoco(events, (event) => images.get(eventId(event)));
  return packZip(
    [
      { path: 'annotations.json', bytes: text.encode(coco) },
      { path: 'events.csv', bytes: text.encode(eventsCsv(events)) },
      ...files,
    ],
    (path) => path.startsWith('images/'),
  );
}
