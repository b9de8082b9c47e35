import { UNKNOWN } from '../../domain/head.js';
import { negativeBoxes, negativesFor, type NegativePicture } from '../../domain/negatives.js';
import type { Lesson } from '../../domain/teach/lesson.js';
import { throwIfAborted } from '../../platform/abort.js';
import type { FeatureBank, FillCall, MapChoice } from './feature-bank.js';
import { extractorOf, isUsable, joinRow, splitRow } from './feature-rows.js';
import type { TeachHeadStore } from './head-keeper.js';

/** Photographs that come with the app and show many things, none of them the person's. */
export interface NegativeSource {
  pictures(): Promise<readonly NegativePicture[]>;
  open(picture: NegativePicture, signal?: AbortSignal): Promise<ImageBitmap>;
}

/** What a head must be silent at though nobody recorded it: looked at once, and kept. */
export class BundledNegatives {
  readonly #source: NegativeSource;
  readonly #store: TeachHeadStore;
  readonly #bank: FeatureBank;
  /** Rows of the boxes of a picture, by extractor and picture. */
  readonly #rows = new Map<string, readonly Float32Array[]>();
  /** Looks under way, so that nobody looks at a picture twice. */
  readonly #looks = new Map<string, Promise<readonly Float32Array[]>>();

  constructor(source: NegativeSource, store: TeachHeadStore, bank: FeatureBank) {
    this.#source = source;
    this.#store = store;
    this.#bank = bank;
  }

  /**
   * Lessons of silence. Mirror images of the bundled pictures were tried, and taught
   * nothing more. Pictures that cannot be had, as in a browser that is offline
   * and has not stored them yet, are left out.
   *
   * @param labels What is taught: pictures of such things are left out too.
   * @throws SightlineError `aborted`, or why the engine could not look.
   */
  async lessons(
    labels: readonly string[],
    choice: MapChoice,
    { signal, onProgress }: FillCall = {},
  ): Promise<Lesson[]> {
    const all = await this.#source.pictures().catch(() => []);
    const pictures = negativesFor(all, labels);
    const lessons: Lesson[] = [];
    for (const [index, picture] of pictures.entries()) {
      onProgress?.(index, pictures.length);
      throwIfAborted(signal);
      const rows = await this.#look(picture, choice);
      const image = `bundled ${picture.path}`;
      rows.forEach((features, box) => {
        if (!isUsable(features)) return;
        const id = `${image} ${String(box)}`;
        lessons.push({
          id,
          label: UNKNOWN,
          features,
          burst: image,
          image,
        });
      });
    }
    return lessons;
  }

  /** One row for each box; none where the picture cannot be had. */
  #look(picture: NegativePicture, choice: MapChoice): Promise<readonly Float32Array[]> {
    const key = [choice.model, ...choice.maps, picture.sha256].join();
    const known = this.#looks.get(key);
    if (known !== undefined) return known;
    const look = this.#lookNow(picture, choice).finally(() => {
      this.#looks.delete(key);
    });
    this.#looks.set(key, look);
    return look;
  }

  async #lookNow(
    picture: NegativePicture,
    { model, maps }: MapChoice,
  ): Promise<readonly Float32Array[]> {
    const keys = maps.map((map) => `${extractorOf(model, map)} ${picture.sha256}`);
    const boxes = negativeBoxes(picture);
    const kept = await Promise.all(keys.map((key) => this.#kept(key)));
    if (kept.every((rows) => rows?.length === boxes.length)) {
      return boxes.flatMap((_, box) => joinRow(kept.map((rows) => rows?.[box])) ?? []);
    }
    const open = await this.#opener(picture);
    if (open === undefined) return [];
    const rows = await this.#bank.inTurn(() => this.#bank.embed(open, boxes, maps));
    const channels = await this.#bank.channels({ model, maps });
    const parts = rows.map((row) => splitRow(row, channels));
    for (const [at, key] of keys.entries()) {
      const own = parts.map((part) => part[at] ?? new Float32Array());
      this.#rows.set(key, own);
      // What cannot be kept is looked at again next time.
      await this.#store.putBundled(key, own).catch(() => undefined);
    }
    return rows;
  }

  /** Gives the picture as often as it is asked for; `undefined` where it cannot be had. */
  async #opener(picture: NegativePicture): Promise<(() => Promise<ImageBitmap>) | undefined> {
    try {
      let first: ImageBitmap | undefined = await this.#source.open(picture);
      return () => {
        const bitmap = first;
        first = undefined;
        return bitmap === undefined ? this.#source.open(picture) : Promise.resolve(bitmap);
      };
    } catch {
      return undefined;
    }
  }

  async #kept(key: string): Promise<readonly Float32Array[] | undefined> {
    const known = this.#rows.get(key) ?? (await this.#store.bundled(key));
    if (known !== undefined) this.#rows.set(key, known);
    return known;
  }
}
