import { isSamePlace } from '../../domain/labelling/carry-box.js';
import { doubtsOf, type Doubt } from '../../domain/labelling/doubts.js';
import type { TaughtClass } from '../../domain/detector-head/taught-class.js';
import type { BBox, Size } from '../../domain/geometry.js';
import { fingerprint, isNearDuplicate, type Look } from '../../domain/quality/near-duplicate.js';
import type { SampleSource } from '../../domain/sample.js';
import { cutOut, frameSize, Snapshot, tinyPixels } from '../../platform/snapshot.js';
import type { FrameData } from '../../protocol/index.js';
import { newId } from '../teach/new-id.js';
import { sampleSource } from '../teach/picture-of-now.js';
import type { Project } from '../teach/project.js';
import type { TeachStore } from '../teach/teach-store.js';
import type { TeachView } from '../teach/view.js';
import type { Answer, OpenedPicture, Question } from './types.js';

export interface QuestionsParts {
  readonly view: TeachView;
  readonly teach: TeachStore;
  /** Runs something on the opened project; what goes wrong is reported. */
  readonly withProject: <T>(work: (project: Project) => Promise<T>) => Promise<T>;
  /** Classes that are looked for now. */
  readonly taught: () => readonly TaughtClass[];
  /** Learns a label anew. */
  readonly learn: (label: string) => Promise<void>;
}

/** Questions that wait at most; a better one takes the place of the one that would teach least. */
const MOST_QUESTIONS = 8;
/** Between two looks for doubts: each costs the engine about one frame. */
const INTERVAL_MS = 1500;
/** After an answer, others may follow before it is learnt. */
const LEARN_AFTER_MS = 4000;
/** Looks that are kept so that nothing is asked twice. */
const MOST_LOOKS = 60;
const TINY: Size = { width: 18, height: 16 };
const NO_FEATURES = { maps: [], channels: [] };

interface Asked extends Question {
  readonly weight: number;
  readonly size: Size;
  readonly bbox: BBox;
  readonly whole: Promise<Blob>;
  readonly source: SampleSource;
}

/** How something looked that was asked about. */
interface Seen {
  readonly label: string;
  readonly bbox: BBox;
  readonly look: Look;
}

/**
 * Active learning: keeps a few pictures that taught classes are least sure about, to
 * be settled by one tap each. They are in memory alone, and forgotten unless somebody
 * answers; an answer is stored as an example or as "not that", and learnt from.
 */
export class Questions {
  readonly #parts: QuestionsParts;
  #isOn = false;
  #isLooking = false;
  #last = -Infinity;
  #asked: readonly Asked[] = [];
  readonly #seen: Seen[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #toLearn = new Set<string>();

  constructor(parts: QuestionsParts) {
    this.#parts = parts;
  }

  /** Whether the next frame is wanted. */
  get isWatching(): boolean {
    const { carrying, recording, finding } = this.#parts.teach.state;
    const isBusy = carrying !== undefined || recording !== undefined;
    const isLearning = finding.phase === 'looking' || finding.phase === 'training';
    const isDue = performance.now() - this.#last >= INTERVAL_MS;
    const mayLook = this.#isOn && !this.#isLooking && !isBusy && !isLearning && isDue;
    return mayLook && this.#parts.taught().length > 0;
  }

  /** Off, nothing is looked at, and what waits is forgotten. */
  set isOn(isOn: boolean) {
    this.#isOn = isOn;
    if (isOn) return;
    this.#show([]);
    this.#learnNow();
  }

  /** Another source or another mode. */
  forget(): void {
    this.#show([]);
  }

