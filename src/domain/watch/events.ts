import type { BBox, Size } from '../geometry.js';
import type { CrossingDirection, RuleCondition } from './config.js';

/** Who an event is about, and when. */
export interface Occasion {
  /** Milliseconds since 1970 by the clock on the wall. */
  readonly time: number;
  /** Milliseconds on the source's own clock. */
  readonly timestamp: number;
  readonly trackId: number;
  /** Canonical label, or the name that a taught head has for it. */
  readonly label: string;
  readonly score: number;
  /** Where it was last seen, in pixels of a picture of `frame`. */
  readonly bbox: BBox;
  readonly frame: Size;
}

/** A zone, line or rule as it was called when the event came about. */
export interface Place {
  readonly id: string;
  readonly name: string;
}

/** Something has happened in the picture. */
export type WatchEvent =
  | (Occasion & { readonly kind: 'track-started' })
  /** @property duration Seconds for which it was followed. */
  | (Occasion & { readonly kind: 'track-ended'; readonly duration: number })
  | (Occasion & { readonly kind: 'zone-entered'; readonly zone: Place })
  /** @property dwell Seconds from the first frame in the zone to the first one outside. */
  | (Occasion & { readonly kind: 'zone-left'; readonly zone: Place; readonly dwell: number })
  | (Occasion & { readonly kind: 'zone-loitered'; readonly zone: Place; readonly dwell: number })
  | (Occasion & {
      readonly kind: 'line-crossed';
      readonly line: Place;
      readonly direction: CrossingDirection;
    })
  | RuleFired;

/** A rule fired; `occasion` is missing where it is about nobody in particular. */
export interface RuleFired {
  readonly kind: 'rule-fired';
  readonly time: number;
  readonly timestamp: number;
  readonly rule: Place;
  /** What kind of rule it is. */
  readonly reason: RuleCondition['kind'];
  /** Zone or line that it is about. */
  readonly place: Place | undefined;
  readonly occasion: Occasion | undefined;
  readonly frame: Size;
  /** How many there were, of a rule that counts. */
  readonly count: number | undefined;
}

export const WATCH_EVENTS = [
  'track-started',
  'track-ended',
  'zone-entered',
  'zone-left',
  'zone-loitered',
  'line-crossed',
  'rule-fired',
] as const satisfies readonly WatchEvent['kind'][];
export type WatchEventKind = (typeof WATCH_EVENTS)[number];
