import type { TrackedDetection } from '../../domain/tracking/track.js';

/**
 * Keeps an object in sight over the end of its track: a person who turns it about
 * before the camera hides it for moments, after which the tracker takes it for
 * another one. The only object of the same kind, when it is one that has just
 * appeared, goes on in its place.
 */
export class TrackSight {
  #trackId: number;
  #base: string | undefined;
  /** Those that were there together with it, and are others for sure. */
  readonly #others = new Set<number>();

  constructor(trackId: number) {
    this.#trackId = trackId;
  }

  /** The object in this frame. */
  find(detections: readonly TrackedDetection[]): TrackedDetection | undefined {
    const found = detections.find(({ trackId }) => trackId === this.#trackId);
    if (found !== undefined) {
      this.#base = found.taught?.base ?? found.class;
      for (const { trackId } of detections) {
        if (trackId !== this.#trackId) this.#others.add(trackId);
      }
      return found;
    }
    const alike = detections.filter(
      ({ class: label, taught }) => (taught?.base ?? label) === this.#base,
    );
    const [only] = alike;
    if (only === undefined || alike.length > 1 || this.#others.has(only.trackId)) return undefined;
    this.#trackId = only.trackId;
    return only;
  }
}
