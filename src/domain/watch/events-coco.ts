import { formatCoco } from '../data-set/coco.js';
import type { LabelledBox, LabelledImage } from '../data-set/data-set.js';
import type { Size } from '../geometry.js';
import type { WatchEvent } from './events.js';

/** A picture that is kept of an event. */
export interface EventImage {
  /** Path in the zip. */
  readonly fileName: string;
  /** Pixels of the picture, which may be smaller than the frame was. */
  readonly size: Size;
}

/**
 * Events as COCO JSON: one image for each frame in which something happened, with a box for
 * each thing that did something there.
 *
 * @param imageOf The picture of an event, where one is kept. Without any, images carry the name
 *   of the moment, which leads to no file: boxes and labels are all there is.
 */
export function eventsCoco(
  events: readonly WatchEvent[],
  imageOf?: (event: WatchEvent) => EventImage | undefined,
): string {
  const images = new Map<string, { size: Size; boxes: Map<string, LabelledBox> }>();
  for (const event of events) {
    const occasion = event.kind === 'rule-fired' ? event.occasion : event;
    if (occasion === undefined) continue;
    const { frame, trackId, label, bbox } = occasion;
    const image = imageOf === undefined ? unseen(event.time, frame) : imageOf(event);
    if (image === undefined || frame.width <= 0 || frame.height <= 0) continue;
    const known = images.get(image.fileName) ?? { size: image.size, boxes: new Map() };
    images.set(image.fileName, known);
    const [across, down] = [known.size.width / frame.width, known.size.height / frame.height];
    const [x, y, width, height] = bbox;
    // A rule fires for what entered in the same frame: that is one box.
    known.boxes.set(`${String(trackId)} ${label}`, {
      label,
      bbox: [x * across, y * down, width * across, height * down],
    });
  }
  return formatCoco(
    [...images].map(([fileName, { size, boxes }]): LabelledImage => ({
      fileName,
      size,
      boxes: [...boxes.values()],
    })),
  );
}

function unseen(time: number, size: Size): EventImage {
  const moment = new Date(time).toISOString().replaceAll(':', '-');
  return { fileName: `${moment}-${String(size.width)}x${String(size.height)}.jpg`, size };
}
