import type { LabelLessons } from '../../domain/detector-head/lessons-of-samples.js';
import { spread } from '../../domain/detector-head/spread.js';
import { SightlineError } from '../../domain/errors.js';
import { negativesFor } from '../../domain/negatives.js';
import { randomNumbers } from '../../domain/random.js';
import type { ViewStore } from '../../platform/view-store.js';
import type { NegativeSource } from '../teach/bundled-negatives.js';
import type { SampleBook } from '../teach/sample-book.js';
import type { DrawnPicture } from './look-plan.js';
import type { ViewMemory } from './looker.js';

/** Other things that were taught, each looked at by itself; at most so many. */
const MOST_OTHERS = 40;

/** The stored pictures of a label, and those without it. */
export function storedPictures(book: SampleBook, { pictures }: LabelLessons): DrawnPicture[] {
  return pictures.map(({ pictureId, burst, boxes }) => ({
    id: pictureId,
    burst,
    open: () => openStored(book, pictureId),
    boxes,
  }));
}

/** Things that go by other labels. */
export function storedOthers(book: SampleBook, { others }: LabelLessons): DrawnPicture[] {
  return spread(others, MOST_OTHERS, randomNumbers(1)).map(({ pictureId, burst, part }) => ({
    id: pictureId,
    burst,
    open: () => openStored(book, pictureId),
    boxes: [],
    part,
  }));
}

/** Pictures that cannot be had, as offline before they are stored, are done without. */
export async function bundledPictures(
  source: NegativeSource,
  label: string,
): Promise<DrawnPicture[]> {
  const all = await source.pictures().catch(() => []);
  return negativesFor(all, [label]).map((picture) => ({
    id: picture.path,
    burst: picture.path,
    open: (signal) => source.open(picture, signal),
    boxes: [],
  }));
}

/**
 * What was seen before; what was seen in pictures that are gone is forgotten.
 *
 * @param eyes See `ViewMemory`.
 */
export async function viewMemory(
  store: ViewStore | undefined,
  eyes: string | undefined,
  book: SampleBook,
  source: NegativeSource,
): Promise<ViewMemory | undefined> {
  if (store === undefined || eyes === undefined) return undefined;
  const known = new Set(book.samples.map(({ pictureId }) => pictureId));
  for (const { path } of await source.pictures().catch(() => [])) known.add(path);
  await store.keepOnly((id) => known.has(id)).catch(() => undefined);
  return { store, eyes };
}

async function openStored(book: SampleBook, pictureId: string): Promise<ImageBitmap> {
  const picture = await book.store.picture(pictureId);
  if (picture === undefined) throw new SightlineError('corrupt-image', 'the picture is gone');
  return createImageBitmap(picture.blob);
}
