import { throwIfAborted, wait } from '../../platform/abort.js';
import type { Engine } from '../../protocol/index.js';
import { planLooks, VIEW_SEED, type DrawnPicture } from './look-plan.js';
import { Looker, type ViewMemory } from './looker.js';

export interface LookAheadInput {
  readonly pictures: readonly DrawnPicture[];
  readonly negatives: readonly DrawnPicture[];
  readonly memory: ViewMemory;
}

/** Milliseconds: pictures of one recording come faster. */
const QUIET = 500;

/**
 * Looks at the pictures that something is going to be learnt from while somebody still
 * draws boxes: most of the time of learning is looking, and what was seen is remembered.
 */
export class LookAhead {
  readonly #engine: Pick<Engine, 'anchors'>;
  readonly #quiet: number;
  /** Random views that there are of a picture, by it, its boxes and the model. */
  readonly #seen = new Map<string, number>();
  #abort: AbortController | undefined;

  /** @param quiet Milliseconds until it begins, unless there is more by then. */
  constructor(engine: Pick<Engine, 'anchors'>, quiet = QUIET) {
    this.#engine = engine;
    this.#quiet = quiet;
  }

  /**
   * Looks at what has not been looked at yet, in place of what it was at. Nobody is told of
   * what goes wrong: it is looked at once more when it is learnt from.
   *
   * @param gather What is to be looked at; `undefined` where nothing can be remembered.
   */
  async begin(gather: () => Promise<LookAheadInput | undefined>): Promise<void> {
    this.stop();
    const { signal } = (this.#abort = new AbortController());
    try {
      await wait(this.#quiet, signal);
      const input = await gather();
      if (input !== undefined) await this.#look(input, signal);
    } catch {
      return;
    }
  }

  stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  /** What was seen is kept no longer. */
  forget(): void {
    this.stop();
    this.#seen.clear();
  }

  async #look({ pictures, negatives, memory }: LookAheadInput, signal: AbortSignal): Promise<void> {
    const { shown, others } = planLooks(pictures, negatives, VIEW_SEED);
    const looker = new Looker(this.#engine, memory);
    for (const { pictures: some, views } of [shown, others]) {
      for (const picture of some) {
        const key = JSON.stringify([memory.eyes, picture.id, picture.boxes, picture.part]);
        if ((this.#seen.get(key) ?? -1) >= views) continue;
        throwIfAborted(signal);
        const bitmap = await picture.open(signal).catch(() => undefined);
        if (bitmap === undefined) continue;
        try {
          await looker.look(picture, bitmap, views, VIEW_SEED, signal);
        } finally {
          bitmap.close();
        }
        this.#seen.set(key, views);
      }
    }
    await looker.settled();
  }
}
