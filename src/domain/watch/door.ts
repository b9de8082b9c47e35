import { alertsOf, withAlerts } from './alerts.js';
import { DEFAULT_ANCHOR } from './anchor.js';
import { DEFAULT_INERTIA, type Line, type WatchConfig, type Zone } from './config.js';

/** What the parts of a door are known by and called. */
export interface DoorNames {
  readonly line: Pick<Line, 'id' | 'name'>;
  readonly zone: Pick<Zone, 'id' | 'name'>;
}

/** Seconds after which somebody who stays is told of. */
export const DOOR_DWELL = 30;

/**
 * With a line that counts people in and out, and a zone around it that tells who stays: both in
 * the middle of the picture, to be moved to where the door is.
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
    polygon: [
      [0.15, 0.4],
      [0.85, 0.4],
      [0.85, 0.95],
      [0.15, 0.95],
    ],
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
