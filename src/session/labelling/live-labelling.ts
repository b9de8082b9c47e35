import { SightlineError } from '../../domain/errors.js';
import { clipToSize, type BBox } from '../../domain/geometry.js';
import type { Sample } from '../../domain/sample.js';
import type { FrameData } from '../../protocol/index.js';
import type { LiveResult } from '../types.js';
import type { Project } from '../teach/project.js';
import { newId } from '../teach/new-id.js';
import { pictureOfNow } from '../teach/picture-of-now.js';
import type { TeachStore } from '../teach/teach-store.js';
import type { TeachView } from '../teach/view.js';
import { Carryings } from './carryings.js';
import { propose } from './propose.js';
import type { Labelling, OpenedPicture, Proposal } from './types.js';

export interface LabellingParts {
  readonly view: TeachView;
  readonly teach: TeachStore;
  /** Runs something on the opened project; what goes wrong is reported. */
  readonly withProject: <T>(work: (project: Project) => Promise<T>) => Promise<T>;
}

const NONE: readonly Proposal[] = [];

/** See `Labelling`. */
export class LiveLabelling implements Labelling {
  readonly #parts: LabellingParts;
  readonly #carryings: Carryings;

  constructor(parts: LabellingParts) {
    this.#parts = parts;
    this.#carryings = new Carryings(parts);
  }

  /** Whether frames are wanted with their pictures. */
  get isWatching(): boolean {
    return this.#carryings.isFollowing;
  }

  see(result: LiveResult, picture: FrameData | undefined): void {
    if (picture !== undefined) this.#carryings.see(result, picture);
  }

  /** Another source: what was followed is gone. */
  reset(): void {
    this.#carryings.stop();
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
    return this.#parts.withProject(async ({ book }) => {
      const sample = book.samples.find(({ id }) => id === sampleId);
      const stored = sample && (await book.store.picture(sample.pictureId));
      if (sample === undefined || stored === undefined) return undefined;
      const { blob, width, height } = stored;
      return { picture: blob, size: { width, height }, bbox: sample.bbox };
    });
  }

  moveBox(sampleId: string, bbox: BBox): Promise<void> {
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
