/** What a head said about something whose label is known. */
export interface Answer {
  readonly truth: string;
  readonly prediction: string;
}

/** Which label was taken for which. */
export interface ConfusionMatrix {
  readonly labels: readonly string[];
  /** Row: the truth. Column: the prediction. Both in the order of `labels`. */
  readonly counts: readonly (readonly number[])[];
}

/** How well a label does; `undefined` where there is nothing to measure it by. */
export interface LabelFigures {
  readonly label: string;
  /** Examples of this label. */
  readonly count: number;
  /** Of what was given this label, the part that is right. */
  readonly precision: number | undefined;
  /** Of what is of this label, the part that was given it. */
  readonly recall: number | undefined;
  /** Harmonic mean of both. */
  readonly f1: number | undefined;
}

/** @param labels In the order to show; labels that only the answers have come after them. */
export function confusionMatrix(
  answers: readonly Answer[],
  labels: readonly string[] = [],
): ConfusionMatrix {
  const found = answers.flatMap(({ truth, prediction }) => [truth, prediction]);
  const all = [...new Set([...labels, ...found])];
  const position = new Map(all.map((label, index) => [label, index]));
  const counts = all.map(() => all.map(() => 0));
  for (const { truth, prediction } of answers) {
    const row = counts[position.get(truth) ?? -1];
    const column = position.get(prediction) ?? -1;
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  return { labels: all, counts };
}

/** Precision, recall and F1 of every label. */
export function labelFigures({ labels, counts }: ConfusionMatrix): LabelFigures[] {
  return labels.map((label, index) => {
    const right = counts[index]?.[index] ?? 0;
    const count = sum(counts[index] ?? []);
    const given = sum(counts.map((row) => row[index] ?? 0));
    return {
      label,
      count,
      precision: ratio(right, given),
      recall: ratio(right, count),
      f1: ratio(2 * right, given + count),
    };
  });
}

/** Part of all answers that is right; `undefined` without answers. */
export function accuracy({ counts }: ConfusionMatrix): number | undefined {
  const right = sum(counts.map((row, index) => row[index] ?? 0));
  return ratio(right, sum(counts.map(sum)));
}

/** Mean recall of the labels that have examples: rare ones count as much as common ones. */
export function balancedAccuracy(matrix: ConfusionMatrix): number | undefined {
  const recalls = labelFigures(matrix).flatMap(({ recall }) => recall ?? []);
  return ratio(sum(recalls), recalls.length);
}

/** Two labels, and how often the first was taken for the second. */
export interface Confusion {
  readonly truth: string;
  readonly prediction: string;
  readonly count: number;
}

/** Mistakes, the most frequent first. */
export function confusions({ labels, counts }: ConfusionMatrix): Confusion[] {
  return labels
    .flatMap((truth, row) =>
      labels.map((prediction, column) => ({
        truth,
        prediction,
        count: row === column ? 0 : (counts[row]?.[column] ?? 0),
      })),
    )
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
