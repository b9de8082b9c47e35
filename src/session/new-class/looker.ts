import type { TaughtNetwork } from '../../domain/detector-head/anchor-view.js';
import { usableBoxes } from '../../domain/detector-head/drawn-boxes.js';
import type { View } from '../../domain/detector-head/views.js';
import type { BBox } from '../../domain/geometry.js';
import { renderView } from '../../platform/render-view.js';
import type { SeenView, ViewKey, ViewStore } from '../../platform/view-store.js';
import type { Engine } from '../../protocol/index.js';
import { viewsOf, type DrawnPicture } from './look-plan.js';

/** Where views are kept, and for whose eyes. */
export interface ViewMemory {
  readonly store: Pick<ViewStore, 'get' | 'put'>;
  /** The model that looks, in the precision that it has: another one sees otherwise. */
  readonly eyes: string;
}

/** A view that can be looked at. */
interface ReadyView {
  readonly key: ViewKey;
  /** What was seen before, or else the view as a picture. */
  readonly look: SeenView | ImageBitmap;
}

/** What the network saw in a view. */
export interface LookedView {
  readonly view: View;
  readonly seen: SeenView;
}

/** Has the network look at views of pictures, or remembers what it saw. */
export class Looker {
  readonly #engine: Pick<Engine, 'anchors'>;
  readonly #memory: ViewMemory | undefined;
  #network: TaughtNetwork | undefined;
  readonly #remembering = new Set<Promise<void>>();

  constructor(engine: Pick<Engine, 'anchors'>, memory: ViewMemory | undefined) {
    this.#engine = engine;
    this.#memory = memory;
  }

  /** What looks. */
  async network(signal?: AbortSignal): Promise<TaughtNetwork> {
    if (this.#network === undefined) {
      // All was remembered: any picture will do.
      const blank = await createImageBitmap(new ImageData(8, 8));
      this.#network = (await this.#engine.anchors(blank, { signal })).network;
    }
    return this.#network;
  }

  /**
   * Looks at a picture as it is and in random views; see `viewsOf`. While the network looks
   * at one view, the next one is drawn: the engine never waits.
   *
   * @param bitmap The picture; stays the caller's.
   * @param count Random views.
   * @returns The drawn boxes that something can be learnt from, and what was seen: nothing
   *   where boxes were drawn and none of them can be used.
   */
  async look(
    picture: DrawnPicture,
    bitmap: ImageBitmap,
    count: number,
    seed: number,
    signal?: AbortSignal,
  ): Promise<{ readonly boxes: readonly BBox[]; readonly looks: readonly LookedView[] }> {
    const boxes = usableBoxes(picture.boxes, bitmap);
    const looks: LookedView[] = [];
    if (boxes.length === 0 && picture.boxes.length > 0) return { boxes, looks };
    const views = viewsOf(picture, bitmap, boxes, count, seed);
    let next: Promise<ReadyView> | undefined;
    for (const [at, view] of views.entries()) {
      const looking = this.#see(await (next ?? this.#ready(picture.id, bitmap, view)), signal);
      const following = views[at + 1];
      next = following && this.#ready(picture.id, bitmap, following);
      // Whoever waits for it hears of what goes wrong.
      next?.catch(() => undefined);
      try {
        looks.push({ view, seen: await looking });
      } catch (thrown) {
        // It is drawn out of the caller's picture, which is closed next.
        await next?.then(closeReady, () => undefined);
        throw thrown;
      }
    }
    return { boxes, looks };
  }

  /** Resolves when all that was seen is kept, or cannot be: from then on it may be handed on. */
  async settled(): Promise<void> {
    await Promise.all(this.#remembering);
  }

  async #ready(id: string, bitmap: ImageBitmap, view: View): Promise<ReadyView> {
    const memory = this.#memory;
    const key: ViewKey = [id, `${memory?.eyes ?? ''} ${JSON.stringify(view)}`];
    // What cannot be remembered is looked at again.
    const known = await memory?.store.get(key).catch(() => undefined);
    return { key, look: known ?? renderView(bitmap, view) };
  }

  async #see({ key, look }: ReadyView, signal: AbortSignal | undefined): Promise<SeenView> {
    if (!(look instanceof ImageBitmap)) return look;
    const pass = await this.#engine.anchors(look, { signal });
    this.#network ??= pass.network;
    const { features, logits, boxes } = pass;
    const seen = { features, logits, boxes };
    this.#remember(key, seen);
    return seen;
  }

  #remember(key: ViewKey, seen: SeenView): void {
    if (this.#memory === undefined) return;
    const kept = this.#memory.store
      .put(key, seen)
      .catch(() => undefined)
      .finally(() => this.#remembering.delete(kept));
    this.#remembering.add(kept);
  }
}

function closeReady({ look }: ReadyView): void {
  if (look instanceof ImageBitmap) look.close();
}
