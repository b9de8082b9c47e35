import type { DetailChoice, DetailMode } from './detection.js';

/**
 * Decides how often to look and how closely, so that a phone stays cool and its
 * battery lasts: full rate while things move and the device keeps up, less when
 * looks take longer than they did (heat), on a low battery, or when nothing
 * moves. Pure: a state, what was observed, and what follows from it.
 */

/** Why fewer looks are taken than could be. */
export const PACE_REASONS = ['still', 'warm', 'battery'] as const;
export type PaceReason = (typeof PACE_REASONS)[number];

/** The battery as far as it is known. */
export interface BatteryLevel {
  /** 0 to 1. */
  readonly level: number;
  readonly isCharging: boolean;
}

/** One look at the picture of a source. */
export interface LookRecord {
  /** When it ended, in milliseconds on a clock that never goes back. */
  readonly now: number;
  /** Milliseconds that the engine spent on it. */
  readonly milliseconds: number;
  /** Parts of the picture that the network was shown; 1 or more. */
  readonly regions: number;
  /** Share of the picture that has moved, 0 to 1, where it was measured. */
  readonly motion: number | undefined;
}

/** What has been learnt from the looks so far. Replaced, never mutated. */
export interface GovernorState {
  readonly looks: number;
  readonly lastLook: number;
  /** Milliseconds per region of late. */
  readonly recent: number | undefined;
  /** The same over some 20 seconds. */
  readonly sustained: number | undefined;
  /** The lowest that `sustained` has been: the device when cool. */
  readonly best: number | undefined;
  /** Milliseconds of a whole look of late. */
  readonly look: number;
  /** 0 (cool) to 3. */
  readonly warmth: number;
  readonly warmthSince: number;
  /** When something last moved; `undefined` while nobody has measured. */
  readonly movedAt: number | undefined;
  /** Whether nothing has moved for a while. */
  readonly isStill: boolean;
  /** Whether the device is fast enough for tiles in live video. */
  readonly isFast: boolean;
  /** Since when the device has been as warm as it gets. */
  readonly hotSince: number | undefined;
}

export const FRESH_GOVERNOR: GovernorState = {
  looks: 0,
  lastLook: -Infinity,
  recent: undefined,
  sustained: undefined,
  best: undefined,
  look: 0,
  warmth: 0,
  warmthSince: -Infinity,
  movedAt: undefined,
  isStill: false,
  isFast: false,
  hotSince: undefined,
};

/** What the governor is asked about. */
export interface Situation {
  /** A still picture, or one that moves. */
  readonly isPhoto: boolean;
  /** Looks that this very picture has had already; counts for photos. */
  readonly looksAtPhoto: number;
  readonly detail: DetailChoice;
  readonly battery: BatteryLevel | undefined;
}

/** What to do next. */
export interface Pace {
  readonly detail: DetailMode;
  /** Least milliseconds from the start of one look to the start of the next. */
  readonly interval: number;
  readonly reasons: readonly PaceReason[];
  /** A photo should be looked at once more, more closely. */
  readonly again: boolean;
  /** The device has been much slower than it was for so long that another runtime may suit it better. */
  readonly probeAgain: boolean;
}

/** Nobody sees more boxes a second, and most cameras give no more frames. */
const FULL_RATE_MS = 1000 / 30;
const STILL_MS = 250;
const LOW_BATTERY_MS = 200;
const LOW_BATTERY = 0.2;

/** After so many milliseconds without motion the picture counts as still. */
const STILL_AFTER = 3000;

/** Looks that are slow for other reasons: compilation, caches. */
const WARM_UP_LOOKS = 10;
/** Milliseconds over which `recent` and `sustained` average. */
const RECENT_WINDOW = 2000;
const SUSTAINED_WINDOW = 20_000;

/** Part of the time that may be spent on looking, by warmth. */
const DUTY = [1, 0.7, 0.5, 0.33] as const;
const WARMEST = DUTY.length - 1;
/** Looks that take this many times as long as at best make the device count as warmer… */
const WARMER = 1.35;
/** …and below this as cooler again. */
const COOLER = 1.15;
/** Milliseconds that a change of pace has to show its effect. */
const WARMER_AFTER = 10_000;
const COOLER_AFTER = 30_000;
const PROBE_AGAIN_AFTER = 60_000;

/** Milliseconds per region: tiles in live video begin below the first and end above the second. */
const FAST = 25;
const NOT_FAST = 33;

