import type { Detection } from '../detection.js';
import { clipToSize, intersectionOverUnion, type BBox, type Size } from '../geometry.js';
import type { TrackedDetection } from '../tracking/track.js';
import type { PrivacyOptions } from './options.js';

/** Which parts of a frame the options are about. */
export interface PrivacyPlan {
  /** Nothing is known of this frame: all of it is altered, and nothing of it shown as it is. */
  readonly whole: boolean;
  /** Whole pixels of the frame, within it. */
  readonly regions: readonly BBox[];
}

/** For a frame that nobody has looked at. */
export const WHOLE: PrivacyPlan = { whole: true, regions: [] };

/** Everything that was found in one frame. */
export interface PrivacyFrame {
  /** Milliseconds on the source's own clock. */
  readonly timestamp: number;
  /** Pixels that the boxes are in. */
  readonly frame: Size;
  /** All that the network found, the faint included. */
  readonly found: readonly Detection[];
  /** What is followed of it, each with the `bbox` of the detection that it is. */
  readonly tracked: readonly TrackedDetection[];
}

/** Fainter ones than this are noise: a box here and there in every picture. */
const FAINTEST = 0.2;
/** What was seen but is not followed is covered for so many seconds more. */
const UNTRACKED_HOLD = 0.5;
/** By how much of its size a box grows in each second without a sight of it, on each side. */
const GROWTH = 0.25;
/** A faint box that overlaps this much is what was there before. */
const SAME = 0.3;
/** For so many seconds what is new may still be waiting for the name that a head has for it. */
const NAMING = 1;

interface Held {
  bbox: BBox;
  /** How fast each edge moves, pixels per second: left, top, right, bottom. */
  speeds: readonly [number, number, number, number];
  seenAt: number;
  readonly since: number;
  readonly trackId: number | undefined;
  /** Covered only because it may get a name that is asked for. */
  isPending: boolean;
}

/**
 * Decides what is altered in each frame.
 *
 * Whoever was covered stays covered while out of sight, until the tracker would have given up as
 * well: where it was last seen, and further in every direction the longer that is ago and the
 * faster it moved. What a track was covered for once, it is covered for as long as it is followed,
 * whatever it is called later.
 */
export class PrivacyPlanner {
  /** Seconds for which what is out of sight is covered; the tracker's `lostTrackBuffer`. */
  hold: number;
  /** The labels are not all the network's own: only a head can tell whether they apply. */
  waitsForNames = false;
  #options: PrivacyOptions;
  #held: Held[] = [];
  /** Tracks that were waited for, and have another name or none. */
  #cleared = new Set<number>();
  #now = 0;

  constructor(options: PrivacyOptions, hold: number) {
    this.#options = options;
    this.hold = hold;
  }

  get options(): PrivacyOptions {
    return this.#options;
  }

