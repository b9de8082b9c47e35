import { CLIP, type ClipRing } from '../../platform/clip-ring.js';
import { openClipRing } from '../../platform/open-clip-ring.js';

/** Keeps the last seconds of the picture as it is shown, while anybody may want a clip of it. */
export class ClipKeeper {
  #ring: ClipRing | undefined;
  #opening: Promise<ClipRing | undefined> = Promise.resolve(undefined);
  #isWanted = false;
  /** Counts changes of mind, and what is to be forgotten. */
  #round = 0;

  get isWanted(): boolean {
    return this.#isWanted;
  }

  set isWanted(isWanted: boolean) {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    this.#round++;
    this.#ring?.close();
    this.#ring = undefined;
    const opening = isWanted ? openClipRing() : Promise.resolve(undefined);
    // Where a part of the page cannot be fetched there are no clips until it is asked for again.
    this.#opening = opening.catch(() => undefined);
    void this.#take(this.#opening);
  }

  /** The next frame as it is shown. */
  add(picture: HTMLCanvasElement): void {
    this.#ring?.add(picture, performance.now());
  }

  /**
   * Of the seconds before and after this moment; `undefined` where there is none to be had. What
   * happens while the first clip is being made ready has one of the seconds after it.
   */
  async clip(): Promise<Blob | undefined> {
    const now = performance.now();
    const round = this.#round;
    const ring = await this.#opening;
    if (round !== this.#round) return undefined;
    return ring?.clip(now - CLIP.before, now + CLIP.after);
  }

  /** What was shown until now must be in no clip. */
  forget(): void {
    this.#round++;
    this.#ring?.clear();
  }

  async #take(opening: Promise<ClipRing | undefined>): Promise<void> {
    const ring = await opening;
    if (opening === this.#opening) this.#ring = ring;
    else ring?.close();
  }
}