/** Milliseconds per region from which on a photo is shown with the first boxes before the tiles are looked at. */
const SLOW = 250;
/** From here on the tiles of a photo take too long for anyone who has not asked for them. */
const TOO_SLOW = 2000;

/** What a look teaches. */
export function observeLook(state: GovernorState, look: LookRecord): GovernorState {
  const { now } = look;
  const cost = look.milliseconds / Math.max(1, look.regions);
  const looks = state.looks + 1;
  const elapsed = Math.max(0, now - Math.max(state.lastLook, now - RECENT_WINDOW));
  const recent = blend(state.recent, cost, elapsed / RECENT_WINDOW);
  const isWarmedUp = looks > WARM_UP_LOOKS;
  const sustained = isWarmedUp
    ? // One slow look is no heat: it counts as twice the usual at most.
      blend(
        state.sustained,
        Math.min(cost, 2 * (state.sustained ?? cost)),
        elapsed / SUSTAINED_WINDOW,
      )
    : undefined;
  const best = sustained === undefined ? undefined : Math.min(state.best ?? Infinity, sustained);
  const movedAt =
    look.motion === undefined ? state.movedAt : look.motion > 0 ? now : (state.movedAt ?? now);
  const warmth = nextWarmth(state, sustained, best, now);
  const hotSince = warmth < WARMEST ? undefined : (state.hotSince ?? now);
  return {
    looks,
    lastLook: now,
    recent,
    sustained,
    best,
    look: look.milliseconds,
    warmth,
    warmthSince: warmth === state.warmth && isWarmedUp ? state.warmthSince : now,
    movedAt,
    isStill: movedAt !== undefined && now - movedAt >= STILL_AFTER,
    isFast: recent <= (state.isFast ? NOT_FAST : FAST),
    hotSince,
  };
}

/** What follows for the next look. */
export function decidePace(state: GovernorState, situation: Situation): Pace {
  const { battery, isPhoto } = situation;
  const isLow = battery !== undefined && !battery.isCharging && battery.level <= LOW_BATTERY;
  const isWarm = state.warmth > 0;
  const { detail, again } = isPhoto
    ? photoDetail(state, situation)
    : { detail: liveDetail(state, situation, isLow || isWarm), again: false };
  const interval = isPhoto
    ? 0
    : Math.max(
        FULL_RATE_MS,
        state.look / (DUTY[state.warmth] ?? 1),
        isLow ? LOW_BATTERY_MS : 0,
        state.isStill ? STILL_MS : 0,
      );
  const reasons: PaceReason[] = [];
  if (!isPhoto && state.isStill) reasons.push('still');
  if (!isPhoto && isWarm) reasons.push('warm');
  if (!isPhoto && isLow) reasons.push('battery');
  const hotFor = state.hotSince === undefined ? 0 : state.lastLook - state.hotSince;
  return { detail, interval, reasons, again, probeAgain: hotFor >= PROBE_AGAIN_AFTER };
}

/**
 * Nobody waits for a photo's next frame, so it is looked at in every detail;
 * where that takes long, the boxes of the whole picture come first.
 */
function photoDetail(
  { recent }: GovernorState,
  { detail, looksAtPhoto }: Situation,
): { detail: DetailMode; again: boolean } {
  if (detail === 'off') return { detail: 'off', again: false };
  const isTooSlow = detail === 'auto' && recent !== undefined && recent > TOO_SLOW;
  if (isTooSlow) return { detail: 'off', again: false };
  const isFirst = looksAtPhoto === 0;
  const isSlow = recent === undefined || recent > SLOW;
  return isFirst && isSlow ? { detail: 'off', again: true } : { detail: 'all', again: false };
}

function liveDetail(
  { isFast }: GovernorState,
  { detail }: Situation,
  isSparing: boolean,
): DetailMode {
  if (detail === 'on') return 'rotate';
  return detail === 'auto' && isFast && !isSparing ? 'rotate' : 'off';
}

function nextWarmth(
  { warmth, warmthSince }: GovernorState,
  sustained: number | undefined,
  best: number | undefined,
  now: number,
): number {
  if (sustained === undefined || best === undefined) return 0;
  const since = now - warmthSince;
  if (sustained > best * WARMER && since >= WARMER_AFTER) return Math.min(WARMEST, warmth + 1);
  if (sustained < best * COOLER && since >= COOLER_AFTER) return Math.max(0, warmth - 1);
  return warmth;
}

/** A running mean in which the new value has this weight. */
function blend(mean: number | undefined, value: number, weight: number): number {
  return mean === undefined ? value : mean + (value - mean) * Math.min(1, Math.max(0.01, weight));
}
