import type { AnchorView, TaughtNetwork } from './anchor-view.js';
import { plainLoops, type ClassLoops } from './class-loops.js';
import { columnLesson, likestClass } from './class-lessons.js';
import { ClassTraining, type PreparedView } from './class-training.js';
import {
  findReport,
  heldBackAp50,
  type FindReport,
  type HeldBackPicture,
  type ScoredBox,
} from './find-report.js';
import { foldsOf, plainViews } from './folds.js';
import { quietThreshold } from './quiet-threshold.js';
import type { TaughtClass } from './taught-class.js';
import { DEFAULT_COLUMN_OPTIONS, type ColumnOptions } from './train-column.js';
import { TrainingRounds } from './training-rounds.js';

export interface TeachClassInput {
  readonly network: TaughtNetwork;
  readonly examples: readonly AnchorView[];
  readonly negatives: readonly AnchorView[];
  readonly options?: Partial<ColumnOptions>;
}

export interface TeachClassCall {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TeachProgress) => void) | undefined;
  /** Awaited after each step, so that other work gets its turn. */
  readonly pause?: (() => Promise<void>) | undefined;
  /** Plain ones where left out. */
  readonly loops?: ClassLoops | undefined;
}

export interface TeachProgress {
  /** Of the whole, 0 to 1. */
  readonly fraction: number;
  /** Of the last step. */
  readonly loss: number;
  /** The newest preview; `undefined` before the first, and where nothing can be held back. */
  readonly preview: TeachPreview | undefined;
}

/** What is found so far in held-back pictures of the thing. */
export interface TeachPreview {
  /** Steps of the training that it was made after. */
  readonly step: number;
  /** See `FindReport`; by the column alone, without its verifier. */
  readonly ap50: number;
  /** Some of the pictures, the same ones each time. */
  readonly pictures: readonly PreviewedPicture[];
}

export interface PreviewedPicture extends HeldBackPicture {
  /** See `AnchorView`. */
  readonly picture: number;
}

/** What was learnt; with an id and a name it is a `TaughtClass`. */
export interface LearntClass extends Pick<
  TaughtClass,
  'column' | 'verifier' | 'offset' | 'threshold'
> {
  readonly report: FindReport;
  /** A cancelled training leaves what it had learnt by then. */
  readonly end: 'completed' | 'cancelled';
}

/** Parts that the pictures are divided into; each is held back from one training. */
const FOLDS = 3;
/** Steps between two previews. */
const PREVIEW_STEPS = 10;
/** Pictures that a preview shows, and boxes in each. */
const PREVIEWED = 4;
const PREVIEWED_BOXES = 3;

/** A training beside the one that counts, which judges what was held back from it. */
interface Judge {
  readonly training: ClassTraining;
  /** Plain views only: how a picture is seen live. */
  readonly heldBack: readonly AnchorView[];
}

/**
 * Teaches an SSD a class that it does not have, from a few pictures with drawn
 * boxes: a class column, a verifier, where its boxes lie, a threshold, and how good all that is.
 *
 * Beside the training that counts, others go on in step with it, each without a part
 * of the recordings and of the negatives (cross-validation). What they find in the
 * part that they have not seen is the report, sets the threshold, and decides how long all
 * go on (see `TrainingRounds`).
 *
 * A training that is cancelled ends with what it has learnt so far.
 *
 * @throws DOMException `AbortError` when it was cancelled before it had learnt anything.
 */
