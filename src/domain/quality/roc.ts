/** Something with a score that should be high, or should be low. */
export interface Scored {
  readonly score: number;
  readonly isPositive: boolean;
}

/** What happens when everything from this score on is taken for positive. */
export interface RocPoint {
  /** `Infinity` for the first point, where nothing is. */
  readonly threshold: number;
  readonly truePositiveRate: number;
  readonly falsePositiveRate: number;
}

/**
 * The receiver operating characteristic, from (0, 0) to (1, 1), one point for each
 * score that occurs.
 *
 * @returns Empty unless there are positives and negatives.
 */
export function rocCurve(items: readonly Scored[]): RocPoint[] {
  const positives = items.filter(({ isPositive }) => isPositive).length;
  const negatives = items.length - positives;
  if (positives === 0 || negatives === 0) return [];
  const sorted = [...items].sort((a, b) => b.score - a.score);
  const points: RocPoint[] = [{ threshold: Infinity, truePositiveRate: 0, falsePositiveRate: 0 }];
  let truePositives = 0;
  sorted.forEach(({ score, isPositive }, index) => {
    if (isPositive) truePositives++;
    // Equal scores pass the threshold together.
    if (sorted[index + 1]?.score === score) return;
    points.push({
      threshold: score,
      truePositiveRate: truePositives / positives,
      falsePositiveRate: (index + 1 - truePositives) / negatives,
    });
  });
  return points;
}

/**
 * Area under that curve: the chance that a positive scores higher than a negative,
 * ties counting half (Mann and Whitney).
 *
 * @returns `undefined` unless there are positives and negatives.
 */
export function auroc(items: readonly Scored[]): number | undefined {
  const points = rocCurve(items);
  if (points.length === 0) return undefined;
  let area = 0;
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before === undefined) return;
    const width = point.falsePositiveRate - before.falsePositiveRate;
    area += (width * (point.truePositiveRate + before.truePositiveRate)) / 2;
  });
  return area;
}
