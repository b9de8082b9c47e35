import { CLIP, type ClipRing } from '../../platform/clip-ring.js';
import { openClipRing } from '../../platform/open-clip-ring.js';

/** Keeps the last seconds of the picture as it is shown, while anybody may want a clip of it. */
export class ClipKeeper {
  #ring: ClipRing | undefined;
  #isWanted = false;
  /** A change of mind while the ring is being opened. */
  #wish = 0;

  get isWanted(): boolean {
    return this.#isWanted;
  }

  set isWanted(isWanted: boolean) {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    const wish = ++this.#wish;
    this.#ring?.close();
    this.#ring = undefined;
    if (!isWanted) return;
    openClipRing().then(
      (ring) => {
        if (wish === this.#wish) this.#ring = ring;
        else ring?.close();
      },
      // A part of the page could not be fetched: there are no clips until it is asked for again.
      () => undefined,
    );
  }

  /** The next frame as it is shown. */
  add(picture: HTMLCanvasElement): void {
    this.#ring?.add(picture, performance.now());
  }

  /** Of the seconds before and after this moment; `undefined` where there is none to be had. */
  clip(): Promise<Blob | undefined> {
    const now = performance.now();
    return this.#ring?.clip(now - CLIP.before, now + CLIP.after) ?? Promise.resolve(undefined);
  }

  /** What was shown until now must be in no clip. */
  forget(): void {
    this.#ring?.clear();
  }
}