export async function teachClass(
  { network, examples, negatives, options: overrides }: TeachClassInput,
  { signal, onProgress, pause, loops = plainLoops(network.layout) }: TeachClassCall = {},
): Promise<LearntClass> {
  const options = { ...DEFAULT_COLUMN_OPTIONS, ...overrides };
  const base = likestClass(network, examples);
  const prepare = (view: AnchorView): PreparedView => ({
    view,
    lesson: columnLesson(network, view, base),
  });
  const [shown, others] = [examples.map(prepare), negatives.map(prepare)];
  const trainingOf = (
    some: readonly PreparedView[],
    silent: readonly PreparedView[],
  ): ClassTraining => new ClassTraining(network, base, some, silent, options, loops);
  const main = trainingOf(shown, others);
  const judges = judgesOf(shown, others, options.seed, trainingOf);
  const trainings = [main, ...judges.map(({ training }) => training)];

  const rounds = new TrainingRounds(options.steps);
  let preview: TeachPreview | undefined;
  while (!rounds.isOver && signal?.aborted !== true) {
    let loss = 0;
    for (const training of trainings) {
      const own = training.advance();
      if (training === main) loss = own;
    }
    const step = rounds.step + 1;
    if (step % PREVIEW_STEPS === 0) preview = previewOf(judges, step) ?? preview;
    rounds.count(preview?.ap50);
    onProgress?.({ fraction: rounds.fraction, loss, preview });
    await pause?.();
  }
  if (rounds.step === 0) throw signal?.reason;

  const looks: HeldBackPicture[] = [];
  for (const { training, heldBack } of judges) {
    for (const view of heldBack) looks.push({ drawn: view.drawn, found: training.look(view) });
  }
  const loudest = looks
    .filter(({ drawn }) => drawn.length === 0)
    .map(({ found }) => found[0]?.score ?? 0);
  return {
    column: { base, weights: Float32Array.from(main.weights) },
    ...main.judgement,
    threshold: quietThreshold(loudest),
    report: findReport(looks),
    end: rounds.isOver ? 'completed' : 'cancelled',
  };
}

/**
 * Trainings to judge by. Where all examples are one recording, all learn from it, and
 * only negatives are held back.
 */
function judgesOf(
  examples: readonly PreparedView[],
  negatives: readonly PreparedView[],
  seed: number,
  trainingOf: (
    examples: readonly PreparedView[],
    negatives: readonly PreparedView[],
  ) => ClassTraining,
): Judge[] {
  const viewsOf = (some: readonly PreparedView[]): AnchorView[] => some.map(({ view }) => view);
  const exampleFolds = foldsOf(viewsOf(examples), FOLDS, seed);
  const negativeFolds = foldsOf(viewsOf(negatives), FOLDS, seed);
  const isOneRecording = exampleFolds.every((fold) => fold === exampleFolds[0]);
  return Array.from({ length: FOLDS }, (_, fold): Judge | undefined => {
    const keptExamples = examples.filter((_, at) => isOneRecording || exampleFolds[at] !== fold);
    const keptNegatives = negatives.filter((_, at) => negativeFolds[at] !== fold);
    const heldBack = [
      ...plainViews(
        viewsOf(examples.filter((_, at) => !isOneRecording && exampleFolds[at] === fold)),
      ),
      ...plainViews(viewsOf(negatives.filter((_, at) => negativeFolds[at] === fold))),
    ];
    if (heldBack.length === 0) return undefined;
    return { training: trainingOf(keptExamples, keptNegatives), heldBack };
  }).filter((judge) => judge !== undefined);
}

function previewOf(judges: readonly Judge[], step: number): TeachPreview | undefined {
  const pictures = judges.flatMap(({ training, heldBack }) =>
    heldBack
      .filter(({ drawn }) => drawn.length > 0)
      .map((view): PreviewedPicture => {
        const { picture, drawn } = view;
        return { picture, drawn, found: training.glance(view) };
      }),
  );
  const ap50 = heldBackAp50(pictures);
  if (ap50 === undefined) return undefined;
  const previewed = pictures
    .toSorted((a, b) => a.picture - b.picture)
    .slice(0, PREVIEWED)
    .map((picture) => ({ ...picture, found: firstBoxes(picture.found) }));
  return { step, ap50, pictures: previewed };
}

function firstBoxes(found: readonly ScoredBox[]): ScoredBox[] {
  return found.slice(0, PREVIEWED_BOXES);
}
