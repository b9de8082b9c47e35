import type { Size } from '../geometry.js';
import type { TrackedDetection } from '../tracking/track.js';
import { EMPTY_WATCH, type WatchConfig } from './config.js';
import type { Occasion, WatchEvent } from './events.js';
import { LineCrossing, type LineCounts } from './line-crossing.js';
import { RuleKeeper, type FindZone } from './rule-keeper.js';
import { ZoneMembership, type ZoneCounts } from './zone-membership.js';

/** One frame of the source, with everything that is followed in it. */
export interface WatchFrame {
  /** Milliseconds on the source's own clock: durations are told by it. */
  readonly timestamp: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Milliseconds on a clock that nobody sets. */
  readonly clock: number;
  /** Pixels that the boxes are in. */
  readonly frame: Size;
  readonly objects: readonly TrackedDetection[];
  /** What is followed as well, but too faint to be shown. */
  readonly faint?: readonly TrackedDetection[];
  /** A photo: one look at it is all there is. */
  readonly isStill: boolean;
}

/** All numbers, by the ids of the zones and lines. */
export interface WatchCounts {
  readonly zones: ReadonlyMap<string, ZoneCounts>;
  readonly lines: ReadonlyMap<string, LineCounts>;
}

interface Sight {
  /** When and where it was last seen. */
  last: Occasion;
  readonly startedAt: number;
}

/**
 * Turns followed boxes into what happens in a picture: who comes and goes, enters
 * and leaves zones, crosses lines, and which rules that makes true.
 *
 * Somebody who was shown once goes on while the tracker follows them, however faint they are: who
 * stands with their back to the camera has left nothing. Who was never shown is not counted.
 *
 * An object out of sight for a moment stays where it was last seen. It is gone,
 * and out of its zones, when it has not been seen for as long as the tracker
 * remembers one, when the source's clock goes back (a clip starts again), or
 * with `end`.
 */
export class Watcher {
  /** Seconds for which an object out of sight is waited for; the tracker's `lostTrackBuffer`. */
  lostTrackBuffer: number;
  #config = EMPTY_WATCH;
  #zones: readonly ZoneMembership[] = [];
  #lines: readonly LineCrossing[] = [];
  #rules: readonly RuleKeeper[] = [];
  readonly #sights = new Map<number, Sight>();
  #now = 0;

  constructor(config: WatchConfig, lostTrackBuffer: number) {
    this.config = config;
    this.lostTrackBuffer = lostTrackBuffer;
  }

  get config(): WatchConfig {
    return this.#config;
  }

  /** Holds from the next frame on. What has kept its id keeps its counts. */
  set config(config: WatchConfig) {
    this.#zones = renew(
      config.zones,
      (zone) => this.#zones.find((known) => known.zone.id === zone.id),
      (zone, known) => (known.zone = zone),
      (zone) => new ZoneMembership(zone),
    );
    this.#lines = renew(
      config.lines,
      (line) => this.#lines.find((known) => known.line.id === line.id),
      (line, known) => (known.line = line),
      (line) => new LineCrossing(line),
    );
    this.#rules = renew(
      config.rules,
      (rule) => this.#rules.find((known) => known.rule.id === rule.id),
      (rule, known) => (known.rule = rule),
      (rule) => new RuleKeeper(rule),
    );
    this.#config = config;
  }

  get counts(): WatchCounts {
    return {
      zones: new Map(this.#zones.map((one) => [one.zone.id, one.counts(this.#now)])),
      lines: new Map(this.#lines.map((one) => [one.line.id, one.counts])),
    };
  }

  /** Entries and crossings count from 0 again; who is in a zone stays in it. */
  resetCounts(): void {
    for (const zone of this.#zones) zone.resetCounts();
    for (const line of this.#lines) line.resetCounts();
  }

  /** @returns What this frame has brought, in the order in which it came about. */
  update(frame: WatchFrame): WatchEvent[] {
    const { timestamp, time, objects, faint = [], isStill } = frame;
    const events = timestamp < this.#now ? this.end(time) : [];
    this.#now = timestamp;
    const seen = new Set<number>();
    const see = ({ trackId, class: label, score, bbox }: TrackedDetection): void => {
      const last = { time, timestamp, trackId, label, score, bbox, frame: frame.frame };
      const known = this.#sights.get(trackId);
      this.#sights.set(trackId, { last, startedAt: known?.startedAt ?? timestamp });
      seen.add(trackId);
      if (known === undefined) events.push({ ...last, kind: 'track-started' });
      for (const zone of this.#zones) events.push(...zone.see(last, isStill));
      for (const line of this.#lines) events.push(...line.see(last));
    };
    for (const object of objects) see(object);
    for (const object of faint) if (this.#sights.has(object.trackId)) see(object);
    const longest = this.lostTrackBuffer * 1000;
    for (const [trackId, { last }] of this.#sights) {
      if (seen.has(trackId) || (!isStill && timestamp - last.timestamp <= longest)) continue;
      events.push(...this.#endTrack(trackId, time));
    }
    events.push(...this.#judge(frame, events));
    return events;
  }

  /**
   * Another source, or none: nobody is in sight any more. Counts stay.
   *
   * @param time Milliseconds since 1970.
   */
  end(time: number): WatchEvent[] {
    const events = [...this.#sights.keys()].flatMap((trackId) => this.#endTrack(trackId, time));
    for (const rule of this.#rules) rule.restart();
    this.#now = 0;
    return events;
  }

  #endTrack(trackId: number, time: number): WatchEvent[] {
    const sight = this.#sights.get(trackId);
    this.#sights.delete(trackId);
    if (sight === undefined) return [];
    const { last, startedAt } = sight;
    const occasion = { ...last, time };
    for (const line of this.#lines) line.end(trackId);
    return [
      ...this.#zones.flatMap((zone) => zone.end(occasion)),
      { ...occasion, kind: 'track-ended', duration: (last.timestamp - startedAt) / 1000 },
    ];
  }

  #judge(frame: WatchFrame, events: readonly WatchEvent[]): WatchEvent[] {
    const found = new Map<string, ReturnType<FindZone>>();
    const findZone: FindZone = (id) => {
      if (!found.has(id)) found.set(id, this.#describe(id));
      return found.get(id);
    };
    return this.#rules.flatMap((rule) => rule.judge(frame, events, findZone) ?? []);
  }

  #describe(id: string): ReturnType<FindZone> {
    const membership = this.#zones.find(({ zone }) => zone.id === id);
    return (
      membership && {
        place: { id, name: membership.zone.name },
        occupants: membership.occupants(this.#now),
        occasionOf: (trackId) => this.#sights.get(trackId)?.last,
      }
    );
  }
}

/** For each wish the keeper that is there already, brought up to date, or a new one. */
function renew<Wish, Keeper>(
  wishes: readonly Wish[],
  find: (wish: Wish) => Keeper | undefined,
  update: (wish: Wish, keeper: Keeper) => void,
  create: (wish: Wish) => Keeper,
): Keeper[] {
  return wishes.map((wish) => {
    const known = find(wish);
    if (known === undefined) return create(wish);
    update(wish, known);
    return known;
  });
}
