import { MAX_CANDIDATES, type Detection, type DetectionOptions } from '../domain/detection.js';
import { DEFAULT_TRACKING_OPTIONS, LOWEST_TRACKED_SCORE } from '../domain/tracking/options.js';
import { smooth, startSmoothing, type SmoothedBox } from '../domain/tracking/smoothing.js';
import type { TrackedDetection } from '../domain/tracking/track.js';
import { Tracker } from '../domain/tracking/tracker.js';
import { isWanted, withName, withoutName } from '../domain/taught-name.js';
import type { DetectionResult } from '../protocol/index.js';
import { NO_ONLOOKER, NO_ROWS, type FeatureRows, type Onlooker } from './naming.js';
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
  #all: readonly TrackedDetection[] = [];
  #faint: readonly TrackedDetection[] = [];
  /** Tracks of the last frame that were shown then or before, and the threshold they passed. */
  #shown: ReadonlySet<number> = new Set();
  #threshold = 0;

  /** All that is followed and was found in the last frame, also what is not shown. */
  get all(): readonly TrackedDetection[] {
    return this.#all;
  }

  /**
   * What was shown, under a threshold as high as the present one, and is still followed, but was too
   * faint in the last frame.
   */
  get faint(): readonly TrackedDetection[] {
    return this.#faint;
  }

  /** Of the last frame, milliseconds on the source's clock. */
  get lastTimestamp(): number | undefined {
    return this.#lastTimestamp;
  }

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
   * @param rows Features of the detections, for the onlooker.
   * @param onlooker Gives names to what is followed.
   */
  follow(
    result: DetectionResult,
    options: DetectionOptions,
    rows: FeatureRows = NO_ROWS,
    onlooker: Onlooker = NO_ONLOOKER,
  ): LiveResult {
    const { timestamp } = result.frame;
    const tracked = this.#update(result.detections, timestamp, options);
    const named = onlooker.name(tracked, rows, timestamp);
    this.#all = named;
    const wanted = onlooker === NO_ONLOOKER ? named : named.filter((one) => isWanted(one, options));
    const live = this.#show(result, wanted, options);
    if (rows === NO_ROWS) return live;
    const features = live.detections.map(({ bbox }) => rows.byBox.get(bbox) ?? new Float32Array());
    return { ...live, features, featureMaps: rows.maps };
  }

  /** The same for another look at the picture that was last taken, when it stands still. */
  identify(result: DetectionResult, options: DetectionOptions): LiveResult {
    const timestamp = this.#lastTimestamp ?? result.frame.timestamp;
    const names = new Map(result.detections.map(({ bbox, taught }) => [bbox, taught]));
    const tracked = this.#update(result.detections.map(withoutName), timestamp, options);
    const named = tracked.map((detection) => {
      const taught = names.get(detection.bbox);
      return taught === undefined ? detection : withName(detection, taught);
    });
    return this.#show(result, named, options);
  }

  /** Another source: nothing in it was seen before. Ids are not used again. */
  reset(): void {
    this.#tracker.reset();
    this.#smoothed.clear();
    this.#lastTimestamp = undefined;
    this.#all = [];
    this.#faint = [];
    this.#shown = new Set();
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
    this.#faint = this.#stillFollowed(tracked, scoreThreshold);
    const steady = detections.map((detection) => ({
      ...detection,
      bbox: this.#smoothed.get(detection.trackId)?.bbox ?? detection.bbox,
    }));
    return { ...result, detections, steady };
  }

  #stillFollowed(
    tracked: readonly TrackedDetection[],
    scoreThreshold: number,
  ): readonly TrackedDetection[] {
    // Who asks for surer finds does not want those of before to be counted on.
    const before = scoreThreshold > this.#threshold ? new Set<number>() : this.#shown;
    this.#threshold = scoreThreshold;
    const known = tracked.filter(
      ({ trackId, score }) => score >= scoreThreshold || before.has(trackId),
    );
    this.#shown = new Set(known.map(({ trackId }) => trackId));
    return known.filter(({ score }) => score < scoreThreshold);
  }
}

/** What is tracked when nobody says otherwise: all that is shown. */
export const DEFAULT_LIVE_TRACKING_OPTIONS: LiveTrackingOptions = {
  ...DEFAULT_TRACKING_OPTIONS,
  trackActivationThreshold: undefined,
};
