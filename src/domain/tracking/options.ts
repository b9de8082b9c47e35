/** ByteTrack's options, under the names that supervision gave them. */
export interface TrackingOptions {
  /**
   * Detections from this score on may start a track and are the first to be
   * matched; fainter ones only go on with a track that is there. 0 to 1.
   */
  readonly trackActivationThreshold: number;
  /**
   * Seconds for which an object that is out of sight keeps its id. In seconds
   * and not in frames, because a tab's cadence is anything from 3 to 60 a second.
   */
  readonly lostTrackBuffer: number;
  /**
   * A detection and a track belong together when one minus the overlap (IoU) of
   * their boxes is below this. 0 to 1.
   */
  readonly minimumMatchingThreshold: number;
  /** Frames in a row that an object must be seen in before it gets an id. 1 or more. */
  readonly minimumConsecutiveFrames: number;
}

export const DEFAULT_TRACKING_OPTIONS: TrackingOptions = {
  trackActivationThreshold: 0.5,
  lostTrackBuffer: 2,
  minimumMatchingThreshold: 0.8,
  minimumConsecutiveFrames: 1,
};

/**
 * Detections below this score are noise to a tracker too (ByteTrack's lower
 * threshold), unless they may even start a track.
 */
export const LOWEST_TRACKED_SCORE = 0.1;
