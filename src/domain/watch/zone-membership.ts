import { anchorPoint } from './anchor.js';
import { isAbout, type Zone } from './config.js';
import type { Occasion, WatchEvent } from './events.js';
import { isInside } from './polygon.js';

/** How one object stands to one zone. */
interface Stay {
  isIn: boolean;
  /** Frames in a row that say otherwise, and when they began. */
  streak: number;
  since: number;
  /** When it was first seen inside, of one that is in. */
  enteredAt: number;
  hasLoitered: boolean;
  label: string;
}

/** Numbers of one zone. */
export interface ZoneCounts {
  /** How many are in it now. */
  readonly occupancy: number;
  /** How many have entered since the counts began. */
  readonly entries: number;
  readonly occupancyByLabel: ReadonlyMap<string, number>;
  readonly entriesByLabel: ReadonlyMap<string, number>;
  /** Seconds that whoever has been in it longest has spent there. */
  readonly longestDwell: number;
}

/** What most frames bring: no array for each object and zone. */
export const NOTHING: readonly WatchEvent[] = [];

/** An object that is in a zone. */
export interface Occupant {
  readonly trackId: number;
  readonly label: string;
  /** Seconds. */
  readonly dwell: number;
}

/**
 * Who is in one zone. As in Frigate an object is in after `inertia` frames in a
 * row with its anchor inside; here it also takes as many to be out, so that one
 * that stands on the rim does not come and go with every frame.
 */
export class ZoneMembership {
  #zone: Zone;
  readonly #stays = new Map<number, Stay>();
  #entries = new Map<string, number>();

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  get zone(): Zone {
    return this.#zone;
  }

  /** Counts go on; who is in shows in the next frames. */
  set zone(zone: Zone) {
    this.#zone = zone;
  }

  /**
   * One object was seen.
   *
   * @param isStill The picture stands still: one look says all there is to say.
   */
  see(occasion: Occasion, isStill: boolean): readonly WatchEvent[] {
    const { trackId, label, timestamp, bbox, frame } = occasion;
    const { polygon, anchor, inertia, objects } = this.#zone;
    const isThere = isAbout(objects, label) && isInside(anchorPoint(bbox, frame, anchor), polygon);
    const stay = this.#stays.get(trackId);
    if (stay === undefined && !isThere) return NOTHING;
    const known = stay ?? newStay(label);
    this.#stays.set(trackId, known);
    if (isThere) known.label = label;
    if (isThere === known.isIn) {
      known.streak = 0;
    } else {
      if (known.streak === 0) known.since = timestamp;
      known.streak++;
      if (known.streak >= (isStill ? 1 : inertia)) return this.#change(occasion, known);
    }
    if (!known.isIn && known.streak === 0) this.#stays.delete(trackId);
    return this.#loiter(occasion, known);
  }

  /** One object is followed no longer; the occasion is when it was last seen. */
  end(occasion: Occasion): WatchEvent[] {
    const stay = this.#stays.get(occasion.trackId);
    this.#stays.delete(occasion.trackId);
    return stay?.isIn === true ? [this.#left(occasion, stay, occasion.timestamp)] : [];
  }

  /** @param timestamp Of the newest frame. */
  occupants(timestamp: number): Occupant[] {
    return [...this.#stays].flatMap(([trackId, { isIn, label, enteredAt }]) =>
      isIn ? [{ trackId, label, dwell: (timestamp - enteredAt) / 1000 }] : [],
    );
  }

  counts(timestamp: number): ZoneCounts {
    const occupants = this.occupants(timestamp);
    const occupancyByLabel = new Map<string, number>();
    for (const { label } of occupants) increase(occupancyByLabel, label);
    return {
      occupancy: occupants.length,
      entries: sum(this.#entries),
      occupancyByLabel,
      entriesByLabel: new Map(this.#entries),
      longestDwell: Math.max(0, ...occupants.map(({ dwell }) => dwell)),
    };
  }

  resetCounts(): void {
    this.#entries = new Map();
  }

  #change(occasion: Occasion, stay: Stay): WatchEvent[] {
    stay.isIn = !stay.isIn;
    stay.streak = 0;
    if (!stay.isIn) {
      this.#stays.delete(occasion.trackId);
      return [this.#left(occasion, stay, stay.since)];
    }
    stay.enteredAt = stay.since;
    increase(this.#entries, stay.label);
    return [
      { ...occasion, kind: 'zone-entered', zone: this.#place },
      ...this.#loiter(occasion, stay),
    ];
  }

  #loiter(occasion: Occasion, stay: Stay): readonly WatchEvent[] {
    const { loiteringTime } = this.#zone;
    const dwell = (occasion.timestamp - stay.enteredAt) / 1000;
    if (!stay.isIn || stay.hasLoitered || loiteringTime === 0 || dwell < loiteringTime)
      return NOTHING;
    stay.hasLoitered = true;
    return [{ ...occasion, kind: 'zone-loitered', zone: this.#place, dwell }];
  }

  #left(occasion: Occasion, { enteredAt, label }: Stay, until: number): WatchEvent {
    const dwell = Math.max(0, until - enteredAt) / 1000;
    return { ...occasion, label, kind: 'zone-left', zone: this.#place, dwell };
  }

  get #place(): { id: string; name: string } {
    return { id: this.#zone.id, name: this.#zone.name };
  }
}

function newStay(label: string): Stay {
  return { isIn: false, streak: 0, since: 0, enteredAt: 0, hasLoitered: false, label };
}

/** Adds one. */
export function increase(counts: Map<string, number>, label: string): void {
  counts.set(label, (counts.get(label) ?? 0) + 1);
}

/** Everything together. */
export function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
