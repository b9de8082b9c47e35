import type { TaughtNetwork } from '../../domain/detector-head/anchor-view.js';
import type { View } from '../../domain/detector-head/views.js';
import { renderView } from '../../platform/render-view.js';
import type { SeenView, ViewKey, ViewStore } from '../../platform/view-store.js';
import type { Engine } from '../../protocol/index.js';

/** Where views are kept, and for whose eyes. */
export interface ViewMemory {
  readonly store: Pick<ViewStore, 'get' | 'put'>;
  /** The model that looks, in the precision that it has: another one sees otherwise. */
  readonly eyes: string;
}

/** Has the network look at views of pictures, or remembers what it saw. */
export class Looker {
  readonly #engine: Pick<Engine, 'anchors'>;
  readonly #memory: ViewMemory | undefined;
  #network: TaughtNetwork | undefined;

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
   * @param id Of the picture.
   * @param bitmap Stays the caller's.
   */
  async look(id: string, bitmap: ImageBitmap, view: View, signal?: AbortSignal): Promise<SeenView> {
    const memory = this.#memory;
    const key: ViewKey = [id, `${memory?.eyes ?? ''} ${JSON.stringify(view)}`];
    // What cannot be remembered is looked at again.
    const known = await memory?.store.get(key).catch(() => undefined);
    if (known !== undefined) return known;
    const pass = await this.#engine.anchors(renderView(bitmap, view), { signal });
    this.#network ??= pass.network;
    const { features, logits, boxes } = pass;
    const seen = { features, logits, boxes };
    await memory?.store.put(key, seen).catch(() => undefined);
    return seen;
  }
}
