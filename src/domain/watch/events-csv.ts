import type { WatchEvent } from './events.js';

const COLUMNS = [
  'time',
  'event',
  'label',
  'trackId',
  'place',
  'direction',
  'dwellSeconds',
  'count',
  'score',
] as const;

/**
 * Events as comma-separated values (RFC 4180), one line each, the first with the names:
 * ISO 8601 time, event, label, trackId, zone or line, and what else there is of it.
 */
export function eventsCsv(events: readonly WatchEvent[]): string {
  const lines = events.map((event) => fields(event).map(escape).join(','));
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function fields(event: WatchEvent): string[] {
  const occasion = event.kind === 'rule-fired' ? event.occasion : event;
  return [
    new Date(event.time).toISOString(),
    event.kind,
    occasion?.label ?? '',
    String(occasion?.trackId ?? ''),
    placeName(event),
    event.kind === 'line-crossed' ? event.direction : '',
    'dwell' in event ? event.dwell.toFixed(2) : '',
    event.kind === 'rule-fired' ? String(event.count ?? '') : '',
    occasion?.score.toFixed(3) ?? '',
  ];
}

/** What the zone or line of an event was called; empty where there is none. */
export function placeName(event: WatchEvent): string {
  if ('zone' in event) return event.zone.name;
  if ('line' in event) return event.line.name;
  return event.kind === 'rule-fired' ? (event.place?.name ?? '') : '';
}

function escape(text: string): string {
  // A spreadsheet would compute what begins like this; a name is no formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
