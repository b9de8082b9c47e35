import type { AnchorView } from '../../domain/detector-head/anchor-view.js';
import type { LearntClass, TeachPreview } from '../../domain/detector-head/teach-class.js';
import { spread } from '../../domain/detector-head/spread.js';
import {
  boxesInView,
  plainView,
  randomViews,
  type View,
} from '../../domain/detector-head/views.js';
import { SightlineError } from '../../domain/errors.js';
import type { BBox } from '../../domain/geometry.js';
import { usableBoxes } from '../../domain/detector-head/drawn-boxes.js';
import { randomNumbers } from '../../domain/random.js';
import { throwIfAborted } from '../../platform/abort.js';
import type { ClassTrainer, Engine } from '../../protocol/index.js';
import { Looker, type ViewMemory } from './looker.js';
import { oneAhead } from './one-ahead.js';
import type { FindPreview } from './types.js';

/** A picture with boxes of the thing drawn in it, or none: the room without it. */
export interface DrawnPicture {
  /** What it is known by to whoever is told of it. */
  readonly id: string;
  /** What was recorded in one go shares it, and is held back together. */
  readonly burst: string;
  /** Opened when its turn comes, and closed after it. */
  open(signal?: AbortSignal): Promise<ImageBitmap>;
  /** In pixels of the picture. */
  readonly boxes: readonly BBox[];
  /** Where something else is: only this part is looked at, once. In pixels of the picture. */
  readonly part?: BBox | undefined;
}

export interface LearnClassInput {
  readonly engine: Pick<Engine, 'anchors'>;
  readonly trainer: ClassTrainer;
  readonly pictures: readonly DrawnPicture[];
  /** Pictures of other things; see `NegativePack`. */
  readonly negatives: readonly DrawnPicture[];
  readonly seed?: number;
  /** Looks that are remembered from one training to the next. */
  readonly memory?: ViewMemory | undefined;
}

/** How far it is. */
export type LearnProgress =
  | { readonly phase: 'looking'; readonly done: number; readonly of: number }
  | {
      readonly phase: 'training';
      readonly fraction: number;
      readonly loss: number;
      readonly preview: FindPreview | undefined;
    };

export interface LearnClassCall {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LearnProgress) => void) | undefined;
}

