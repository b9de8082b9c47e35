import { confusions, type ConfusionMatrix } from './confusion.js';
import { groupItems, type SplitItem } from './split.js';

/** What a person should do next to make a head better, most urgent first. */
export type Hint =
  /** A head needs something to tell apart. */
  | { readonly kind: 'one-label' }
  /** Too few examples to learn from. */
  | { readonly kind: 'too-few'; readonly label: string; readonly missing: number }
  /** Nothing can be held back to judge by: record it once more. */
  | { readonly kind: 'one-recording'; readonly label: string }
  /** All examples look alike: show it from another side. */
  | { readonly kind: 'one-view'; readonly label: string }
  /** Far fewer examples than of another label. */
  | { readonly kind: 'unbalanced'; readonly label: string; readonly missing: number }
  /** Often taken for another label: show both side by side. */
  | { readonly kind: 'confused'; readonly label: string; readonly other: string };

/** Examples per label from which on a head does well in practice. */
export const ENOUGH_EXAMPLES = 10;
/** A label with less than this part of the largest one's examples is told of. */
const LEAST_BALANCE = 1 / 3;
/** Views that differ, below which a label knows one side only. */
const LEAST_VIEWS = 3;
/** Part of a label's held-back examples that are taken for one other. */
const MUCH_CONFUSED = 0.2;

/**
 * @param items All examples.
 * @param duplicates Pairs of items that look the same.
 * @param confusion Of the held-back examples, once there is a head.
 */
export function hints(
  items: readonly SplitItem[],
  duplicates: readonly (readonly [number, number])[],
  confusion?: ConfusionMatrix,
): Hint[] {
  const labels = [...new Set(items.map(({ label }) => label))];
  if (labels.length < 2) return [{ kind: 'one-label' }];
  const countOf = new Map(
    labels.map((label) => [label, items.filter((item) => item.label === label).length]),
  );
  const largest = Math.max(...countOf.values());
  const few: Hint[] = [];
  const narrow: Hint[] = [];
  const unbalanced: Hint[] = [];
  for (const [label, count] of countOf) {
    const enough = Math.ceil(largest * LEAST_BALANCE);
    if (count < ENOUGH_EXAMPLES) {
      few.push({ kind: 'too-few', label, missing: ENOUGH_EXAMPLES - count });
    } else if (count < enough) {
      unbalanced.push({ kind: 'unbalanced', label, missing: enough - count });
    }
    const own = items.flatMap((item, index) => (item.label === label ? [index] : []));
    if (own.length > 1 && groupsAmong(items, own).length < 2) {
      narrow.push({ kind: 'one-recording', label });
    }
    if (count >= LEAST_VIEWS && viewsAmong(own, duplicates) < LEAST_VIEWS) {
      narrow.push({ kind: 'one-view', label });
    }
  }
  return [...few, ...narrow, ...unbalanced, ...confusedPairs(confusion)];
}

function groupsAmong(items: readonly SplitItem[], own: readonly number[]): number[][] {
  return groupItems(
    own.flatMap((index) => items[index] ?? []),
    [],
  );
}

/** Examples that are no near-duplicates of each other, also not through others. */
function viewsAmong(
  own: readonly number[],
  duplicates: readonly (readonly [number, number])[],
): number {
  const position = new Map(own.map((index, at) => [index, at]));
  const pairs = duplicates.flatMap(([a, b]) => {
    const [first, second] = [position.get(a), position.get(b)];
    return first === undefined || second === undefined ? [] : [[first, second] as const];
  });
  const apart = own.map((index) => ({ label: '', burst: String(index), image: String(index) }));
  return groupItems(apart, pairs).length;
}

function confusedPairs(matrix: ConfusionMatrix | undefined): Hint[] {
  if (matrix === undefined) return [];
  const totals = new Map(
    matrix.labels.map((label, row) => [
      label,
      (matrix.counts[row] ?? []).reduce((sum, count) => sum + count, 0),
    ]),
  );
  return confusions(matrix)
    .filter(({ truth, count }) => count >= MUCH_CONFUSED * (totals.get(truth) ?? Infinity))
    .map(({ truth, prediction }) => ({ kind: 'confused', label: truth, other: prediction }));
}
