import { SightlineError, toSightlineError } from '../../domain/errors.js';
import type { BBox } from '../../domain/geometry.js';
import { copyPicture } from '../../platform/pictures.js';
import type { Undo } from '../../platform/sample-store.js';
import { frameSize } from '../../platform/snapshot.js';
import type { FrameData } from '../../protocol/index.js';
import type { Keeper } from './keeper.js';
import { newId } from './new-id.js';
import { baseOf, catchOf, type CaughtBox } from './recorder.js';
import { allOf, labelOf, type SampleBook } from './sample-book.js';
import { SkipCounts } from './skip-counts.js';
import type { ImportSummary, LabelledFile } from './types.js';
import type { TeachView } from './view.js';

const NO_FEATURES = { maps: [], channels: [] };

/** Takes photographs as examples: one of each. */
export class PictureAdder {
  readonly #view: TeachView;
  readonly #book: SampleBook;
  readonly #keeper: Keeper;

  constructor({ view, book, keeper }: { view: TeachView; book: SampleBook; keeper: Keeper }) {
    this.#view = view;
    this.#book = book;
    this.#keeper = keeper;
  }

  /**
   * Files that are no pictures are left out and counted.
   *
   * @throws SightlineError When nothing can be stored any more, or there is no
   *   engine; what was taken until then stays.
   */
  async add(files: readonly LabelledFile[]): Promise<ImportSummary> {
    const skipped = new SkipCounts();
    const labels = new Set<string>();
    const undos: Undo[] = [];
    try {
      for (const { file, label: written } of files) {
        const label = labelOf(written);
        const picture = await decoded(file, skipped);
        if (picture === undefined) continue;
        undos.unshift(await this.#addOne(picture, label));
        labels.add(label);
      }
    } finally {
      if (undos.length > 0) this.#book.keepUndo(allOf(undos));
    }
    return { samples: undos.length, labels: labels.size, heads: 0, skipped: skipped.list };
  }

  async #addOne(picture: FrameData, label: string): Promise<Undo> {
    try {
      const { bbox, base } = await this.#objectIn(picture);
      const box: CaughtBox = { kind: 'example', label, bbox, base, row: undefined };
      const rest = { burst: newId(), source: 'photo' as const, features: NO_FEATURES };
      return await this.#keeper.keep(catchOf(picture, [box], rest));
    } finally {
      picture.close();
    }
  }

  /** The surest thing that the detector finds, else everything. */
  async #objectIn(picture: FrameData): Promise<{ bbox: BBox; base: string | undefined }> {
    const options = { maxResults: 1, categoryAllowlist: [], categoryDenylist: [] };
    const { detections } = await this.#view.session.detect(picture, options);
    const [best] = detections;
    if (best !== undefined) return { bbox: best.bbox, base: baseOf(best) };
    const { width, height } = frameSize(picture);
    return { bbox: [0, 0, width, height], base: undefined };
  }
}

/** `undefined`, counted, for what is no picture. */
async function decoded(file: File, skipped: SkipCounts): Promise<FrameData | undefined> {
  try {
    return (await copyPicture(file)).data;
  } catch (thrown) {
    if (!(thrown instanceof SightlineError)) throw toSightlineError(thrown);
    skipped.add(thrown.code);
    return undefined;
  }
}