/** Numbers for names, in the order in which they are asked for. */
function numbering(): (name: string) => number {
  const numbers = new Map<string, number>();
  return (name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
}

/** Random views of each picture besides the plain one: with the thing, and without. */
const VIEWS = 9;
const NEGATIVE_VIEWS = 1;
/** Views that are kept in memory, at a good half megabyte each; half of them at most with the thing. */
const MOST_VIEWS = 250;

/** What was learnt, and what it was not learnt from. */
export interface LearntFromPictures extends LearntClass {
  /** Pictures of the thing that there was no room for. */
  readonly unusedPictures: number;
  /** Boxes that show nothing, everything, or the same as another one. */
  readonly unusableBoxes: number;
}

/**
 * Teaches a class that the network does not have: looks at all pictures, in
 * several views each, and trains on what the network knows at every anchor. Where
 * there are more pictures than there is room for, those that differ most are taken.
 *
 * A training that is cancelled when it is under way ends with what it has learnt so far.
 *
 * @throws SightlineError `training-failed` when no usable box was drawn, `aborted`, or
 *   why the engine, the trainer or a picture failed.
 */
export async function learnClass(
  { engine, trainer, pictures, negatives, memory, seed = 1 }: LearnClassInput,
  { signal, onProgress }: LearnClassCall = {},
): Promise<LearntFromPictures> {
  const random = randomNumbers(seed);
  const drawn = pictures.filter(({ boxes }) => boxes.length > 0);
  const empty = [...pictures.filter(({ boxes }) => boxes.length === 0), ...negatives];
  const shown = spread(drawn, MOST_VIEWS / 2, random);
  const others = spread(empty, MOST_VIEWS / 2, random);
  const room = MOST_VIEWS - others.length;
  const views = viewsFor(shown.length, room, VIEWS);
  const silentViews = viewsFor(
    others.length,
    MOST_VIEWS - shown.length * (1 + views),
    NEGATIVE_VIEWS,
  );
  const of = shown.length + others.length;
  let [done, unusableBoxes] = [0, 0];
  const looker = new Looker(engine, memory);
  const groupOf = numbering();
  const look = async (
    picture: DrawnPicture,
    bitmap: ImageBitmap,
    number: number,
    count: number,
  ): Promise<AnchorView[]> => {
    const boxes = usableBoxes(picture.boxes, bitmap);
    unusableBoxes += picture.boxes.length - boxes.length;
    if (picture.boxes.length > 0 && boxes.length === 0) return [];
    const views = viewsOf(picture, bitmap, boxes, count, seed);
    const seen = await looker.look(picture.id, bitmap, views, signal);
    const group = groupOf(picture.burst);
    return views.flatMap((view, at) => {
      const what = seen[at];
      return what ? { ...what, drawn: boxesInView(boxes, view), picture: number, group } : [];
    });
  };
  const lookAtAll = async (all: readonly DrawnPicture[], count: number): Promise<AnchorView[]> => {
    const seen: AnchorView[] = [];
    const pictures = oneAhead(all, (picture) => opened(picture, signal), closeBitmap);
    let number = 0;
    for await (const [picture, bitmap] of pictures) {
      throwIfAborted(signal);
      if (bitmap) seen.push(...(await look(picture, bitmap, number, count)));
      onProgress?.({ phase: 'looking', done: ++done, of });
      number++;
    }
    return seen;
  };
  const examples = await lookAtAll(shown, views);
  if (examples.every((view) => view.drawn.length === 0)) {
    throw new SightlineError('training-failed', 'no usable box');
  }
  const silent = await lookAtAll(others, silentViews);
  await looker.settled();
  const network = await looker.network(signal);
  const learnt = await trainer.teachClass(
    { network, examples, negatives: silent, options: { seed } },
    {
      signal,
      onProgress: ({ preview, ...rest }) =>
        onProgress?.({ phase: 'training', ...rest, preview: preview && named(preview, shown) }),
    },
  );
  return { ...learnt, unusedPictures: drawn.length - shown.length, unusableBoxes };
}

/** Random views of each picture, as far as there is room. */
function viewsFor(pictures: number, room: number, wanted: number): number {
  return Math.max(0, Math.min(wanted, Math.floor(room / Math.max(1, pictures)) - 1));
}

/** The same ones each time, whatever other pictures there are, so that they can be remembered. */
function viewsOf(
  { id, part }: DrawnPicture,
  bitmap: ImageBitmap,
  boxes: readonly BBox[],
  count: number,
  seed: number,
): View[] {
  const plain = plainView(bitmap);
  if (part !== undefined) return [{ ...plain, region: part }];
  return [plain, ...randomViews(bitmap, boxes, count, randomNumbers(seedOf(id, seed)))];
}

/** FNV-1a. */
function seedOf(name: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Pictures by their names. */
function named(
  { step, ap50, pictures }: TeachPreview,
  shown: readonly DrawnPicture[],
): FindPreview {
  return {
    step,
    ap50,
    pictures: pictures.map(({ picture, drawn, found }) => ({
      pictureId: shown[picture]?.id ?? '',
      drawn,
      found,
    })),
  };
}

/** What is gone, or cannot be fetched now, is done without. */
async function opened(
  picture: DrawnPicture,
  signal: AbortSignal | undefined,
): Promise<ImageBitmap | undefined> {
  return picture.open(signal).catch(() => {
    throwIfAborted(signal);
    return undefined;
  });
}

function closeBitmap(bitmap: ImageBitmap | undefined): void {
  bitmap?.close();
}
