import type { WatchEvent } from './events.js';
import { anchorPoint, DEFAULT_ANCHOR } from './anchor.js';

/** Cells of the map of where things were, across and down. */
export const HEAT_SIZE = { width: 32, height: 18 } as const;

const HOUR_MS = 3_600_000;
/** Up to so many hours each has a bar of its own; beyond that each day has. */
const MOST_HOURS = 49;

/** One bar of the timeline. */
export interface TimelineBar {
  /** When it begins, milliseconds since 1970. */
  readonly from: number;
  readonly count: number;
}

/** Numbers about many events. */
export interface EventNumbers {
  readonly total: number;
  /** 24 counts, by the hour of the day on the clock on the wall. */
  readonly byHour: readonly number[];
  /** From the first to the last hour or day, those without an event too. */
  readonly timeline: readonly TimelineBar[];
  readonly timelineUnit: 'hour' | 'day';
  /** `HEAT_SIZE` cells row by row: how often something stood there. */
  readonly heat: Float64Array;
}

/** Counts events, in any order. */
export class EventTally {
  #total = 0;
  /** Counts by hour since 1970: an hour that the clock repeats in autumn is two. */
  readonly #hours = new Map<number, number>();
  readonly #heat = new Float64Array(HEAT_SIZE.width * HEAT_SIZE.height);

  add(event: WatchEvent): void {
    this.#total++;
    const hour = Math.floor(event.time / HOUR_MS);
    this.#hours.set(hour, (this.#hours.get(hour) ?? 0) + 1);
    const occasion = event.kind === 'rule-fired' ? event.occasion : event;
    if (occasion === undefined) return;
    const [x, y] = anchorPoint(occasion.bbox, occasion.frame, DEFAULT_ANCHOR);
    const { width, height } = HEAT_SIZE;
    const column = Math.min(width - 1, Math.max(0, Math.floor(x * width)));
    const row = Math.min(height - 1, Math.max(0, Math.floor(y * height)));
    const cell = row * width + column;
    this.#heat[cell] = (this.#heat[cell] ?? 0) + 1;
  }

  get numbers(): EventNumbers {
    const byHour = Array.from({ length: 24 }, () => 0);
    for (const [hour, count] of this.#hours) {
      const ofDay = new Date(hour * HOUR_MS).getHours();
      byHour[ofDay] = (byHour[ofDay] ?? 0) + count;
    }
    const hours = [...this.#hours.keys()];
    // No spread: there may be tens of thousands.
    const first = hours.reduce((least, hour) => Math.min(least, hour), Infinity);
    const last = hours.reduce((most, hour) => Math.max(most, hour), -Infinity);
    const timelineUnit = last - first < MOST_HOURS ? 'hour' : 'day';
    const timeline = timelineUnit === 'hour' ? this.#byHour(first, last) : this.#byDay(first, last);
    return { total: this.#total, byHour, timeline, timelineUnit, heat: this.#heat };
  }

  #byHour(first: number, last: number): TimelineBar[] {
    const bars: TimelineBar[] = [];
    for (let hour = first; hour <= last; hour++) {
      bars.push({ from: hour * HOUR_MS, count: this.#hours.get(hour) ?? 0 });
    }
    return bars;
  }

  /** Days of 23 and 25 hours are days as well. */
  #byDay(first: number, last: number): TimelineBar[] {
    const counts = new Map<number, number>();
    for (const [hour, count] of this.#hours) {
      const day = new Date(hour * HOUR_MS).setHours(0, 0, 0, 0);
      counts.set(day, (counts.get(day) ?? 0) + count);
    }
    const bars: TimelineBar[] = [];
    const day = new Date(first * HOUR_MS);
    day.setHours(0, 0, 0, 0);
    while (day.getTime() <= last * HOUR_MS && bars.length < MOST_DAYS) {
      bars.push({ from: day.getTime(), count: counts.get(day.getTime()) ?? 0 });
      day.setDate(day.getDate() + 1);
    }
    return bars;
  }
}

/** A device whose clock was wrong has events of all times; the timeline ends somewhere. */
const MOST_DAYS = 1000;
