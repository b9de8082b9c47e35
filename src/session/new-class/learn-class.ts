import type { AnchorView } from '../../domain/detector-head/anchor-view.js';
import type { LearntClass, TeachPreview } from '../../domain/detector-head/teach-class.js';
import { boxesInView } from '../../domain/detector-head/views.js';
import { SightlineError } from '../../domain/errors.js';
import { throwIfAborted } from '../../platform/abort.js';
import type { ClassTrainer, Engine } from '../../protocol/index.js';
import { planLooks, VIEW_SEED, type DrawnPicture, type PlannedLooks } from './look-plan.js';
import { Looker, type ViewMemory } from './looker.js';
import { oneAhead } from './one-ahead.js';
import type { FindPreview } from './types.js';

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
  { engine, trainer, pictures, negatives, memory, seed = VIEW_SEED }: LearnClassInput,
  { signal, onProgress }: LearnClassCall = {},
): Promise<LearntFromPictures> {
  const { shown, others } = planLooks(pictures, negatives, seed);
  const of = shown.pictures.length + others.pictures.length;
  let [done, unusableBoxes] = [0, 0];
  const drawn = pictures.filter(({ boxes }) => boxes.length > 0).length;
  const looker = new Looker(engine, memory);
  const groupOf = numbering();
  const look = async (
    picture: DrawnPicture,
    bitmap: ImageBitmap,
    number: number,
    count: number,
  ): Promise<AnchorView[]> => {
    const { boxes, looks } = await looker.look(picture, bitmap, count, seed, signal);
    unusableBoxes += picture.boxes.length - boxes.length;
    const group = groupOf(picture.burst);
    return looks.map(({ view, seen }) => {
      return { ...seen, drawn: boxesInView(boxes, view), picture: number, group };
    });
  };
  const lookAtAll = async ({ pictures: all, views }: PlannedLooks): Promise<AnchorView[]> => {
    const seen: AnchorView[] = [];
    const pictures = oneAhead(all, (picture) => opened(picture, signal), closeBitmap);
    let number = 0;
    for await (const [picture, bitmap] of pictures) {
      throwIfAborted(signal);
      if (bitmap) seen.push(...(await look(picture, bitmap, number, views)));
      onProgress?.({ phase: 'looking', done: ++done, of });
      number++;
    }
    return seen;
  };
  const examples = await lookAtAll(shown);
  if (examples.every((view) => view.drawn.length === 0)) {
    throw new SightlineError('training-failed', 'no usable box');
  }
  const silent = await lookAtAll(others);
  await looker.settled();
  const network = await looker.network(signal);
  const learnt = await trainer.teachClass(
    { network, examples, negatives: silent, options: { seed } },
    {
      signal,
      onProgress: ({ preview, ...rest }) =>
        onProgress?.({
          phase: 'training',
          ...rest,
          preview: preview && named(preview, shown.pictures),
        }),
    },
  );
  return { ...learnt, unusedPictures: drawn - shown.pictures.length, unusableBoxes };
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
