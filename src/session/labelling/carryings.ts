import type { BBox } from '../../domain/geometry.js';
import type { SampleSource } from '../../domain/sample.js';
import type { Undo } from '../../platform/sample-store.js';
import type { FrameData } from '../../protocol/index.js';
import { newId } from '../teach/new-id.js';
import { openSource, pictureOfNow, sampleSource } from '../teach/picture-of-now.js';
import type { Project } from '../teach/project.js';
import { allOf, labelOf } from '../teach/sample-book.js';
import type { TeachStore } from '../teach/teach-store.js';
import type { TeachView } from '../teach/view.js';
import type { LiveResult } from '../types.js';
import { Carrier, MOST_VIEWS } from './carrier.js';
import type { Carrying } from './types.js';

export interface CarryingsParts {
  readonly view: TeachView;
  readonly teach: TeachStore;
  /** Runs something on the opened project; what goes wrong is reported. */
  readonly withProject: <T>(work: (project: Project) => Promise<T>) => Promise<T>;
}

const NO_FEATURES = { maps: [], channels: [] };

/**
 * From one drawn box to views of what is in it, and from those that are confirmed to
 * samples. Views that wait for a yes are in memory alone.
 */
export class Carryings {
  readonly #parts: CarryingsParts;
  #carrier: Carrier | undefined;
  #phase: Carrying['phase'] = 'following';
  #source: SampleSource = 'camera';

  constructor(parts: CarryingsParts) {
    this.#parts = parts;
  }

  get isFollowing(): boolean {
    return this.#carrier !== undefined && this.#phase === 'following';
  }

  get box(): BBox | undefined {
    return this.isFollowing ? this.#carrier?.box : undefined;
  }

  /** @throws SightlineError `nothing-to-see`, `nothing-to-follow` or `label-missing`. */
  begin(bbox: BBox, written: string): Promise<void> {
    return this.#parts.withProject(async ({ recordings }) => {
      const label = labelOf(written);
      const { state } = this.#parts.view.session;
      openSource(state);
      await recordings.stop();
      const picture = await pictureOfNow(state);
      try {
        const carrier: Carrier = new Carrier(label, picture, bbox, {
          changed: () => {
            if (this.#carrier === carrier) this.#follow(carrier);
          },
        });
        this.#carrier = carrier;
        this.#phase = 'following';
        this.#source = sampleSource(state);
        this.#show();
      } finally {
        picture.close();
      }
    });
  }

  see(result: LiveResult, picture: FrameData): void {
    if (this.isFollowing) this.#carrier?.see(result, picture);
  }

  stop(): void {
    if (!this.isFollowing) return;
    this.#phase = 'review';
    this.#show();
  }

  keep(ids: readonly string[]): Promise<void> {
    const carrier = this.#carrier;
    if (carrier === undefined) return Promise.resolve();
    return this.#parts.withProject(async ({ keeper, book }) => {
      await carrier.settled();
      const burst = newId();
      const undos: Undo[] = [];
      try {
        for (const { id, bbox, size, whole } of carrier.views) {
          if (!ids.includes(id)) continue;
          const box = { kind: 'example', label: carrier.label, base: undefined } as const;
          const caught = {
            snapshot: { size, encode: () => whole },
            boxes: [{ ...box, bbox, row: undefined }],
            burst,
            source: this.#source,
            features: NO_FEATURES,
          };
          undos.unshift(await keeper.keep(caught));
        }
      } catch (thrown) {
        // All or nothing, so that a second try does not store some of them twice.
        for (const undo of undos) await undo();
        await book.read();
        throw thrown;
      }
      if (undos.length > 0) book.keepUndo(allOf(undos));
      this.#carrier = undefined;
      this.#show();
    });
  }

  #follow(carrier: Carrier): void {
    if (carrier.isFull) this.#phase = 'review';
    this.#show();
  }

  #show(): void {
    const carrier = this.#carrier;
    this.#parts.teach.set({
      carrying: carrier && {
        label: carrier.label,
        phase: this.#phase,
        views: carrier.views,
        most: MOST_VIEWS,
        trouble: carrier.trouble,
      },
    });
  }
}
