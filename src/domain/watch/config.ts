import type { Anchor } from './anchor.js';
import type { Point } from './polygon.js';

/** An area of the picture in which objects are counted (Frigate's zone, supervision's `PolygonZone`). */
export interface Zone {
  readonly id: string;
  /** What a person calls it. */
  readonly name: string;
  /** Its corners in order; at least three, and edges that do not cross. */
  readonly polygon: readonly Point[];
  /** Labels that count; empty for all. */
  readonly objects: readonly string[];
  readonly anchor: Anchor;
  /** Frames in a row that the anchor must be in before an object is in, and out before it is out. */
  readonly inertia: number;
  /** Seconds after which an object that stays is told of as loitering; 0 for never. */
  readonly loiteringTime: number;
}

/** A line whose crossings are counted (supervision's `LineZone`). */
export interface Line {
  readonly id: string;
  readonly name: string;
  /** Who walks along it from `start` to `end` sees objects that go **in** cross from right to left. */
  readonly start: Point;
  readonly end: Point;
  /** Labels that count; empty for all. */
  readonly objects: readonly string[];
  readonly anchor: Anchor;
  /** Frames in a row that an object must be seen on the other side. */
  readonly minimumCrossingThreshold: number;
}

export const CROSSING_DIRECTIONS = ['in', 'out'] as const;
export type CrossingDirection = (typeof CROSSING_DIRECTIONS)[number];

/** What a rule waits for. */
export type RuleCondition =
  | { readonly kind: 'object-seen' }
  | { readonly kind: 'zone-entered' | 'zone-left'; readonly zone: string }
  /** One object has been in the zone for so many seconds. */
  | { readonly kind: 'zone-dwell'; readonly zone: string; readonly seconds: number }
  /** So many are in the zone, for so many seconds on end. */
  | {
      readonly kind: 'zone-count';
      readonly zone: string;
      readonly comparison: 'at-least' | 'at-most';
      readonly count: number;
      readonly seconds: number;
    }
  | {
      readonly kind: 'line-crossed';
      readonly line: string;
      readonly direction: CrossingDirection | 'both';
    };

export const RULE_CONDITIONS = [
  'object-seen',
  'zone-entered',
  'zone-left',
  'zone-dwell',
  'zone-count',
  'line-crossed',
] as const satisfies readonly RuleCondition['kind'][];

/** A part of the day by the clock on the wall. */
export interface Hours {
  /** Minutes since midnight, 0 to 1439. A span from later to earlier goes over midnight. */
  readonly from: number;
  readonly to: number;
  /** Days of the week on which it begins, 0 for Sunday; empty for all. */
  readonly days: readonly number[];
}

/** What a rule has done when it fires. */
export const RULE_ACTIONS = [
  'banner',
  'sound',
  'speech',
  'vibration',
  'notification',
  'webhook',
  'snapshot',
  'clip',
] as const;
export type RuleAction = (typeof RULE_ACTIONS)[number];

/** When this happens, do that. */
export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly when: RuleCondition;
  /** Labels it is about; empty for all. */
  readonly objects: readonly string[];
  /** `undefined`: at any time. */
  readonly hours: Hours | undefined;
  /** Seconds for which it is silent after it has fired. */
  readonly cooldown: number;
  readonly actions: readonly RuleAction[];
  /** Address of its `webhook` action; empty for none. See `webhookTarget`. */
  readonly webhook: string;
}

/** Everything that is watched for on one source. */
export interface WatchConfig {
  readonly zones: readonly Zone[];
  readonly lines: readonly Line[];
  readonly rules: readonly Rule[];
}

export const EMPTY_WATCH: WatchConfig = { zones: [], lines: [], rules: [] };

/** More of anything is refused. */
export const WATCH_LIMITS = {
  zones: 100,
  lines: 100,
  rules: 200,
  corners: 100,
  objects: 200,
  nameCharacters: 80,
  frames: 60,
  seconds: 86_400,
  count: 1000,
} as const;

/** As in Frigate. */
export const DEFAULT_INERTIA = 3;

/** Whether a label is one of those that count. */
export function isAbout(objects: readonly string[], label: string): boolean {
  return objects.length === 0 || objects.includes(label);
}

/** What a rule is about that is not there (any more); such a rule never fires. */
export function missingPlace(
  { when }: Rule,
  { zones, lines }: Pick<WatchConfig, 'zones' | 'lines'>,
): 'zone' | 'line' | undefined {
  if ('zone' in when && !zones.some(({ id }) => id === when.zone)) return 'zone';
  if ('line' in when && !lines.some(({ id }) => id === when.line)) return 'line';
  return undefined;
}
