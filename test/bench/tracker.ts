import type { Detection } from '../../src/domain/detection.js';
import { randomNumbers } from '../../src/domain/random.js';
import { Tracker } from '../../src/domain/tracking/tracker.js';
import { quantile } from '../../src/domain/statistics.js';

/** How long the tracker took for a frame, in milliseconds. */
export interface TrackerTimes {
  readonly tracks: number;
  readonly median: number;
  readonly p99: number;
}

const FRAMES = 900;
const RATE = 30;
/** Frames until the code is compiled. */
const WARM_UP = 100;

/** Follows a crowd that walks through itself, some of it faint, some of it missed, in this process. */
export function measureTracker(tracks: number): TrackerTimes {
  const random = randomNumbers(1);
  const walkers = Array.from({ length: tracks }, () => ({
    x: random.uniform() * 1920,
    y: random.uniform() * 1080,
    speed: 120 * (random.uniform() - 0.5),
  }));
  const tracker = new Tracker();
  const times: number[] = [];
  for (let frame = 0; frame < FRAMES; frame++) {
    const seconds = frame / RATE;
    const detections = walkers.flatMap(({ x, y, speed }): Detection[] => {
      const left = x + speed * seconds + 2 * random.normal();
      const score = random.uniform() < 0.2 ? 0.3 : 0.9;
      const bbox = [left, y + 2 * random.normal(), 60, 150] as const;
      return random.uniform() < 0.05 ? [] : [{ bbox, class: 'person', score }];
    });
    const start = performance.now();
    tracker.update(detections, seconds * 1000);
    if (frame >= WARM_UP) times.push(performance.now() - start);
  }
  return { tracks, median: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** The figure for people. */
export function trackerLine({ tracks, median, p99 }: TrackerTimes): string {
  return `tracker, ${tracks} tracks: ${median.toFixed(2)} ms a frame, 99 % within ${p99.toFixed(2)} ms (budget 1 ms)`;
}
