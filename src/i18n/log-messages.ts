import { formatNumber, formatPercent } from './format.js';

/** Spans of time that can be asked for. */
export const PERIODS = ['all', 'hour', 'today', 'week', 'own'] as const;
export type Period = (typeof PERIODS)[number];

const PERIOD_NAMES: Readonly<Record<Period, string>> = {
  all: 'At any time',
  hour: 'In the last hour',
  today: 'Today',
  week: 'In the last 7 days',
  own: 'From … to …',
};

/** Texts of the log of events, in English. They are loaded with the Watch mode. */
export const LOG_TEXTS = {
  period: (period: Period) => PERIOD_NAMES[period],
  periods: 'When it happened',
  fromDay: 'From',
  toDay: 'to',
  found: (count: number, listed: number) =>
    listed < count
      ? `${formatNumber(count)} found; the newest ${formatNumber(listed)} are listed.`
      : `${formatNumber(count)} found.`,
  charts: 'Charts',
  timeline: (unit: 'hour' | 'day') => (unit === 'hour' ? 'Hour by hour' : 'Day by day'),
  byHour: 'By the hour of the day',
  heatMap: 'Where in the picture',
  most: (count: number) => `at most ${formatNumber(count)}`,
  hourBar: (hour: number, count: number) =>
    `${String(hour)} to ${String(hour + 1)} o’clock: ${formatNumber(count)}`,
  moment,
  timeBar: (from: number, count: number, unit: 'hour' | 'day', locale: string) =>
    `${moment(from, unit, locale)}: ${formatNumber(count)}`,
  chartLabel: (title: string, peak: string) => `${title}. Most: ${peak}.`,
  heatLabel: ([x, y]: readonly [number, number]) =>
    `Map of where things stood. Most often ${formatPercent(x)} from the left and ${formatPercent(y)} from the top.`,
  save: 'Save as',
  csv: 'CSV table',
  json: 'JSON',
  coco: 'COCO, with the snapshots',
  saving: 'Being written …',
  deleteOne: (what: string) => `Delete: ${what}`,
  deleteAll: 'Delete all',
  deleteFound: (count: number) => `Delete the ${formatNumber(count)} found`,
  deleteReally: (count: number) => `Really delete ${formatNumber(count)}?`,
  time: (time: number, locale: string) => {
    const isToday = new Date(time).toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(locale, {
      ...(isToday ? {} : { month: 'short', day: 'numeric' }),
      hour: 'numeric',
      minute: '2-digit',
      second: '2-digit',
    }).format(time);
  },
} as const;

function moment(time: number, unit: 'hour' | 'day', locale: string): string {
  const options: Intl.DateTimeFormatOptions =
    unit === 'hour'
      ? { weekday: 'short', hour: 'numeric' }
      : { day: 'numeric', month: 'short', year: 'numeric' };
  return new Intl.DateTimeFormat(locale, options).format(time);
}
