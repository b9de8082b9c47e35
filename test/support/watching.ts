import type { TrackedDetection } from '../../src/domain/tracking/track.js';
import { DEFAULT_ANCHOR } from '../../src/domain/watch/anchor.js';
import {
  EMPTY_WATCH,
  type Line,
  type Rule,
  type WatchConfig,
  type Zone,
} from '../../src/domain/watch/config.js';
import type { WatchEvent } from '../../src/domain/watch/events.js';
import { Watcher, type WatchFrame } from '../../src/domain/watch/watcher.js';

export const FRAME = { width: 1000, height: 1000 };
/** A Sunday at noon where the tests run. */
export const NOON = new Date(2026, 2, 1, 12).getTime();

/** The right half of the picture. */
export function zone(overrides: Partial<Zone> = {}): Zone {
  return {
    id: 'z',
    name: 'Right half',
    polygon: [
      [0.5, 0],
      [1, 0],
      [1, 1],
      [0.5, 1],
    ],
    objects: [],
    anchor: DEFAULT_ANCHOR,
    inertia: 1,
    loiteringTime: 0,
    ...overrides,
  };
}

/** Down the middle of the picture, so that in is to the right. */
export function line(overrides: Partial<Line> = {}): Line {
  return {
    id: 'l',
    name: 'Door',
    start: [0.5, 0.2],
    end: [0.5, 0.8],
    objects: [],
    anchor: DEFAULT_ANCHOR,
    minimumCrossingThreshold: 1,
    ...overrides,
  };
}

export function rule(when: Rule['when'], overrides: Partial<Rule> = {}): Rule {
  return {
    id: 'r',
    name: 'Tell me',
    enabled: true,
    when,
    objects: [],
    hours: undefined,
    cooldown: 0,
    actions: [],
    webhook: '',
    ...overrides,
  };
}

/** An object of 80 × 160 pixels that stands at this place. */
export function standing(
  x: number,
  y = 500,
  { trackId = 1, label = 'person' }: { trackId?: number; label?: string } = {},
): TrackedDetection {
  return { bbox: [x - 40, y - 160, 80, 160], class: label, score: 0.9, trackId };
}

/** A watcher with a source whose clock one turns by hand. */
export class Watched {
  readonly watcher: Watcher;
  readonly events: WatchEvent[] = [];
  timestamp = 1000;
  time = NOON;
  clock = 50_000;

  constructor(config: Partial<WatchConfig>, lostTrackBuffer = 2) {
    this.watcher = new Watcher({ ...EMPTY_WATCH, ...config }, lostTrackBuffer);
  }

  /** A frame so many seconds after the last one. */
  see(
    objects: readonly TrackedDetection[],
    seconds = 0.1,
    more: Partial<WatchFrame> = {},
  ): WatchEvent[] {
    this.timestamp += seconds * 1000;
    this.time += seconds * 1000;
    this.clock += seconds * 1000;
    const { timestamp, time, clock } = this;
    const frame = { timestamp, time, clock, frame: FRAME, objects, isStill: false, ...more };
    const events = this.watcher.update(frame);
    this.events.push(...events);
    return events;
  }

  /** Kinds of all events so far, those of tracks left out. */
  get kinds(): string[] {
    return this.events.map(({ kind }) => kind).filter((kind) => !kind.startsWith('track'));
  }

  /** In and out of the line. */
  get crossings(): [number, number] {
    const counts = this.watcher.counts.lines.get('l');
    return [counts?.inCount ?? 0, counts?.outCount ?? 0];
  }
}
