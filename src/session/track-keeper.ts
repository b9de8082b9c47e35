import { MAX_CANDIDATES, type Detection, type DetectionOptions } from '../domain/detection.js';
import { DEFAULT_TRACKING_OPTIONS, LOWEST_TRACKED_SCORE } from '../domain/tracking/options.js';
import { smooth, startSmoothing, type SmoothedBox } from '../domain/tracking/smoothing.js';
import type { TrackedDetection } from '../domain/tracking/track.js';
import { Tracker } from '../domain/tracking/tracker.js';
import type { DetectionResult } from '../protocol/index.js';
import type { LiveResult, LiveTrackingOptions } from './types.js';

/**
 * Follows what a source shows. The engine is asked for more than is shown: faint
 * detections keep a track alive, but stay out of sight.
 */
export class TrackKeeper {
  readonly #tracker = new Tracker();
  #options: LiveTrackingOptions = DEFAULT_LIVE_TRACKING_OPTIONS;
  /** By track, of those that were found in the last frame. */
  #smoothed = new Map<number, SmoothedBox>();
  #lastTimestamp: number | undefined;

  get options(): LiveTrackingOptions {
    return this.#options;
  }

  set options(options: LiveTrackingOptions) {
    this.#options = options;
  }

  /** What to ask the engine for, so that the tracker gets all it can use. */
  widen(options: DetectionOptions): DetectionOptions {
    return {
      ...options,
      scoreThreshold: Math.min(LOWEST_TRACKED_SCORE, options.scoreThreshold),
      maxResults: MAX_CANDIDATES,
    };
  }

  /**
   * Takes the next frame of the source.
   *
   * @param result What the engine found when asked for `widen(options)`.
   * @param options What a person wants to see of it.
   */
  follow(result: DetectionResult, options: DetectionOptions): LiveResult {
    const { timestamp } = result.frame;
    const tracked = this.#update(result.detections, timestamp, options);
    return this.#show(result, tracked, options);
  }

  /** The same for another look at the picture that was last taken, when it stands still. */
  identify(result: DetectionResult, options: DetectionOptions): LiveResult {
    const timestamp = this.#lastTimestamp ?? result.frame.timestamp;
    const tracked = this.#update(result.detections, timestamp, options);
    return this.#show(result, tracked, options);
  }

  /** Another source: nothing in it was seen before. Ids are not used again. */
  reset(): void {
    this.#tracker.reset();
    this.#smoothed.clear();
    this.#lastTimestamp = undefined;
  }

  #update(
    detections: readonly Detection[],
    timestamp: number,
    { scoreThreshold }: DetectionOptions,
  ): TrackedDetection[] {
    const { trackActivationThreshold, ...rest } = this.#options;
    this.#tracker.options = {
      ...rest,
      trackActivationThreshold: trackActivationThreshold ?? scoreThreshold,
    };
    const tracked = this.#tracker.update(detections, timestamp);
    this.#smoothed = new Map(
      tracked.map(({ trackId, bbox }) => {
        const before = this.#smoothed.get(trackId);
        return [
          trackId,
          before === undefined ? startSmoothing(bbox, timestamp) : smooth(before, bbox, timestamp),
        ];
      }),
    );
    this.#lastTimestamp = timestamp;
    return tracked;
  }

  #show(
    result: DetectionResult,
    tracked: readonly TrackedDetection[],
    { scoreThreshold, maxResults }: DetectionOptions,
  ): LiveResult {
    const detections = tracked.filter(({ score }) => score >= scoreThreshold).slice(0, maxResults);
    const steady = detections.map((detection) => ({
      ...detection,
      bbox: this.#smoothed.get(detection.trackId)?.bbox ?? detection.bbox,
    }));
    return { ...result, detections, steady };
  }
}

/** What is tracked when nobody says otherwise: all that is shown. */
export const DEFAULT_LIVE_TRACKING_OPTIONS: LiveTrackingOptions = {
  ...DEFAULT_TRACKING_OPTIONS,
  trackActivationThreshold: undefined,
};
