import type { RuleFired } from '../../domain/watch/events.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';

/** What is sent to see whether it arrives. */
export function tryOut(): RuleFired {
  return {
    kind: 'rule-fired',
    time: Date.now(),
    timestamp: 0,
    rule: { id: 'test', name: texts.title },
    reason: 'object-seen',
    place: undefined,
    occasion: undefined,
    frame: { width: 0, height: 0 },
    count: undefined,
  };
}
