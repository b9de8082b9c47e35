import { MAX_CANDIDATES, type Detection, type DetectionOptions } from '../domain/detection.js';
import type { TaughtClass } from '../domain/detector-head/taught-class.js';
import type { BBox } from '../domain/geometry.js';
import { isWanted, withoutName } from '../domain/taught-name.js';
import type { TrackedDetection } from '../domain/tracking/track.js';
import type { DetectionResult, FrameData, FrameOptions } from '../protocol/index.js';
import type { LiveResult } from './types.js';

/** Features of the detections of a frame. */
export interface FeatureRows {
  /** What they are of. */
  readonly maps: readonly string[];
  /** By the box of the detection: the very object. */
  readonly byBox: ReadonlyMap<BBox, Float32Array>;
}

export const NO_ROWS: FeatureRows = { maps: [], byBox: new Map() };

/** What looks on while pictures are looked at: heads that name what is found, and a recorder. */
export interface Onlooker {
  /** Feature maps whose averages under every detection it wants; empty for none. */
  readonly maps: readonly string[];
  /** Classes that the detector is to find besides its own. */
  readonly taught: readonly TaughtClass[];
  /** Whether it wants to see the pixels of the next frame too. */
  readonly wantsPicture: boolean;
  /** The lists for the detector, so that everything is found that may get a wanted name. */
  widen(options: DetectionOptions): DetectionOptions;
  /**
   * Gives names to the objects of a frame, under the detector's labels before.
   *
   * @param timestamp Of a frame of a stream, in which ids mean something; `undefined`
   *   for a picture by itself.
   */
  name<Found extends Detection & Partial<TrackedDetection>>(
    found: readonly Found[],
    rows: FeatureRows,
    timestamp: number | undefined,
  ): readonly Found[];
  /** Another source: its tracks are others. */
  reset(): void;
  /**
   * Is shown what came out.
   *
   * @param picture The very frame, where it was wanted; closed when this returns.
   */
  see(result: LiveResult, picture: FrameData | undefined): void;
}

/** Somebody who wants nothing. */
export const NO_ONLOOKER: Onlooker = {
  maps: [],
  taught: [],
  wantsPicture: false,
  widen: (options) => options,
  name: (found) => found,
  reset: () => undefined,
  see: () => undefined,
};

/** What to ask the engine for a frame that is named afterwards. */
export function askFor(options: DetectionOptions, onlooker: Onlooker): FrameOptions {
  const { maps, taught } = onlooker;
  const besides = taught.length === 0 ? options : { ...options, taught };
  if (maps.length === 0) return besides;
  // What gets a name that is not wanted must not take the place of others.
  return { ...besides, ...onlooker.widen(options), maxResults: MAX_CANDIDATES, features: maps };
}

export function rowsOf(result: DetectionResult): FeatureRows {
  const { detections, features, featureMaps: maps = [] } = result;
  if (features === undefined || maps.length === 0) return NO_ROWS;
  const byBox = new Map(
    detections.flatMap(({ bbox }, index) => {
      const row = features[index];
      return row === undefined ? [] : [[bbox, row] as const];
    }),
  );
  return { maps, byBox };
}

/** One picture's result, named and without what is not wanted. */
export function nameResult(
  result: DetectionResult,
  options: DetectionOptions,
  onlooker: Onlooker,
): DetectionResult {
  const found = onlooker.name(result.detections.map(withoutName), rowsOf(result), undefined);
  const detections = found
    .filter((detection) => isWanted(detection, options))
    .slice(0, options.maxResults);
  return { ...result, detections, features: undefined, featureMaps: undefined };
}
