import { SightlineError } from '../../domain/errors.js';
import { clipToSize, type BBox } from '../../domain/geometry.js';
import type { Sample } from '../../domain/sample.js';
import type { FrameData } from '../../protocol/index.js';
import type { LiveResult } from '../types.js';
import { newId } from '../teach/new-id.js';
import { pictureOfNow } from '../teach/picture-of-now.js';
import { Carryings } from './carryings.js';
import { propose } from './propose.js';
import { Questions, type QuestionsParts } from './questions.js';
import type { Answer, Labelling, OpenedPicture, Proposal } from './types.js';

export type LabellingParts = QuestionsParts;

const NONE: readonly Proposal[] = [];

/** See `Labelling`. */
export class LiveLabelling implements Labelling {
  readonly #parts: LabellingParts;
  readonly #carryings: Carryings;
  readonly #questions: Questions;

  constructor(parts: LabellingParts) {
    this.#parts = parts;
    this.#carryings = new Carryings(parts);
    this.#questions = new Questions(parts);
  }

  /** Whether frames are wanted with their pictures. */
  get isWatching(): boolean {
    return this.#carryings.isFollowing || this.#questions.isWatching;
  }

  see(result: LiveResult, picture: FrameData | undefined): void {
    if (picture === undefined) return;
    this.#carryings.see(result, picture);
    this.#questions.see(picture);
  }

  /** Another source: what was followed is gone. */
  reset(): void {
    this.#carryings.stop();
    this.#questions.forget();
  }

  dispose(): void {
    this.#questions.dispose();
  }

  setAsking(isOn: boolean): void {
    this.#questions.isOn = isOn;
  }

  answer(id: string, answer: Answer): Promise<void> {
    return this.#questions.answer(id, answer);
  }

  skip(id: string): void {
    this.#questions.skip(id);
  }

  carry(bbox: BBox, label: string): Promise<void> {
    return this.#carryings.begin(bbox, label);
  }

  get carried(): BBox | undefined {
    return this.#carryings.box;
  }

  stopCarrying(): void {
    this.#carryings.stop();
  }

  keepViews(ids: readonly string[]): Promise<void> {
    return this.#carryings.keep(ids);
  }

  async propose(): Promise<readonly Proposal[]> {
    const { view } = this.#parts;
    try {
      return await propose(view, await pictureOfNow(view.session.state));
    } catch {
      // A box can be drawn all the same.
      return NONE;
    }
  }

  async proposeFor(sampleId: string): Promise<readonly Proposal[]> {
    const opened = await this.openPicture(sampleId);
    if (opened === undefined) return NONE;
    try {
      return await propose(this.#parts.view, await createImageBitmap(opened.picture));
    } catch {
      return NONE;
    }
  }

  openPicture(sampleId: string): Promise<OpenedPicture | undefined> {
    if (this.#questions.has(sampleId)) return this.#questions.open(sampleId);
    return this.#parts.withProject(async ({ book }) => {
      const sample = book.samples.find(({ id }) => id === sampleId);
      const stored = sample && (await book.store.picture(sample.pictureId));
      if (sample === undefined || stored === undefined) return undefined;
      const { blob, width, height } = stored;
      return { picture: blob, size: { width, height }, bbox: sample.bbox };
    });
  }

  moveBox(sampleId: string, bbox: BBox): Promise<void> {
    if (this.#questions.has(sampleId)) return this.#questions.answer(sampleId, { bbox });
    return this.#parts.withProject(async ({ book, keeper }) => {
      const sample = book.samples.find(({ id }) => id === sampleId);
      const stored = sample && (await book.store.picture(sample.pictureId));
      if (sample === undefined || stored === undefined) {
        throw new SightlineError('corrupt-image', 'the picture is gone');
      }
      const inside = clipToSize(bbox, stored);
      if (Math.min(inside[2], inside[3]) < 1) throw new SightlineError('nothing-to-see');
      // Everything that is known of the old box is known by its id.
      const moved: Sample = { ...sample, id: newId(), bbox: inside };
      await book.replace(sample.id, moved);
      keeper.fillSoon([moved]);
    });
  }
}
