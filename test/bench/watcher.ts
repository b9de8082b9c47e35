import { quantile } from '../../src/domain/statistics.js';
import { randomNumbers } from '../../src/domain/random.js';
import type { Detection } from '../../src/domain/detection.js';
import { Tracker } from '../../src/domain/tracking/tracker.js';
import { DEFAULT_ANCHOR } from '../../src/domain/watch/anchor.js';
import type { WatchConfig } from '../../src/domain/watch/config.js';
import type { Point } from '../../src/domain/watch/polygon.js';
import { Watcher } from '../../src/domain/watch/watcher.js';

/** How long tracker, zones, lines and rules took together for a frame, in milliseconds. */
export interface WatcherTimes {
  readonly tracks: number;
  readonly zones: number;
  readonly median: number;
  readonly p99: number;
}

const FRAMES = 900;
const RATE = 30;
/** Frames until the code is compiled. */
const WARM_UP = 100;
const FRAME = { width: 1920, height: 1080 };

/** As many zones of eight corners, with a line and two rules for each. */
function configuration(zones: number): WatchConfig {
  const random = randomNumbers(2);
  const places = Array.from({ length: zones }, (_, index) => {
    const [x, y] = [0.2 + 0.6 * random.uniform(), 0.2 + 0.6 * random.uniform()];
    const polygon = Array.from({ length: 8 }, (_entry, corner): Point => {
      const angle = (2 * Math.PI * corner) / 8;
      return [x + 0.2 * Math.cos(angle), y + 0.2 * Math.sin(angle)];
    });
    return { id: String(index), name: `Place ${String(index)}`, x, y, polygon };
  });
  const common = { objects: [], anchor: DEFAULT_ANCHOR };
  const rule = {
    name: '',
    enabled: true,
    objects: [],
    hours: undefined,
    cooldown: 10,
    actions: [],
    webhook: '',
  };
  return {
    zones: places.map(({ id, name, polygon }) => ({
      ...common,
      id,
      name,
      polygon,
      inertia: 3,
      loiteringTime: 5,
    })),
    lines: places.map(({ id, name, x, y }) => ({
      ...common,
      id: `line-${id}`,
      name,
      start: [x - 0.15, y],
      end: [x + 0.15, y],
      minimumCrossingThreshold: 1,
    })),
    rules: places.flatMap(({ id }) => [
      { ...rule, id: `dwell-${id}`, when: { kind: 'zone-dwell', zone: id, seconds: 5 } as const },
      {
        ...rule,
        id: `in-${id}`,
        when: { kind: 'line-crossed', line: `line-${id}`, direction: 'in' } as const,
      },
    ]),
  };
}

/** Watches a crowd that walks through itself and through all zones, in this process. */
export function measureWatcher(tracks: number, zones: number): WatcherTimes {
  const random = randomNumbers(1);
  const walkers = Array.from({ length: tracks }, () => ({
    x: random.uniform() * FRAME.width,
    y: random.uniform() * FRAME.height,
    speed: 120 * (random.uniform() - 0.5),
  }));
  const tracker = new Tracker();
  const watcher = new Watcher(configuration(zones), 2);
  const times: number[] = [];
  for (let frame = 0; frame < FRAMES; frame++) {
    const timestamp = (frame / RATE) * 1000;
    const detections = walkers.flatMap(({ x, y, speed }): Detection[] => {
      const left = x + (speed * frame) / RATE + 2 * random.normal();
      const bbox = [left, y + 2 * random.normal(), 60, 150] as const;
      return random.uniform() < 0.05 ? [] : [{ bbox, class: 'person', score: 0.9 }];
    });
    const start = performance.now();
    const objects = tracker.update(detections, timestamp);
    watcher.update({
      timestamp,
      time: timestamp,
      clock: timestamp,
      frame: FRAME,
      objects,
      isStill: false,
    });
    if (frame >= WARM_UP) times.push(performance.now() - start);
  }
  return { tracks, zones, median: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** The figure for people. */
export function watcherLine({ tracks, zones, median, p99 }: WatcherTimes): string {
  return `tracker, zones, lines and rules, ${tracks} tracks and ${zones} zones: ${median.toFixed(2)} ms a frame, 99 % within ${p99.toFixed(2)} ms (budget 2 ms)`;
}
