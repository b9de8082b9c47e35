import type { RuleAction } from '../../domain/watch/config.js';
import { askForNotifications, beep, notify, speak, vibrate } from '../../platform/alarms.js';

/**
 * Does what a rule asks for that shows or sounds on the device, besides a banner, which is a
 * matter of the views. What the
 * device or its owner does not allow is left out.
 *
 * @param tag Of the rule: its newer notification takes the place of the older.
 */
export function ring(
  actions: readonly RuleAction[],
  text: string,
  { lang, tag }: { readonly lang: string; readonly tag: string },
): void {
  // A sound that is not allowed must not keep the notification away.
  if (actions.includes('sound')) beep().catch(() => undefined);
  if (actions.includes('speech')) speak(text, lang);
  if (actions.includes('vibration')) vibrate();
  if (actions.includes('notification')) notify(text, tag).catch(() => undefined);
}

/** Asks the person whether notifications may be shown, where nobody has asked yet. */
export function mayNotify(): Promise<boolean> {
  return askForNotifications().catch(() => false);
}
