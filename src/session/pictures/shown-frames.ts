import type { DetectionOptions } from '../../domain/detection.js';
import type { FrameSource } from '../../platform/frame-source.js';
import type { DetectionResult, FrameData, FrameOptions } from '../../protocol/index.js';
import { askFor, rowsOf, type FeatureRows, type Onlooker } from '../naming.js';
import type { SingleLooks } from '../single-looks.js';
import type { TrackKeeper } from '../track-keeper.js';
import type { LiveResult } from '../types.js';
import type { LivePicture } from './live-picture.js';

/**
 * Takes each frame that was looked at to those who show it and learn from it: as it came, or
 * altered.
 */
export class ShownFrames {
  readonly #pictures: LivePicture;
  readonly #tracks: TrackKeeper;
  readonly #teach: Onlooker;

  constructor(pictures: LivePicture, tracks: TrackKeeper, teach: Onlooker) {
    this.#pictures = pictures;
    this.#tracks = tracks;
    this.#teach = teach;
  }

  /** Whether `take` is to be given the frame. */
  get wantsPicture(): boolean {
    return this.#teach.wantsPicture || this.#pictures.wantsPicture;
  }

  /** What to ask for, so that everything is found that anybody has to know of. */
  ask(options: DetectionOptions): FrameOptions {
    return askFor(this.#pictures.widen(this.#tracks.widen(options)), this.#teach);
  }

  /**
   * Takes what was found in a frame.
   *
   * @param rows Features of its detections.
   * @param options What a person wants to see of it.
   * @param frame The very frame, where it was wanted; stays the caller's.
   * @param isFirst It is looked at once more.
   */
  take(
    result: DetectionResult,
    rows: FeatureRows,
    options: DetectionOptions,
    frame: FrameData | undefined,
    isFirst: boolean,
  ): LiveResult {
    const live = this.#tracks.follow(result, options, rows, this.#teach);
    this.#show(result, frame, isFirst);
    if (this.#pictures.privacy === undefined) this.#teach.see(live, frame);
    else {
      // What is taught with pictures keeps them as they are shown.
      const shown = this.#teach.wantsPicture ? this.#pictures.keepable() : undefined;
      this.#teach.see(live, shown);
      shown?.close();
    }
    return live;
  }

  /** Another look at a picture that stands still. @returns `undefined` where it is gone by then. */
  async lookAgain(
    looks: SingleLooks,
    options: DetectionOptions,
    source: () => FrameSource | undefined,
  ): Promise<LiveResult | undefined> {
    const before = source();
    if (before === undefined) return undefined;
    const { result, picture } = await looks.lookAndKeep(before.element, () => this.ask(options));
    try {
      if (source() !== before) return undefined;
      // The ids that its objects have.
      const timestamp = this.#tracks.lastTimestamp ?? result.frame.timestamp;
      const here = { ...result, frame: { ...result.frame, timestamp } };
      const live = this.#tracks.follow(here, options, rowsOf(result), this.#teach);
      this.#show(here, picture, false);
      this.#teach.see(live, undefined);
      return live;
    } finally {
      picture.close();
    }
  }

  #show(result: DetectionResult, frame: FrameData | undefined, isFirst: boolean): void {
    const { all, options } = this.#tracks;
    const { lostTrackBuffer } = options;
    this.#pictures.take(frame, { result, tracked: all, lostTrackBuffer, isFirst });
  }
}
