import { shuffled, type RandomNumbers } from '../random.js';

/**
 * A choice of pictures that shows as much as it can: one of each recording in turn, so
 * that a thousand frames of one do not crowd out the others.
 *
 * @returns At most `count`, in random order.
 */
export function spread<Item extends { readonly burst: string }>(
  items: readonly Item[],
  count: number,
  random: RandomNumbers,
): Item[] {
  const byBurst = new Map<string, Item[]>();
  for (const item of shuffled(items, random)) {
    const alike = byBurst.get(item.burst);
    if (alike === undefined) byBurst.set(item.burst, [item]);
    else alike.push(item);
  }
  const chosen: Item[] = [];
  const rests = [...byBurst.values()];
  for (let turn = 0; chosen.length < Math.min(count, items.length); turn++) {
    for (const rest of rests) {
      const item = rest[turn];
      if (item !== undefined && chosen.length < count) chosen.push(item);
    }
  }
  return chosen;
}
