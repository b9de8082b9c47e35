import { randomNumbers, shuffled } from '../random.js';
import type { AnchorView } from './anchor-view.js';

/**
 * Deals views into folds for cross-validation, so that what is one recording lies
 * in one fold, and every fold has about as many recordings as any other.
 *
 * @returns For each view the number of its fold, 0 to `count - 1`.
 */
export function foldsOf(views: readonly AnchorView[], count: number, seed: number): number[] {
  const groups = [...new Set(views.map(({ group }) => group))];
  const order = new Map(shuffled(groups, randomNumbers(seed)).map((group, at) => [group, at]));
  return views.map(({ group }) => (order.get(group) ?? 0) % count);
}

/** The first view of each picture, which shows it as it is. */
export function plainViews(views: readonly AnchorView[]): AnchorView[] {
  const seen = new Set<number>();
  return views.filter(({ picture }) => {
    if (seen.has(picture)) return false;
    seen.add(picture);
    return true;
  });
}
