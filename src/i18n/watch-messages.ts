import type { Anchor } from '../domain/watch/anchor.js';
import { placeName } from '../domain/watch/events-csv.js';
import type { RuleFired, WatchEvent, WatchEventKind } from '../domain/watch/events.js';
import { formatNumber, formatPercent } from './format.js';
import { PRIVACY_PAGE_TEXTS } from './privacy-page-messages.js';
import { labelCount, labelName } from './label-names.js';

/** "42 s", or "3 min 5 s". */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${formatNumber(whole)} s`;
  return `${formatNumber(Math.floor(whole / 60))} min ${formatNumber(whole % 60)} s`;
}

const ANCHORS: Readonly<Record<Anchor, string>> = {
  'bottom-center': 'Its feet (bottom centre)',
  'bottom-left': 'Bottom left',
  'bottom-right': 'Bottom right',
  center: 'Its middle',
  'center-left': 'Middle of its left side',
  'center-right': 'Middle of its right side',
  'top-center': 'Its top',
  'top-left': 'Top left',
  'top-right': 'Top right',
};

const KINDS: Readonly<Record<WatchEventKind, string>> = {
  'track-started': 'Came into sight',
  'track-ended': 'Out of sight',
  'zone-entered': 'Entered a zone',
  'zone-left': 'Left a zone',
  'zone-loitered': 'Stays in a zone',
  'line-crossed': 'Crossed a line',
  'rule-fired': 'Was told of',
};

const PROBLEMS = {
  'too-few-corners': 'A zone needs at least three corners.',
  'self-crossing': 'Its edges cross. Move a corner so that they do not.',
  'no-area': 'It is too small to hold anything. Make it larger.',
  short: 'The line is too short. Move one of its ends.',
} as const;

/** Texts of watching, in English. They are loaded with its views. */
export const WATCH_TEXTS = {
  title: 'Watch',
  leave: 'Leave watching',
  back: 'Back',
  start: 'Draw a zone to count what is in it, or a line to count what crosses it.',
  noPicture: 'Open the camera or a video first: zones and lines are drawn on its picture.',
  addDoor: 'Count people at a door',
  door: 'Door',
  atDoor: 'At the door',
  doorAdded: 'Drag the line across the door and the zone around it: tap each to move it.',
  find: 'Find something',
  file: 'As a file',
  fileText: 'Zones, lines, rules and what is looked for, for this or another device.',
  saveConfig: 'Save',
  openConfig: 'Open …',
  configOpened: (name: string) => `“${name}” took the place of what was here.`,
  addZone: 'Add a zone',
  addLine: 'Add a line',
  zone: 'Zone',
  line: 'Line',
  zoneNumber: (number: number) => `Zone ${formatNumber(number)}`,
  lineNumber: (number: number) => `Line ${formatNumber(number)}`,
  places: 'Zones and lines',
  inside: (count: number) => `${formatNumber(count)} inside`,
  entered: (count: number) => `${formatNumber(count)} came in`,
  longest: (seconds: number) => `longest ${duration(seconds)}`,
  inCount: (count: number) => `${formatNumber(count)} in`,
  outCount: (count: number) => `${formatNumber(count)} out`,
  byLabel: (counts: ReadonlyMap<string, number>, locale: string) =>
    [...counts].map(([label, count]) => labelCount(label, count, locale)).join(', '),
  edit: (name: string) => `Change ${name}`,
  reset: 'Count from 0 again',
  wasReset: 'All counts begin at 0 again.',
  events: 'What happened',
  noEvents: 'Nothing yet. What enters, leaves or crosses is listed here.',
  noneFound: 'Nothing of what is kept fits that.',
  eventsKept: (count: number, waiting: number) =>
    `${formatNumber(count)} kept on this device${waiting > 0 ? `, ${formatNumber(waiting)} being saved` : ''}.`,
  eventsPruned: (count: number) =>
    `${formatNumber(count)} of the oldest were let go: a year, or 100,000, is the most that is kept.`,
  search: 'Search',
  kindsAll: 'Everything',
  kind: (kind: WatchEventKind) => KINDS[kind],
  kinds: 'What happened',
  drawZone:
    'Drag across the picture to draw it, or move its corners. A thing is in it when its feet are.',
  drawLine:
    'Drag across the picture to draw it, or move its ends. A thing crosses it with its feet.',
  keys: 'Arrow keys move the chosen corner, with Shift by less; Delete takes it away.',
  name: 'Name',
  counts: 'What counts',
  everything: 'Everything',
  otherLabel: 'Another label …',
  swap: 'In is the other way',
  direction: 'The arrow on the picture points to “in”.',
  more: 'More',
  anchor: 'Where a thing is',
  inertia: 'Frames it takes to be in or out',
  threshold: 'Frames it must be seen on the other side',
  done: 'Done',
  remove: 'Delete',
  removed: (name: string) => `“${name}” is deleted.`,
  undo: 'Undo',
  webhookRefused: 'The other program could not be told: its address is not allowed here.',
  notificationsRefused: 'The browser does not allow notifications for this page.',
  kept: 'It is kept for this source, on this device.',
  openEvent: (text: string) => `Pictures of: ${text}`,
  eventTitle: 'What was kept of it',
  snapshot: 'Snapshot',
  clip: 'Clip',
  save: 'Save',
  share: 'Share',
  noPictures: 'No picture of it is kept any more, or its clip is still being recorded.',
  moment: (time: number, locale: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(time),
  noFloating: 'The browser does not open a small window now.',
  privacy: PRIVACY_PAGE_TEXTS,
  unreadable: 'What was kept for this source could not be read. It begins empty.',
  corner: (number: number, x: number, y: number) =>
    `Corner ${formatNumber(number)}, at ${formatPercent(x)} from the left and ${formatPercent(y)} from the top`,
  end: (number: number, x: number, y: number) =>
    `${number === 1 ? 'Start' : 'End'} of the line, at ${formatPercent(x)} from the left and ${formatPercent(y)} from the top`,
  whole: 'All of it',
  addCorner: (number: number) => `Add a corner after corner ${formatNumber(number)}`,
  handleRole: 'handle',
  anchorName: (anchor: Anchor) => ANCHORS[anchor],
  problem: (problem: keyof typeof PROBLEMS) => PROBLEMS[problem],
  event: eventText,
  fired: firedText,
} as const;

function eventText(event: WatchEvent, locale: string): string {
  if (event.kind === 'rule-fired') return firedText(event, locale);
  const who = `${labelName(event.label, locale)} ${formatNumber(event.trackId)}`;
  const where = placeName(event);
  switch (event.kind) {
    case 'track-started':
      return `${who} came into sight`;
    case 'track-ended':
      return `${who} is out of sight`;
    case 'zone-entered':
      return `${who} entered ${where}`;
    case 'zone-left':
      return `${who} left ${where} after ${duration(event.dwell)}`;
    case 'zone-loitered':
      return `${who} stays in ${where}`;
    case 'line-crossed':
      return `${who} went ${event.direction} at ${where}`;
  }
}

/** What an alert says, on the picture, aloud and as a notification. */
function firedText(fired: RuleFired, locale: string): string {
  const where = fired.place?.name ?? fired.rule.name;
  if (fired.occasion === undefined) return `${where}: ${formatNumber(fired.count ?? 0)} inside`;
  const what = labelName(fired.occasion.label, locale);
  switch (fired.reason) {
    case 'zone-dwell':
      return `${where}: ${what} stays too long`;
    case 'zone-left':
      return `${where}: ${what} has left`;
    case 'zone-entered':
      return `${where}: ${what} is inside`;
    case 'line-crossed':
      return `${where}: ${what} crossed`;
    case 'object-seen':
    case 'zone-count':
      return `${where}: ${what}`;
  }
}
