import type { Size } from '../geometry.js';
import { isAbout, type Hours, type Rule } from './config.js';
import type { Occasion, Place, RuleFired, WatchEvent } from './events.js';
import type { Occupant } from './zone-membership.js';

/** One frame's time, on all the clocks that rules go by. */
export interface RuleMoment {
  /** Milliseconds since 1970: tells the hour of the day. */
  readonly time: number;
  /** Milliseconds on the source's own clock: tells how long something has lasted. */
  readonly timestamp: number;
  /** Milliseconds on a clock that nobody sets: tells when the cooldown is over. */
  readonly clock: number;
  readonly frame: Size;
}

/** Who is in a zone; `undefined` where there is no such zone. */
export type FindZone = (id: string) =>
  | {
      readonly place: Place;
      readonly occupants: readonly Occupant[];
      /** When an occupant was last seen. */
      readonly occasionOf: (trackId: number) => Occasion | undefined;
    }
  | undefined;

/** Decides when one rule fires. */
export class RuleKeeper {
  #rule: Rule;
  #firedAt: number | undefined;
  /** Tracks whose stay it has fired for. */
  #told = new Set<number>();
  /** Since when the count has been as asked; `undefined` while it is not. */
  #countedSince: number | undefined;
  #hasToldCount = false;

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  get rule(): Rule {
    return this.#rule;
  }

  /** Another rule under the same id begins anew, but its cooldown goes on. */
  set rule(rule: Rule) {
    if (JSON.stringify(rule.when) !== JSON.stringify(this.#rule.when)) this.restart();
    this.#rule = rule;
  }

  /** The source's clock has begun anew. */
  restart(): void {
    this.#told.clear();
    this.#countedSince = undefined;
    this.#hasToldCount = false;
  }

  /**
   * Takes what one frame has brought.
   *
   * @param events Of this frame, in their order.
   * @returns At most one firing: a rule says no more than once in a frame that it has come true.
   */
  judge(
    moment: RuleMoment,
    events: readonly WatchEvent[],
    findZone: FindZone,
  ): RuleFired | undefined {
    const { when, enabled, cooldown } = this.#rule;
    const isCooling = this.#firedAt !== undefined && moment.clock - this.#firedAt < cooldown * 1000;
    const isOn = enabled && isWithin(this.#rule.hours, moment.time);
    const mayFire = isOn && !isCooling;
    const fired =
      when.kind === 'zone-dwell' || when.kind === 'zone-count'
        ? this.#judgeZone(moment, mayFire, findZone(when.zone))
        : mayFire && this.#judgeEvents(moment, events);
    if (!fired) return undefined;
    this.#firedAt = moment.clock;
    return fired;
  }

  #judgeEvents(moment: RuleMoment, events: readonly WatchEvent[]): RuleFired | undefined {
    for (const event of events) {
      if (event.kind === 'rule-fired' || !isAbout(this.#rule.objects, event.label)) continue;
      const place = this.#placeOf(event);
      if (place !== undefined) return this.#fire(moment, place ?? undefined, event);
    }
    return undefined;
  }

  /** Where an event has happened that is what the rule waits for; `null`: anywhere. */
  #placeOf(event: WatchEvent): Place | null | undefined {
    const { when } = this.#rule;
    switch (when.kind) {
      case 'object-seen':
        return event.kind === 'track-started' ? null : undefined;
      case 'zone-entered':
      case 'zone-left':
        return event.kind === when.kind && event.zone.id === when.zone ? event.zone : undefined;
      case 'line-crossed': {
        if (event.kind !== 'line-crossed' || event.line.id !== when.line) return undefined;
        const isWay = when.direction === 'both' || when.direction === event.direction;
        return isWay ? event.line : undefined;
      }
      case 'zone-dwell':
      case 'zone-count':
        return undefined;
    }
  }

  #judgeZone(
    moment: RuleMoment,
    mayFire: boolean,
    zone: ReturnType<FindZone>,
  ): RuleFired | undefined {
    if (zone === undefined) return undefined;
    const { when, objects } = this.#rule;
    const occupants = zone.occupants.filter(({ label }) => isAbout(objects, label));
    if (when.kind === 'zone-dwell') {
      const here = new Set(occupants.map(({ trackId }) => trackId));
      for (const trackId of this.#told) if (!here.has(trackId)) this.#told.delete(trackId);
      // What came true while it was silent is told afterwards, if it is still so.
      const due = occupants.filter(({ dwell }) => dwell >= when.seconds);
      const [longest] = due
        .filter(({ trackId }) => !this.#told.has(trackId))
        .sort((a, b) => b.dwell - a.dwell);
      if (!mayFire || longest === undefined) return undefined;
      for (const { trackId } of due) this.#told.add(trackId);
      return this.#fire(moment, zone.place, zone.occasionOf(longest.trackId), due.length);
    }
    if (when.kind !== 'zone-count') return undefined;
    const count = occupants.length;
    const isTrue = when.comparison === 'at-least' ? count >= when.count : count <= when.count;
    if (!isTrue) {
      this.#countedSince = undefined;
      this.#hasToldCount = false;
      return undefined;
    }
    this.#countedSince ??= moment.timestamp;
    const lasted = (moment.timestamp - this.#countedSince) / 1000;
    if (!mayFire || this.#hasToldCount || lasted < when.seconds) return undefined;
    this.#hasToldCount = true;
    return this.#fire(moment, zone.place, undefined, count);
  }

  #fire(
    { time, timestamp, frame }: RuleMoment,
    place: Place | undefined,
    occasion: Occasion | undefined,
    count?: number,
  ): RuleFired {
    const { id, name, when } = this.#rule;
    const rule = { id, name };
    const reason = when.kind;
    return { kind: 'rule-fired', time, timestamp, rule, reason, place, occasion, frame, count };
  }
}

const MINUTES_OF_DAY = 24 * 60;

/**
 * Whether a moment lies in a part of the day, by the clock on the wall: on the days
 * on which that is put forward or back, too.
 */
export function isWithin(hours: Hours | undefined, time: number): boolean {
  if (hours === undefined) return true;
  const date = new Date(time);
  const minute = date.getHours() * 60 + date.getMinutes();
  const { from, to, days } = hours;
  const isOvernight = to <= from;
  const hasBegun = isOvernight && minute < to;
  // What has begun yesterday belongs to yesterday.
  const day = hasBegun ? (date.getDay() + 6) % 7 : date.getDay();
  if (days.length > 0 && !days.includes(day)) return false;
  const end = isOvernight ? MINUTES_OF_DAY : to;
  return hasBegun || (minute >= from && minute < end);
}
