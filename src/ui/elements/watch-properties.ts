import type { WatchConfig } from '../../domain/watch/config.js';
import {
  usableLines,
  usableRules,
  usableZones,
  type LineInput,
  type RuleInput,
  type ZoneInput,
} from '../../domain/watch/parse-config.js';

/** Properties that make up what is watched for. */
export const WATCH_NAMES = ['zones', 'lines', 'rules'] as const;

/** What is watched for, from properties that may hold anything, and what could not be used. */
export function watchConfig(properties: {
  readonly zones: readonly ZoneInput[];
  readonly lines: readonly LineInput[];
  readonly rules: readonly RuleInput[];
}): { readonly config: WatchConfig; readonly problems: readonly string[] } {
  const zones = usableZones(properties.zones);
  const lines = usableLines(properties.lines);
  const rules = usableRules(properties.rules);
  return {
    config: { zones: zones.entries, lines: lines.entries, rules: rules.entries },
    problems: [zones, lines, rules].flatMap(({ problems }) => problems),
  };
}
