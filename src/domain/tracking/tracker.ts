import type { Detection } from '../detection.js';
import { area, type BBox } from '../geometry.js';
import { associate, byMotion, byReach, type Match } from './association.js';
import { DEFAULT_TRACKING_OPTIONS, LOWEST_TRACKED_SCORE, type TrackingOptions } from './options.js';
import { Track, type TrackedDetection } from './track.js';

/** Costs above which the later rounds make no pair (ByteTrack's 0.5 and 0.7). */
const FAINT_LIMIT = 0.5;
const UNCONFIRMED_LIMIT = 0.7;

/** A clock that goes back or jumps on by more than this shows another scene. */
const LONGEST_GAP_SECONDS = 10;

/**
 * Follows objects from frame to frame (ByteTrack), each label by itself.
 *
 * 1. Sure detections are matched to where the known tracks should be now.
 * 2. Tracks that were in sight and found nothing take a faint detection: most of
 *    those are objects that are half hidden or blurred.
 * 3. Sure detections that are left are matched to tracks that are left, within
 *    the reach of an object that nobody looked at (see `byReach`).
 * 4. The rest confirms tracks that are new, or starts some.
 *
 * A box is only ever told of in the frame in which it was detected. Unlike the
 * reference, scores do not weigh in the matching: a detector for the browser
 * gives 0.5 to what it sees well.
 *
 * Source: Zhang et al. 2022, "ByteTrack: Multi-Object Tracking by Associating
 * Every Detection Box" (https://github.com/ifzhang/ByteTrack,
 * yolox/tracker/byte_tracker.py).
 */
export class Tracker {
  #options: TrackingOptions;
  #tracks: Track[] = [];
  #lastId = 0;
  #now: number | undefined;

  constructor(options: Partial<TrackingOptions> = {}) {
    this.#options = { ...DEFAULT_TRACKING_OPTIONS, ...options };
  }

  get options(): TrackingOptions {
    return this.#options;
  }

  /** Holds from the next frame on; tracks go on. */
  set options(options: TrackingOptions) {
    this.#options = options;
  }

  /**
   * Takes one frame's detections.
   *
   * @param detections Also the faint ones, from `LOWEST_TRACKED_SCORE` on, with
   *   overlapping boxes of one object suppressed already; not modified.
   * @param timestamp Milliseconds on the source's clock. When it goes back (a
   *   video starts again) or jumps, everything is new.
   * @returns The detections that belong to a track, in the order given, faint
   *   ones among them.
   */
  update(detections: readonly Detection[], timestamp: number): TrackedDetection[] {
    const now = timestamp / 1000;
    this.#advance(now);
    const lowest = Math.min(LOWEST_TRACKED_SCORE, this.#options.trackActivationThreshold);
    const usable = detections.filter((found) => found.score >= lowest && isBox(found.bbox));
    const matches = this.#match(usable, now);
    this.#tracks = this.#tracks.filter((track) => this.#isWorthKeeping(track, now));
    return inOrder(detections, matches);
  }

  /** Forgets everything that is in sight; ids are not used again. */
  reset(): void {
    this.#tracks = [];
    this.#now = undefined;
  }

  #advance(now: number): void {
    const seconds = now - (this.#now ?? now);
    const longest = Math.max(LONGEST_GAP_SECONDS, this.#options.lostTrackBuffer);
    const goesOn = seconds >= 0 && seconds <= longest;
    // What was there in the last frame may be so in this one, however late that comes.
    this.#tracks = this.#tracks.filter(
      (track) => goesOn && (track.isSeen || this.#isRemembered(track, now)),
    );
    for (const track of this.#tracks) track.advance(seconds);
    this.#now = now;
  }

  #match(detections: readonly Detection[], now: number): Match[] {
    const { trackActivationThreshold: sure, minimumMatchingThreshold } = this.#options;
    const confirmed = this.#tracks.filter(({ id }) => id > 0);
    const unconfirmed = this.#tracks.filter(({ id }) => id === 0);
    const first = associate(
      confirmed,
      detections.filter(({ score }) => score >= sure),
      byMotion,
      minimumMatchingThreshold,
    );
    const second = associate(
      first.tracks.filter(({ isSeen }) => isSeen),
      detections.filter(({ score }) => score < sure),
      byMotion,
      Math.min(FAINT_LIMIT, minimumMatchingThreshold),
    );
    const found = new Set(second.matches.map(({ track }) => track));
    const third = associate(
      first.tracks.filter((track) => !found.has(track)),
      first.detections,
      byReach(now),
      minimumMatchingThreshold,
    );
    const fourth = associate(
      unconfirmed,
      third.detections,
      byReach(now),
      Math.min(UNCONFIRMED_LIMIT, minimumMatchingThreshold),
    );
    const known = [first, second, third, fourth].flatMap(({ matches }) => matches);
    for (const { track, detection } of known) track.see(detection.bbox, now);
    for (const track of [...third.tracks, ...fourth.tracks]) track.miss();
    const started = fourth.detections.map((detection) => ({
      track: new Track(detection, now),
      detection,
    }));
    this.#tracks.push(...started.map(({ track }) => track));
    const matches = [...known, ...started];
    this.#name(matches);
    return matches;
  }

  /** Gives ids, best detection first, to those that have been seen often enough. */
  #name(matches: readonly Match[]): void {
    const enough = this.#options.minimumConsecutiveFrames;
    const ready = matches.filter(({ track }) => track.id === 0 && track.streak >= enough);
    for (const { track } of ready.sort((a, b) => b.detection.score - a.detection.score)) {
      track.id = ++this.#lastId;
    }
  }

  #isWorthKeeping(track: Track, now: number): boolean {
    if (track.isSeen) return true;
    const isConfirmed = track.id > 0;
    return isConfirmed && area(track.predicted) > 0 && this.#isRemembered(track, now);
  }

  #isRemembered({ seenAt }: Track, now: number): boolean {
    // A hair more, for sums of frame times are not exact.
    return now - seenAt <= this.#options.lostTrackBuffer + 1e-6;
  }
}

function isBox(bbox: BBox): boolean {
  return bbox.every(Number.isFinite) && area(bbox) > 0;
}

function inOrder(detections: readonly Detection[], matches: readonly Match[]): TrackedDetection[] {
  const ids = new Map(matches.map(({ track, detection }) => [detection, track.id]));
  return detections.flatMap((detection) => {
    const trackId = ids.get(detection) ?? 0;
    return trackId > 0 ? [{ ...detection, trackId }] : [];
  });
}
