import { SightlineError } from '../errors.js';
import { boolean, list, number, oneOf, record, ShapeError, text, type Shape } from '../shape.js';
import { ANCHORS, DEFAULT_ANCHOR } from './anchor.js';
import {
  CROSSING_DIRECTIONS,
  DEFAULT_INERTIA,
  RULE_ACTIONS,
  RULE_CONDITIONS,
  WATCH_LIMITS,
  type Hours,
  type Line,
  type Rule,
  type RuleCondition,
  type WatchConfig,
  type Zone,
} from './config.js';
import { polygonProblem, type Point } from './polygon.js';
import { WEBHOOK_LIMITS } from './webhook.js';

/** How a configuration is written into a file or kept. */
export const WATCH_FORMAT = 'sightline-watch';
/** Raised when an older version could not read it without losing something. */
export const WATCH_VERSION = 2;

/** A zone as a page may write it: all but its corners has a default. */
export type ZoneInput = Pick<Zone, 'polygon'> & Partial<Zone>;
/** A line as a page may write it: all but its ends has a default. */
export type LineInput = Pick<Line, 'start' | 'end'> & Partial<Line>;
/** A rule as a page may write it: all but what it waits for has a default. */
export type RuleInput = Pick<Rule, 'when'> & Partial<Rule>;

const { seconds: LONGEST, frames: FRAMES } = WATCH_LIMITS;
const id = text(64, /^[\w-]+$/);
const name = text(WATCH_LIMITS.nameCharacters);
const objects = list(text(200), WATCH_LIMITS.objects);
const seconds = number(0, LONGEST);
const webhook = text(WEBHOOK_LIMITS.addressCharacters);

const point: Shape<Point> = (value, where) => {
  const [x = NaN, y = NaN, ...rest] = list(number(0, 1), 2)(value, where);
  if (rest.length > 0 || Number.isNaN(y)) throw new ShapeError(`${where} is no point`);
  return [x, y];
};

const polygon: Shape<readonly Point[]> = (value, where) => {
  const corners = list(point, WATCH_LIMITS.corners)(value, where);
  const problem = polygonProblem(corners);
  if (problem !== undefined) throw new ShapeError(`${where} is no polygon: ${problem}`);
  return corners;
};

function or<T>(shape: Shape<T>, fallback: T): Shape<T> {
  return (value, where) => (value === undefined ? fallback : shape(value, where));
}

/** By place in the list, for those that have none. */
function zone(fallbackId: string): Shape<Zone> {
  return record<Zone>({
    id: or(id, fallbackId),
    name: or(name, ''),
    polygon,
    objects: or(objects, []),
    anchor: or(oneOf(ANCHORS), DEFAULT_ANCHOR),
    inertia: or(number(1, FRAMES, true), DEFAULT_INERTIA),
    loiteringTime: or(seconds, 0),
  });
}

function line(fallbackId: string): Shape<Line> {
  const shape = record<Line>({
    id: or(id, fallbackId),
    name: or(name, ''),
    start: point,
    end: point,
    objects: or(objects, []),
    anchor: or(oneOf(ANCHORS), DEFAULT_ANCHOR),
    minimumCrossingThreshold: or(number(1, FRAMES, true), 1),
  });
  return (value, where) => {
    const found = shape(value, where);
    const isPoint = String(found.start) === String(found.end);
    if (isPoint) throw new ShapeError(`${where} has no length`);
    return found;
  };
}

const placed = { zone: id };
const COMPARISONS = ['at-least', 'at-most'] as const;
const DIRECTIONS = [...CROSSING_DIRECTIONS, 'both'] as const;
const CONDITIONS: Readonly<Record<RuleCondition['kind'], Shape<RuleCondition>>> = {
  'object-seen': () => ({ kind: 'object-seen' }),
  'zone-entered': record({ kind: oneOf(['zone-entered']), ...placed }),
  'zone-left': record({ kind: oneOf(['zone-left']), ...placed }),
  'zone-dwell': record({ kind: oneOf(['zone-dwell']), ...placed, seconds }),
  'zone-count': record({
    kind: oneOf(['zone-count']),
    ...placed,
    comparison: oneOf(COMPARISONS),
    count: number(0, WATCH_LIMITS.count, true),
    seconds: or(seconds, 0),
  }),
  'line-crossed': record({
    kind: oneOf(['line-crossed']),
    line: id,
    direction: or<(typeof DIRECTIONS)[number]>(oneOf(DIRECTIONS), 'both'),
  }),
};