  /** Holds from the next frame on; other labels begin afresh. */
  set options(options: PrivacyOptions) {
    if (options.labels.join('\n') !== this.#options.labels.join('\n')) this.reset();
    this.#options = options;
  }

  /** Another source: nothing of it was seen before. */
  reset(): void {
    this.#held = [];
    this.#cleared.clear();
    this.#now = 0;
  }

  plan({ timestamp, frame, found, tracked }: PrivacyFrame): PrivacyPlan {
    const now = timestamp / 1000;
    // A clip that starts again shows other things in the same places.
    if (now < this.#now) this.#held = [];
    this.#now = now;
    const seen = new Set<Held>();
    for (const one of tracked) {
      const held = this.#held.find(({ trackId }) => trackId === one.trackId);
      const isAbout = this.#isAbout(one);
      if (held !== undefined) {
        seen.add(renew(held, one.bbox, now));
        if (isAbout) held.isPending = false;
      } else if (isAbout || this.#isUnnamed(one)) {
        seen.add(this.#begin(one.bbox, now, { trackId: one.trackId, isPending: !isAbout }));
      }
    }
    const followed = new Set(tracked.map(({ bbox }) => bbox));
    for (const one of found) {
      const isFaint = one.score < FAINTEST || followed.has(one.bbox);
      if (isFaint || !this.#isAbout(one)) continue;
      const same = this.#held.find(
        (held) => !seen.has(held) && intersectionOverUnion(held.bbox, one.bbox) > SAME,
      );
      seen.add(same === undefined ? this.#begin(one.bbox, now) : renew(same, one.bbox, now));
    }
    this.#held = this.#held.filter(
      (held) => seen.has(held) || now - held.seenAt <= this.#span(held),
    );
    this.#clear(tracked, now);
    const regions = this.#held.map((held) => padded(grown(held, now), this.#options.margin));
    return { whole: false, regions: regions.flatMap((region) => withinPicture(region, frame)) };
  }

  #isAbout({ class: label, taught }: Detection): boolean {
    const { labels } = this.#options;
    if (labels.length === 0 || labels.includes(label)) return true;
    return taught !== undefined && (labels.includes(taught.base) || labels.includes(taught.label));
  }

  #isUnnamed({ taught, trackId }: TrackedDetection): boolean {
    return this.waitsForNames && taught === undefined && !this.#cleared.has(trackId);
  }

  /** What was waited for and has another name now, or none in time. */
  #clear(tracked: readonly TrackedDetection[], now: number): void {
    const ids = new Set(tracked.map(({ trackId }) => trackId));
    for (const id of this.#cleared) if (!ids.has(id)) this.#cleared.delete(id);
    for (const { trackId, taught } of tracked) {
      const pending = this.#held.find((held) => held.isPending && held.trackId === trackId);
      if (pending === undefined) continue;
      if (taught !== undefined || now - pending.since > NAMING) this.#cleared.add(trackId);
    }
    this.#held = this.#held.filter(
      ({ isPending, trackId }) => !isPending || !this.#cleared.has(trackId ?? 0),
    );
  }

  #begin(
    bbox: BBox,
    now: number,
    kind: Pick<Held, 'trackId' | 'isPending'> = { trackId: undefined, isPending: false },
  ): Held {
    const held: Held = { bbox, speeds: [0, 0, 0, 0], seenAt: now, since: now, ...kind };
    this.#held.push(held);
    return held;
  }

  #span({ trackId }: Held): number {
    return trackId === undefined ? Math.min(UNTRACKED_HOLD, this.hold) : this.hold;
  }
}

function renew(held: Held, bbox: BBox, now: number): Held {
  const elapsed = now - held.seenAt;
  if (elapsed > 0) {
    const [before, after] = [edges(held.bbox), edges(bbox)];
    const speed = (index: 0 | 1 | 2 | 3): number => (after[index] - before[index]) / elapsed;
    held.speeds = [speed(0), speed(1), speed(2), speed(3)];
  }
  held.bbox = bbox;
  held.seenAt = now;
  return held;
}

function edges([x, y, width, height]: BBox): readonly [number, number, number, number] {
  return [x, y, x + width, y + height];
}

/** Where it may be by now: it goes on as it did, or turns back, or stops. */
function grown({ bbox, speeds, seenAt }: Held, now: number): BBox {
  const elapsed = now - seenAt;
  if (elapsed <= 0) return bbox;
  const [left, top, right, bottom] = edges(bbox);
  const across = elapsed * (GROWTH * bbox[2] + Math.max(Math.abs(speeds[0]), Math.abs(speeds[2])));
  const down = elapsed * (GROWTH * bbox[3] + Math.max(Math.abs(speeds[1]), Math.abs(speeds[3])));
  return [left - across, top - down, right - left + 2 * across, bottom - top + 2 * down];
}

function padded([x, y, width, height]: BBox, margin: number): BBox {
  const [across, down] = [width * margin, height * margin];
  return [x - across, y - down, width + 2 * across, height + 2 * down];
}

/** To whole pixels, outwards; none where nothing of it is in the picture. */
function withinPicture(box: BBox, size: Size): readonly BBox[] {
  const [x, y, width, height] = clipToSize(box, size);
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [Math.ceil(x + width), Math.ceil(y + height)];
  return right > left && bottom > top ? [[left, top, right - left, bottom - top]] : [];
}
