import type { WatchEvent, WatchEventKind } from './events.js';
import { placeName } from './events-csv.js';

/** How much is kept: months of an ordinary day's events, and less than 100 MB. */
export const LOG_BOUNDS = { events: 100_000, days: 365 } as const;

/** So many more than the bound are let go at once, so that not every event lets one go. */
const SLACK = 0.05;
const DAY_MS = 86_400_000;

/** How many of so many events are too many: the oldest are to go. */
export function surplus(total: number): number {
  const { events } = LOG_BOUNDS;
  return total > events * (1 + SLACK) ? total - events : 0;
}

/** Events before this moment are outdated. @param now Milliseconds since 1970. */
export function oldestKept(now: number): number {
  return now - LOG_BOUNDS.days * DAY_MS;
}

/** What of the log is asked for; everything where nothing is said. */
export interface LogFilter {
  readonly kinds: readonly WatchEventKind[];
  /** All of these words are in the label, the place or the rule, whatever their case. */
  readonly text: string;
  /** Milliseconds since 1970; from this moment on. */
  readonly from?: number | undefined;
  /** Before this moment. */
  readonly until?: number | undefined;
}

export const NO_FILTER: LogFilter = { kinds: [], text: '' };

/** Whether everything is asked for. */
export function isEmptyFilter({ kinds, text, from, until }: LogFilter): boolean {
  return kinds.length === 0 && text.trim() === '' && from === undefined && until === undefined;
}

/** Makes what tells whether an event is asked for; made once for many events. */
export function logFilter({
  kinds,
  text,
  from = -Infinity,
  until = Infinity,
}: LogFilter): (event: WatchEvent) => boolean {
  const wanted = new Set(kinds);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (event) => {
    if (event.time < from || event.time >= until) return false;
    if (wanted.size > 0 && !wanted.has(event.kind)) return false;
    if (words.length === 0) return true;
    const said = wordsOf(event);
    return words.every((word) => said.includes(word));
  };
}

function wordsOf(event: WatchEvent): string {
  const occasion = event.kind === 'rule-fired' ? event.occasion : event;
  const direction = event.kind === 'line-crossed' ? event.direction : '';
  const rule = event.kind === 'rule-fired' ? event.rule.name : '';
  return [occasion?.label ?? '', placeName(event), rule, direction].join('\n').toLowerCase();
}
