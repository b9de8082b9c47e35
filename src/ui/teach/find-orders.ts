import type { Finder } from '../../session/new-class/types.js';

/** What a person can ask about finding a label by itself. */
export type FindOrder =
  | { readonly do: 'learn'; readonly label: string }
  | { readonly do: 'cancel' }
  | { readonly do: 'set-on'; readonly id: string; readonly isOn: boolean }
  | { readonly do: 'set-threshold'; readonly id: string; readonly threshold: number }
  | { readonly do: 'remove'; readonly id: string };

/** @throws SightlineError Why it could not be done. */
export async function carryOut(finder: Finder, order: FindOrder): Promise<void> {
  switch (order.do) {
    case 'learn':
      return finder.learn(order.label);
    case 'cancel':
      finder.cancel();
      return;
    case 'set-on':
      return finder.setOn(order.id, order.isOn);
    case 'set-threshold':
      return finder.setThreshold(order.id, order.threshold);
    case 'remove':
      return finder.remove(order.id);
  }
}