  dispose(): void {
    this.#isOn = false;
    clearTimeout(this.#timer);
  }

  see(picture: FrameData): void {
    if (!this.isWatching) return;
    this.#isLooking = true;
    this.#last = performance.now();
    // A look that fails costs a question, and nobody waits for one.
    void this.#look(picture)
      .catch(() => undefined)
      .finally(() => {
        this.#isLooking = false;
      });
  }

  has(id: string): boolean {
    return this.#asked.some((asked) => asked.id === id);
  }

  async open(id: string): Promise<OpenedPicture | undefined> {
    const asked = this.#asked.find((each) => each.id === id);
    return asked && { picture: await asked.whole, size: asked.size, bbox: asked.bbox };
  }

  /** @throws SightlineError Why it could not be stored; the question stays. */
  answer(id: string, answer: Answer): Promise<void> {
    const asked = this.#asked.find((each) => each.id === id);
    if (asked === undefined) return Promise.resolve();
    return this.#parts.withProject(async ({ keeper, book }) => {
      const { label, size, whole, source } = asked;
      const kind = answer === 'no' ? ('negative' as const) : ('example' as const);
      const bbox = typeof answer === 'object' ? answer.bbox : asked.bbox;
      const undo = await keeper.keep({
        snapshot: { size, encode: () => whole },
        boxes: [{ kind, label, base: undefined, bbox, row: undefined }],
        burst: newId(),
        source,
        features: NO_FEATURES,
      });
      book.keepUndo(undo);
      this.#show(this.#asked.filter((each) => each.id !== id));
      this.#toLearn.add(label);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#learnNow();
      }, LEARN_AFTER_MS);
    });
  }

  skip(id: string): void {
    this.#show(this.#asked.filter((each) => each.id !== id));
  }

  async #look(picture: FrameData): Promise<void> {
    const { view, taught, teach } = this.#parts;
    const size = frameSize(picture);
    const snapshot = new Snapshot(picture);
    const copy = await createImageBitmap(picture);
    try {
      const classes = taught();
      const pass = await view.anchors(await createImageBitmap(copy));
      const known = new Set(teach.state.finds.map(({ label }) => label));
      // One question of a picture: the next frame shows the others as well.
      const doubt = doubtsOf(pass, classes, size).find(
        (each) => known.has(each.label) && this.#isNew(copy, each),
      );
      if (doubt === undefined || !this.#isOn) return;
      await this.#ask(doubt, copy, snapshot);
    } finally {
      copy.close();
    }
  }

  async #ask(doubt: Doubt, copy: ImageBitmap, snapshot: Snapshot): Promise<void> {
    const { label, reason, weight, bbox } = doubt;
    const question: Asked = {
      id: newId(),
      label,
      reason,
      weight,
      crop: await cutOut(copy, bbox),
      size: snapshot.size,
      bbox: snapshot.toOwn(bbox),
      whole: snapshot.encode(),
      source: sampleSource(this.#parts.view.session.state),
    };
    this.#seen.push({ label, bbox, look: lookOf(copy, bbox) });
    if (this.#seen.length > MOST_LOOKS) this.#seen.shift();
    // The one that is looked at now stays in its place.
    const [first, ...rest] = [...this.#asked, question];
    rest.sort((a, b) => b.weight - a.weight);
    this.#show([first, ...rest.slice(0, MOST_QUESTIONS - 1)]);
  }

  #isNew(picture: ImageBitmap, { label, bbox }: Doubt): boolean {
    if (Math.min(bbox[2], bbox[3]) < 12) return false;
    const look = lookOf(picture, bbox);
    return !this.#seen.some(
      (seen) =>
        seen.label === label && isSamePlace(seen.bbox, bbox) && isNearDuplicate(seen.look, look),
    );
  }

  #learnNow(): void {
    clearTimeout(this.#timer);
    const labels = [...this.#toLearn];
    this.#toLearn.clear();
    void this.#learn(labels);
  }

  /** One after the other. */
  async #learn(labels: readonly string[]): Promise<void> {
    const { teach, learn } = this.#parts;
    for (const label of labels) {
      // What was taken away meanwhile is not learnt again; what goes wrong is reported.
      const isFound = teach.state.finds.some((found) => found.label === label);
      if (isFound) await learn(label).catch(() => undefined);
    }
  }

  #show(asked: readonly Asked[]): void {
    if (asked.length === 0 && this.#asked.length === 0) return;
    this.#asked = asked;
    this.#parts.teach.set({ questions: asked });
  }
}

function lookOf(picture: FrameData, bbox: BBox): Look {
  return { fingerprint: fingerprint(tinyPixels(picture, TINY, bbox), TINY.width, TINY.height) };
}
