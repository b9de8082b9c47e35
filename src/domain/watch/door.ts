import { alertsOf, withAlerts } from './alerts.js';
import { DEFAULT_ANCHOR } from './anchor.js';
import { DEFAULT_INERTIA, type Line, type WatchConfig, type Zone } from './config.js';
import { clippedToPicture, type Point } from './polygon.js';

/** What the parts of a door are known by and called. */
export interface DoorNames {
  readonly line: Pick<Line, 'id' | 'name'>;
  readonly zone: Pick<Zone, 'id' | 'name'>;
}

/** Seconds after which somebody who stays is told of. */
export const DOOR_DWELL = 30;

/** How far the zone around a line goes beyond its ends and to each side, in parts of the picture. */
const BEYOND = 0.05;
const BESIDE = 0.27;

/** Where a line lies. */
type Ends = Pick<Line, 'start' | 'end'>;

/**
 * The zone around a line: a rectangle along it, as far as the picture goes.
 *
 * @returns Three to eight corners; equal for equal ends, so that it is known again.
 */
export function aroundLine({ start, end }: Ends): readonly Point[] {
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const length = Math.hypot(dx, dy);
  // Of no length, which no line of a person's has: one that goes to the right.
  const [ux, uy] = length === 0 ? [1, 0] : [dx / length, dy / length];
  const corner = ([x, y]: Point, along: number, aside: number): Point => [
    x + ux * along - uy * aside,
    y + uy * along + ux * aside,
  ];
  return clippedToPicture([
    corner(start, -BEYOND, -BESIDE),
    corner(end, BEYOND, -BESIDE),
    corner(end, BEYOND, BESIDE),
    corner(start, -BEYOND, BESIDE),
  ]);
}

/**
 * With a line changed. A zone that still lies around it as `withDoor` drew it goes with it; one
 * that a person has drawn stays where it is.
 */
export function withLineChanged(
  config: WatchConfig,
  id: string,
  change: (line: Line) => Line,
): WatchConfig {
  const before = config.lines.find((line) => line.id === id);
  if (before === undefined) return config;
  const after = change(before);
  const old = String(aroundLine(before));
  return {
    ...config,
    lines: config.lines.map((line) => (line === before ? after : line)),
    zones: config.zones.map((zone) =>
      String(zone.polygon) === old ? { ...zone, polygon: aroundLine(after) } : zone,
    ),
  };
}

/**
 * With a line that counts people in and out, and a zone around it that tells who stays: both in
 * the middle of the picture, to be moved to where the door is. The zone follows the line.
 */
export function withDoor(config: WatchConfig, names: DoorNames): WatchConfig {
  const common = { objects: ['person'], anchor: DEFAULT_ANCHOR };
  const line: Line = {
    ...names.line,
    ...common,
    start: [0.2, 0.65],
    end: [0.8, 0.65],
    minimumCrossingThreshold: 1,
  };
  const zone: Zone = {
    ...names.zone,
    ...common,
    polygon: aroundLine(line),
    inertia: DEFAULT_INERTIA,
    loiteringTime: 0,
  };
  const { zones, lines } = config;
  const both = { ...config, zones: [...zones, zone], lines: [...lines, line] };
  return withAlerts(both, zone, {
    ...alertsOf(zone.id, both),
    on: new Set(['zone-dwell'] as const),
    seconds: DOOR_DWELL,
    actions: ['banner', 'sound'],
  });
}
