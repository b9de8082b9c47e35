import { randomNumbers, shuffled } from '../random.js';

/** What decides on which side of a split an example may fall. */
export interface SplitItem {
  readonly label: string;
  /** Everything recorded in one go; frames of it are near-duplicates. */
  readonly burst: string;
  /** The picture that it was cut from. */
  readonly image: string;
}

/** Indices into the list of items. */
export interface Split {
  readonly training: readonly number[];
  readonly validation: readonly number[];
  /** Labels of which nothing could be held back: all their examples belong together. */
  readonly unvalidated: readonly string[];
}

export interface SplitOptions {
  /** Part of each label's examples to hold back, above 0 and below 1. */
  readonly fraction: number;
  readonly seed: number;
  /** Pairs of items that look the same, wherever they come from. */
  readonly duplicates?: readonly (readonly [number, number])[] | undefined;
}

/**
 * Divides examples into those to learn from and those to be judged by. What
 * comes from one burst or one picture, or looks the same, stays together, also
 * through others: a head that has seen a frame knows the next one by heart.
 *
 * Every label keeps at least one group to learn from, and gives one to be judged
 * by when it has two or more, as far as examples with several labels allow.
 */
export function splitByGroup(items: readonly SplitItem[], options: SplitOptions): Split {
  const groups = shuffled(groupItems(items, options.duplicates ?? []), randomNumbers(options.seed));
  const wanted = new Map<string, number>();
  const learnable = new Map<string, number>();
  for (const group of groups) {
    for (const [label, count] of countLabels(items, group)) {
      wanted.set(label, (wanted.get(label) ?? 0) + count * options.fraction);
      learnable.set(label, (learnable.get(label) ?? 0) + 1);
    }
  }
  const held = new Map<string, number>();
  const training: number[] = [];
  const validation: number[] = [];
  // Small groups first: they come nearest to the part that is wanted.
  for (const group of [...groups].sort((a, b) => a.length - b.length)) {
    const counts = [...countLabels(items, group)];
    const isSpare = counts.every(([label]) => (learnable.get(label) ?? 0) > 1);
    const isWanted = counts.some(([label, count]) => {
      const missing = (wanted.get(label) ?? 0) - (held.get(label) ?? 0);
      // One group is always held back; another one where it brings the sum nearer.
      return !held.has(label) || count / 2 <= missing;
    });
    if (!isSpare || !isWanted) {
      training.push(...group);
      continue;
    }
    validation.push(...group);
    for (const [label, count] of counts) {
      held.set(label, (held.get(label) ?? 0) + count);
      learnable.set(label, (learnable.get(label) ?? 0) - 1);
    }
  }
  const ascending = (a: number, b: number): number => a - b;
  return {
    training: training.sort(ascending),
    validation: validation.sort(ascending),
    unvalidated: [...wanted.keys()].filter((label) => !held.has(label)).sort(),
  };
}

/** Items that must stay together, in order of their first. */
export function groupItems(
  items: readonly SplitItem[],
  duplicates: readonly (readonly [number, number])[],
): number[][] {
  const parents = items.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    // Later look-ups find the root at once.
    for (let at = index; at !== root;) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  const join = (a: number, b: number): void => {
    const [first, second] = [rootOf(a), rootOf(b)].sort((x, y) => x - y) as [number, number];
    parents[second] = first;
  };
  const firstWith = new Map<string, number>();
  items.forEach(({ burst, image }, index) => {
    for (const key of [`burst ${burst}`, `image ${image}`]) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, index);
      else join(first, index);
    }
  });
  for (const [a, b] of duplicates) join(a, b);
  const groups = new Map<number, number[]>();
  items.forEach((_, index) => {
    const root = rootOf(index);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [index]);
    else group.push(index);
  });
  return [...groups.values()];
}

function countLabels(items: readonly SplitItem[], group: readonly number[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const index of group) {
    const label = items[index]?.label ?? '';
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}
