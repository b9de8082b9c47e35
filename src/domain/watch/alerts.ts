import type { Hours, Line, Rule, RuleAction, RuleCondition, WatchConfig, Zone } from './config.js';

/** What a person can be told of about one zone or line, each with a switch of its own. */
export type AlertKind = 'zone-entered' | 'zone-dwell' | 'zone-count' | 'line-in' | 'line-out';

/** The switches of one zone or line. */
export interface Alerts {
  readonly on: ReadonlySet<AlertKind>;
  /** Seconds of `zone-dwell`. */
  readonly seconds: number;
  /** Objects of `zone-count`. */
  readonly count: number;
  readonly hours: Hours | undefined;
  /** Seconds after which the same alert may come again. */
  readonly cooldown: number;
  readonly actions: readonly RuleAction[];
  readonly webhook: string;
}

export const ZONE_ALERTS = ['zone-entered', 'zone-dwell', 'zone-count'] as const;
export const LINE_ALERTS = ['line-in', 'line-out'] as const;

const DEFAULTS: Alerts = {
  on: new Set(),
  seconds: 30,
  count: 3,
  hours: undefined,
  // One group of people is told of once.
  cooldown: 10,
  actions: ['banner'],
  webhook: '',
};

function ruleId(place: string, kind: AlertKind): string {
  return `${place}_${kind}`;
}

/** How the rules of a zone or line read as switches. */
export function alertsOf(place: string, { rules }: Pick<WatchConfig, 'rules'>): Alerts {
  const kinds = [...ZONE_ALERTS, ...LINE_ALERTS];
  const found = kinds.flatMap((kind) => {
    const rule = rules.find(({ id }) => id === ruleId(place, kind));
    return rule === undefined ? [] : [{ kind, rule }];
  });
  const first = found[0]?.rule;
  const dwell = found.map(({ rule }) => rule.when).find(({ kind }) => kind === 'zone-dwell');
  const count = found.map(({ rule }) => rule.when).find(({ kind }) => kind === 'zone-count');
  return {
    on: new Set(found.filter(({ rule }) => rule.enabled).map(({ kind }) => kind)),
    seconds: dwell?.kind === 'zone-dwell' ? dwell.seconds : DEFAULTS.seconds,
    count: count?.kind === 'zone-count' ? count.count : DEFAULTS.count,
    hours: first?.hours,
    cooldown: first?.cooldown ?? DEFAULTS.cooldown,
    actions: first?.actions ?? DEFAULTS.actions,
    webhook: first?.webhook ?? DEFAULTS.webhook,
  };
}

/** The configuration with these switches for a zone or line; other rules stay as they are. */
export function withAlerts(
  config: WatchConfig,
  place: Pick<Zone | Line, 'id' | 'name'>,
  alerts: Alerts,
): WatchConfig {
  const isZone = config.zones.some(({ id }) => id === place.id);
  const kinds: readonly AlertKind[] = isZone ? ZONE_ALERTS : LINE_ALERTS;
  const ids = new Set(kinds.map((kind) => ruleId(place.id, kind)));
  const made = kinds.map((kind): Rule => ({
    id: ruleId(place.id, kind),
    name: place.name,
    enabled: alerts.on.has(kind),
    when: condition(place.id, kind, alerts),
    objects: [],
    hours: alerts.hours,
    cooldown: alerts.cooldown,
    actions: alerts.actions,
    webhook: alerts.webhook,
  }));
  return { ...config, rules: [...config.rules.filter(({ id }) => !ids.has(id)), ...made] };
}

/** The configuration without a zone or line, and without the switches that were about it. */
export function withoutPlace(config: WatchConfig, place: string): WatchConfig {
  const ids = new Set([...ZONE_ALERTS, ...LINE_ALERTS].map((kind) => ruleId(place, kind)));
  return {
    zones: config.zones.filter(({ id }) => id !== place),
    lines: config.lines.filter(({ id }) => id !== place),
    rules: config.rules.filter(({ id }) => !ids.has(id)),
  };
}

function condition(place: string, kind: AlertKind, { seconds, count }: Alerts): RuleCondition {
  switch (kind) {
    case 'zone-entered':
      return { kind, zone: place };
    case 'zone-dwell':
      return { kind, zone: place, seconds };
    case 'zone-count':
      // Half a second, so that one box too many in one frame is no crowd.
      return { kind, zone: place, comparison: 'at-least', count, seconds: 0.5 };
    case 'line-in':
      return { kind: 'line-crossed', line: place, direction: 'in' };
    case 'line-out':
      return { kind: 'line-crossed', line: place, direction: 'out' };
  }
}
