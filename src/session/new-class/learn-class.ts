import type { AnchorView, TaughtNetwork } from '../../domain/detector-head/anchor-view.js';
import type { LearntClass, TeachPreview } from '../../domain/detector-head/teach-class.js';
import { boxesInView, plainView, randomViews } from '../../domain/detector-head/views.js';
import { SightlineError } from '../../domain/errors.js';
import type { BBox } from '../../domain/geometry.js';
import { usableBoxes } from '../../domain/detector-head/drawn-boxes.js';
import { randomNumbers, shuffled } from '../../domain/random.js';
import { throwIfAborted } from '../../platform/abort.js';
import { renderView } from '../../platform/render-view.js';
import type { ClassTrainer, Engine } from '../../protocol/index.js';
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
}

export interface LearnClassInput {
  readonly engine: Pick<Engine, 'anchors'>;
  readonly trainer: ClassTrainer;
  readonly pictures: readonly DrawnPicture[];
  /** Pictures of other things; see `NegativePack`. */
  readonly negatives: readonly DrawnPicture[];
  readonly seed?: number;
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

/** Random views of each picture besides the plain one. */
const VIEWS = 4;
/** Views that are kept in memory, at a good half megabyte each. */
const MOST_VIEWS = 250;

/**
 * Teaches a class that the network does not have: looks at all pictures, in
 * several views each, and trains on what the network knows at every anchor.
 *
 * A training that is cancelled when it is under way ends with what it has learnt so far.
 *
 * @throws SightlineError `training-failed` when no usable box was drawn, `aborted`, or
 *   why the engine, the trainer or a picture failed.
 */
export async function learnClass(
  { engine, trainer, pictures, negatives, seed = 1 }: LearnClassInput,
  { signal, onProgress }: LearnClassCall = {},
): Promise<LearntClass> {
  const random = randomNumbers(seed);
  const drawn = pictures.filter(({ boxes }) => boxes.length > 0);
  const empty = [...pictures.filter(({ boxes }) => boxes.length === 0), ...negatives];
  const shown = shuffled(drawn, random).slice(0, MOST_VIEWS / 2);
  const others = shuffled(empty, random).slice(0, MOST_VIEWS / 2);
  const perPicture = Math.min(VIEWS, Math.floor((MOST_VIEWS - others.length) / shown.length) - 1);
  const of = shown.length + others.length;
  let done = 0;
  let network: TaughtNetwork | undefined;
  const groupOf = numbering();
  const look = async (
    picture: DrawnPicture,
    number: number,
    count: number,
  ): Promise<AnchorView[]> => {
    throwIfAborted(signal);
    const bitmap = await opened(picture, signal);
    if (bitmap === undefined) return [];
    try {
      const boxes = usableBoxes(picture.boxes, bitmap);
      if (picture.boxes.length > 0 && boxes.length === 0) return [];
      const views: AnchorView[] = [];
      for (const view of [plainView(bitmap), ...randomViews(bitmap, boxes, count, random)]) {
        const pass = await engine.anchors(renderView(bitmap, view), { signal });
        network ??= pass.network;
        const { features, logits } = pass;
        const drawn = boxesInView(boxes, view);
        const group = groupOf(picture.burst);
        views.push({ features, logits, boxes: pass.boxes, drawn, picture: number, group });
      }
      return views;
    } finally {
      bitmap.close();
      onProgress?.({ phase: 'looking', done: ++done, of });
    }
  };
  const examples: AnchorView[] = [];
  for (const [number, picture] of shown.entries()) {
    examples.push(...(await look(picture, number, Math.max(0, perPicture))));
  }
  if (network === undefined || examples.every((view) => view.drawn.length === 0)) {
    throw new SightlineError('training-failed', 'no usable box');
  }
  const silent: AnchorView[] = [];
  for (const [number, picture] of others.entries()) {
    silent.push(...(await look(picture, number, 0)));
  }
  return trainer.teachClass(
    { network, examples, negatives: silent, options: { seed } },
    {
      signal,
      onProgress: ({ preview, ...rest }) =>
        onProgress?.({ phase: 'training', ...rest, preview: preview && named(preview, shown) }),
    },
  );
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
