import type { RuleFired } from './events.js';

/** What is told to another program when a rule fires. Plain JSON; no picture, no position on Earth. */
export interface WebhookMessage {
  readonly type: 'rule-fired';
  /** Told twice, it is the same message: an answer may have been lost on its way. */
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
  readonly rule: string;
  readonly reason: RuleFired['reason'];
  /** Zone or line; empty where there is none. */
  readonly place: string;
  readonly label: string;
  readonly trackId: number | null;
  /** 0 to 1. */
  readonly score: number | null;
  readonly count: number | null;
  /** Told only because a person has asked for a try. */
  readonly test?: true;
}

/** How much is held back while nobody answers, and how often it is tried. */
export const WEBHOOK_LIMITS = {
  messages: 1000,
  /** Milliseconds after which a message is old news. */
  age: 24 * 3_600_000,
  addressCharacters: 500,
  /** Milliseconds that an answer may take. */
  timeout: 10_000,
  /** Milliseconds before the second try; each further one waits twice as long. */
  firstPause: 1000,
  longestPause: 300_000,
} as const;

/** Why nothing can be sent to an address. */
export type WebhookProblem = 'empty' | 'no-address' | 'insecure' | 'not-allowed';

export type WebhookTarget =
  { readonly url: string } | { readonly problem: WebhookProblem; readonly origin?: string };

/** From where a page comes, and where else it may send to. */
export interface WebhookPolicy {
  /** Address of the page. */
  readonly base: string;
  /** Sources of the page's `connect-src`, as in `'self' https://hooks.example`. */
  readonly allowed: readonly string[];
}

/**
 * Where a message goes: an address of the page's own origin, as in `/hook`, or of one that
 * whoever hosts the page has allowed in its content security policy.
 */
export function webhookTarget(address: string, { base, allowed }: WebhookPolicy): WebhookTarget {
  const written = address.trim();
  if (written === '') return { problem: 'empty' };
  const page = new URL(base);
  const url = parsed(written, page.href);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  // A password in an address is kept and shown in plain sight.
  if (!isWeb || url.username !== '' || url.password !== '') return { problem: 'no-address' };
  url.hash = '';
  if (url.origin === page.origin) return { url: url.href };
  const { origin } = url;
  if (!allowed.some((source) => allows(source, url))) return { problem: 'not-allowed', origin };
  const isNear = url.hostname === 'localhost' || url.hostname === '127.0.0.1';
  if (url.protocol === 'http:' && page.protocol === 'https:' && !isNear) {
    return { problem: 'insecure', origin };
  }
  return { url: url.href };
}

function parsed(address: string, base?: string): URL | undefined {
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
}

/** A host source of a content security policy, without wildcards; others allow nothing here. */
function allows(source: string, url: URL): boolean {
  const allowed = parsed(source);
  if (allowed?.origin !== url.origin) return false;
  const { pathname } = allowed;
  return pathname.endsWith('/') ? url.pathname.startsWith(pathname) : url.pathname === pathname;
}

/** The sources of `connect-src` in a content security policy; of `default-src` where it has none. */
export function connectSources(policy: string): readonly string[] {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
  const find = (name: string): readonly string[] | undefined =>
    directives.find(([directive]) => directive?.toLowerCase() === name)?.slice(1);
  return find('connect-src') ?? find('default-src') ?? [];
}

/** What is told of a rule that has fired. @param id Of the message. */
export function webhookMessage(fired: RuleFired, id: string): WebhookMessage {
  const { occasion } = fired;
  return {
    type: 'rule-fired',
    id,
    time: new Date(fired.time).toISOString(),
    rule: fired.rule.id,
    reason: fired.reason,
    place: fired.place?.name ?? '',
    label: occasion?.label ?? '',
    trackId: occasion?.trackId ?? null,
    score: occasion?.score ?? null,
    count: fired.count ?? null,
  };
}

/** What a try has come to; `refused` is not tried again. */
export type WebhookVerdict = 'done' | 'later' | 'refused';

/** Answers after which the same message may be taken later: the server is busy or unwell. */
const FOR_NOW = new Set([408, 425, 429]);

/** @param status Of the HTTP answer. */
export function webhookVerdict(status: number): WebhookVerdict {
  if (status >= 200 && status < 300) return 'done';
  return status >= 500 || FOR_NOW.has(status) ? 'later' : 'refused';
}