const condition: Shape<RuleCondition> = (value, where) => {
  const { kind } = record({ kind: oneOf(RULE_CONDITIONS) })(value, where);
  return CONDITIONS[kind](value, where);
};

const hours = record<Hours>({
  from: number(0, 1439, true),
  to: number(0, 1439, true),
  days: or(list(number(0, 6, true), 7), []),
});

function rule(fallbackId: string): Shape<Rule> {
  return record<Rule>({
    id: or(id, fallbackId),
    name: or(name, ''),
    enabled: or(boolean, true),
    when: condition,
    objects: or(objects, []),
    hours: or<Hours | undefined>(hours, undefined),
    cooldown: or(seconds, 0),
    actions: or(list(oneOf(RULE_ACTIONS), RULE_ACTIONS.length), []),
    webhook: or(webhook, ''),
  });
}

/** What could be used, and what could not and why. */
export interface Usable<T> {
  readonly entries: readonly T[];
  /** Technical, in English: for a developer's console and for the detail of an error. */
  readonly problems: readonly string[];
}

function usable<T extends { readonly id: string }>(
  values: unknown,
  where: string,
  most: number,
  shape: (fallbackId: string) => Shape<T>,
): Usable<T> {
  const entries: T[] = [];
  const problems: string[] = [];
  if (!Array.isArray(values)) return { entries, problems: [`${where} is no list`] };
  values.forEach((value: unknown, index) => {
    const place = `${where}[${String(index)}]`;
    try {
      if (entries.length >= most) throw new ShapeError(`${place} is one more than ${String(most)}`);
      const entry = shape(`${where}-${String(index + 1)}`)(value, place);
      if (entries.some((other) => other.id === entry.id)) {
        throw new ShapeError(`${place} has the id of another: ${entry.id}`);
      }
      entries.push(entry);
    } catch (thrown) {
      if (!(thrown instanceof ShapeError)) throw thrown;
      problems.push(thrown.message);
    }
  });
  return { entries, problems };
}

/** Zones out of what may be anything; those that are none are left out and told of. */
export function usableZones(values: unknown): Usable<Zone> {
  return usable(values, 'zones', WATCH_LIMITS.zones, zone);
}

/** The same for lines. */
export function usableLines(values: unknown): Usable<Line> {
  return usable(values, 'lines', WATCH_LIMITS.lines, line);
}

/** The same for rules. Those about a zone or line that is not there stay; they never fire. */
export function usableRules(values: unknown): Usable<Rule> {
  return usable(values, 'rules', WATCH_LIMITS.rules, rule);
}

/** Everything that is watched for, as JSON. */
export function formatWatch(config: WatchConfig): string {
  return JSON.stringify({ format: WATCH_FORMAT, version: WATCH_VERSION, ...config }, null, 2);
}

/**
 * Reads what `formatWatch` has written, perhaps elsewhere, perhaps changed by hand.
 *
 * @throws SightlineError `watch-newer` for what a newer version has written, `watch-corrupt`
 *   for anything that is not whole: half of it is never taken.
 */
export function parseWatch(written: string): WatchConfig {
  const value = parseJson(written);
  const head = { format: text(40), version: number(1, Number.MAX_SAFE_INTEGER, true) };
  const { format, version } = checked(() => record(head)(value, 'configuration'));
  if (format !== WATCH_FORMAT) throw new SightlineError('watch-corrupt', `format ${format}`);
  if (version > WATCH_VERSION)
    throw new SightlineError('watch-newer', `version ${String(version)}`);
  const { zones, lines, rules } = value as Record<string, unknown>;
  const parts = [usableZones(zones), usableLines(lines), usableRules(rules)] as const;
  const problems = parts.flatMap((part) => part.problems);
  if (problems.length > 0) throw new SightlineError('watch-corrupt', problems.join('; '));
  return { zones: parts[0].entries, lines: parts[1].entries, rules: parts[2].entries };
}

function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch (cause) {
    throw new SightlineError('watch-corrupt', 'no JSON', { cause });
  }
}

function checked<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof ShapeError)) throw cause;
    throw new SightlineError('watch-corrupt', cause.message, { cause });
  }
}
