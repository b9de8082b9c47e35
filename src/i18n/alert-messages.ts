import type { AlertKind } from '../domain/watch/alerts.js';
import type { Hours, RuleAction } from '../domain/watch/config.js';
import type { WebhookProblem } from '../domain/watch/webhook.js';
import { formatNumber } from './format.js';

const ALERTS: Readonly<Record<AlertKind, string>> = {
  'zone-entered': 'Something enters',
  'zone-dwell': 'Something stays for',
  'zone-count': 'There are at least',
  'line-in': 'Something goes in',
  'line-out': 'Something goes out',
};

const ACTIONS: Readonly<Record<RuleAction, string>> = {
  banner: 'Message on the picture',
  sound: 'Sound',
  speech: 'Spoken',
  vibration: 'Vibration',
  notification: 'Notification of the device',
  webhook: 'Another program (webhook)',
  snapshot: 'Keep a snapshot',
  clip: 'Keep a clip, from 5 s before to 5 s after',
};

const PROBLEMS: Readonly<Record<WebhookProblem, string>> = {
  empty: 'Enter the address of the program, as in /hook.',
  'no-address': 'That is no address of a web server, or it holds a password.',
  insecure: 'This page is secure, and may send only to addresses that begin with https.',
  'not-allowed':
    'This copy of Sightline may send to its own address only. Whoever hosts it can allow others: see “Webhooks” in its notes on hosting.',
};

/** What has become of the last message, as a session tells it. */
interface LastSending {
  readonly kind: 'sent' | 'waiting' | 'refused';
  /** When it was sent. */
  readonly time?: number;
  /** HTTP status, or why there is none. */
  readonly result?: number | 'unreachable' | 'forbidden';
}

/** Texts of telling a person, or a program, in English. They are loaded with the Watch mode. */
export const ALERT_TEXTS = {
  tellMe: 'Tell me when',
  how: 'How',
  when: 'When',
  seconds: 'seconds',
  objects: 'inside',
  cooldown: 's of silence after each alert',
  hours: 'Only at certain hours',
  from: 'From',
  to: 'to',
  days: 'Days of the week',
  day: (day: number, locale: string) =>
    new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(
      // The first of January 2023 was a Sunday.
      Date.UTC(2023, 0, 1 + day),
    ),
  hoursExplained: ({ from, to }: Hours) => {
    if (from === to) return 'The whole day.';
    return to < from
      ? 'Over midnight; it counts as the day on which it begins. By the clock on the wall, also when that is changed.'
      : 'By the clock on the wall, also when that is changed.';
  },
  alert: (kind: AlertKind) => ALERTS[kind],
  action: (action: RuleAction) => ACTIONS[action],
  webhookAddress: 'Its address',
  webhookProblem: (problem: WebhookProblem, origin?: string) =>
    origin === undefined ? PROBLEMS[problem] : `${origin}: ${PROBLEMS[problem]}`,
  webhookSends: (url: string) =>
    `Sends what happened, where and when to ${url}. Never a picture. Without a network it waits, for a day at most.`,
  webhookLast: (last: LastSending, locale: string) => {
    if (last.kind === 'sent') {
      const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(last.time);
      return `Last taken at ${time}.`;
    }
    const again = last.kind === 'waiting' ? 'It is tried again by itself.' : 'It was let go.';
    if (last.result === 'unreachable') return `Nobody answers. ${again}`;
    if (last.result === 'forbidden') {
      return `The browser did not let it be sent: the policy of this page, or of its server, forbids that address. ${again}`;
    }
    return `The program answered “${String(last.result)}”. ${again}`;
  },
  webhooksWaiting: (count: number) => `${formatNumber(count)} waiting to be sent.`,
  webhooksLost: (count: number) =>
    `${formatNumber(count)} let go: refused, older than a day, or more than could be held.`,
  tryWebhook: 'Try it',
  forgetWebhooks: 'Forget what waits',
} as const;
