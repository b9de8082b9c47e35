import type { LogFilter } from './event-log.js';

/** Spans of time by name. */
export type NamedPeriod = 'all' | 'hour' | 'today' | 'week';

type Span = Pick<LogFilter, 'from' | 'until'>;

/**
 * When a period has begun, by the clock on the wall: a day of 23 hours begins at midnight, too.
 *
 * @param now Local time.
 */
export function periodSpan(period: NamedPeriod, now: Date): Span {
  const from = new Date(now);
  switch (period) {
    case 'all':
      return { from: undefined, until: undefined };
    case 'hour':
      return { from: now.getTime() - 3_600_000, until: undefined };
    case 'today':
      return { from: from.setHours(0, 0, 0, 0), until: undefined };
    case 'week':
      from.setDate(from.getDate() - 6);
      return { from: from.setHours(0, 0, 0, 0), until: undefined };
  }
}

/** All of these days, both included. @param first As in 2026-11-23; without one it is open. */
export function daySpan(first: string, last: string): Span {
  return { from: midnight(first, 0), until: midnight(last, 1) };
}

/** When a day begins, or one some days after it. */
function midnight(day: string, later: number): number | undefined {
  const [, year = '', month = '', date = ''] = /^(\d{4,6})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === '') return undefined;
  return new Date(Number(year), Number(month) - 1, Number(date) + later).getTime();
}
