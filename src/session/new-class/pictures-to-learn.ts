import type { LabelLessons } from '../../domain/detector-head/lessons-of-samples.js';
import { spread } from '../../domain/detector-head/spread.js';
import { SightlineError } from '../../domain/errors.js';
import { negativesFor } from '../../domain/negatives.js';
import { randomNumbers } from '../../domain/random.js';
import type { ViewStore } from '../../platform/view-store.js';
import type { NegativeSource } from '../teach/bundled-negatives.js';
import type { SampleBook } from '../teach/sample-book.js';
import type { LearnClassInput } from './learn-class.js';
import type { DrawnPicture } from './look-plan.js';
import type { ViewMemory } from './looker.js';

/** Other things that were taught, each looked at by itself; at most so many. */
const MOST_OTHERS = 40;

/** The stored pictures of a label, and those without it. */
function storedPictures(book: SampleBook, { pictures }: LabelLessons): DrawnPicture[] {
  return pictures.map(({ pictureId, burst, boxes }) => ({
    id: pictureId,
    burst,
    open: () => openStored(book, pictureId),
    boxes,
  }));
}

/** Things that go by other labels. */
function storedOthers(book: SampleBook, { others }: LabelLessons): DrawnPicture[] {
  return spread(others, MOST_OTHERS, randomNumbers(1)).map(({ pictureId, burst, part }) => ({
    id: pictureId,
    burst,
    open: () => openStored(book, pictureId),
    boxes: [],
    part,
  }));
}

/** Pictures that cannot be had, as offline before they are stored, are done without. */
async function bundledPictures(source: NegativeSource, label: string): Promise<DrawnPicture[]> {
  const all = await source.pictures().catch(() => []);
  return negativesFor(all, [label]).map((picture) => ({
    id: picture.path,
    burst: picture.path,
    open: (signal) => source.open(picture, signal),
    boxes: [],
  }));
}

/** Where pictures and what was seen in them come from. */
export interface PictureSources {
  readonly negatives: NegativeSource;
  /** See `ViewMemory`; `undefined` while no model is loaded. */
  readonly eyes: () => string | undefined;
  /** Where what was seen is kept; `undefined` where nothing can be kept. */
  readonly views: () => Promise<ViewStore | undefined>;
}

/** What is looked at to learn a label. */
export async function picturesToLearn(
  sources: PictureSources,
  book: SampleBook,
  lessons: LabelLessons,
  label: string,
): Promise<Pick<LearnClassInput, 'pictures' | 'negatives' | 'memory'>> {
  const bundled = await bundledPictures(sources.negatives, label);
  return {
    pictures: storedPictures(book, lessons),
    negatives: [...storedOthers(book, lessons), ...bundled],
    memory: await viewMemory(sources, book),
  };
}

/** What was seen before; what was seen in pictures that are gone is forgotten. */
export async function viewMemory(
  { negatives, eyes, views }: PictureSources,
  book: SampleBook,
): Promise<ViewMemory | undefined> {
  const store = await views();
  if (store === undefined) return undefined;
  const known = new Set(book.samples.map(({ pictureId }) => pictureId));
  for (const { path } of await negatives.pictures().catch(() => [])) known.add(path);
  await store.keepOnly((id) => known.has(id)).catch(() => undefined);
  const model = eyes();
  return model === undefined ? undefined : { store, eyes: model };
}

async function openStored(book: SampleBook, pictureId: string): Promise<ImageBitmap> {
  const picture = await book.store.picture(pictureId);
  if (picture === undefined) throw new SightlineError('corrupt-image', 'the picture is gone');
  return createImageBitmap(picture.blob);
}
