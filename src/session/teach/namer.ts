import type { Detection, DetectionOptions, TaughtName } from '../../domain/detection.js';
import { UNKNOWN, type Head } from '../../domain/head.js';
import { listsForDetector, withName } from '../../domain/taught-name.js';
import type { TrackedDetection } from '../../domain/tracking/track.js';
import type { FeatureRows } from '../naming.js';
import { partOf } from './feature-rows.js';
import { nameOnce, nameTrack, type HeadName, type TrackName } from './track-name.js';

/** Milliseconds after which a track that is out of sight is forgotten. */
const MEMORY = 10_000;

/** Asks the heads that are on about everything that is found. */
export class Namer {
  readonly #channels: ReadonlyMap<string, number>;
  #heads: readonly Head[] = [];
  /** By track, then by head. */
  #tracks = new Map<number, Map<string, TrackName>>();

  /** @param channels How many numbers each map gives; filled by others as they learn of it. */
  constructor(channels: ReadonlyMap<string, number>) {
    this.#channels = channels;
  }

  get heads(): readonly Head[] {
    return this.#heads;
  }

  set heads(heads: readonly Head[]) {
    this.#heads = heads;
    for (const names of this.#tracks.values()) {
      for (const id of names.keys()) if (!heads.some((head) => head.id === id)) names.delete(id);
    }
  }

  /** Maps that the heads look at, each once. */
  get maps(): readonly string[] {
    return [...new Set(this.#heads.flatMap(({ source }) => source.maps))];
  }

  widen(options: DetectionOptions): DetectionOptions {
    const taught = this.#heads.flatMap(({ labels, bases }) =>
      labels.filter((label) => label !== UNKNOWN).map((label) => ({ label, bases })),
    );
    return { ...options, ...listsForDetector(options, taught) };
  }

  /** See `Onlooker.name`. */
  name<Found extends Detection & Partial<TrackedDetection>>(
    found: readonly Found[],
    rows: FeatureRows,
    timestamp: number | undefined,
  ): readonly Found[] {
    if (this.#heads.length === 0) return found;
    if (timestamp !== undefined) this.#forget(timestamp);
    return found.map((detection) => {
      const taught = this.#ask(detection, rows, timestamp);
      return taught === undefined ? detection : withName(detection, taught);
    });
  }

  reset(): void {
    this.#tracks.clear();
  }

  /** The surest name; where no head has one, that it is unknown to those that were asked. */
  #ask(
    { class: base, bbox, trackId }: Detection & Partial<TrackedDetection>,
    rows: FeatureRows,
    timestamp: number | undefined,
  ): TaughtName | undefined {
    const row = rows.byBox.get(bbox);
    let best: TaughtName | undefined;
    for (const head of this.#heads) {
      if (head.bases.length > 0 && !head.bases.includes(base)) continue;
      const own = row && partOf(row, rows.maps, this.#channels, head.source.maps);
      const answer =
        timestamp === undefined || trackId === undefined
          ? own && nameOnce(head, own)
          : this.#askOn(head, own, trackId, timestamp);
      if (answer === undefined) continue;
      const { label, confidence } = answer;
      const taught = { base, label, confidence, headId: head.id };
      if (best === undefined || isBetter(taught, best)) best = taught;
    }
    return best;
  }

  /** Without features in this frame, what was said before holds on. */
  #askOn(
    head: Head,
    row: Float32Array | undefined,
    trackId: number,
    timestamp: number,
  ): HeadName | undefined {
    const names = this.#tracks.get(trackId) ?? new Map<string, TrackName>();
    this.#tracks.set(trackId, names);
    const before = names.get(head.id);
    if (row === undefined) return before;
    const name = nameTrack(head, row, before, timestamp);
    names.set(head.id, name);
    return name;
  }

  #forget(now: number): void {
    for (const [trackId, names] of this.#tracks) {
      const [name] = names.values();
      // A clock that went back has started again.
      const age = now - (name?.timestamp ?? now);
      if (age > MEMORY || age < 0) this.#tracks.delete(trackId);
    }
  }
}

function isBetter(one: HeadName, other: HeadName): boolean {
  const [isKnown, isOtherKnown] = [one.label !== UNKNOWN, other.label !== UNKNOWN];
  return isKnown === isOtherKnown ? one.confidence > other.confidence : isKnown;
}
