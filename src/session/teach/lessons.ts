import { SightlineError } from '../../domain/errors.js';
import { UNKNOWN } from '../../domain/head.js';
import { cosineSimilarity } from '../../domain/quality/near-duplicate.js';
import type { Sample } from '../../domain/sample.js';
import { labelToLearn, type Lesson } from '../../domain/teach/lesson.js';
import { isUsable } from './feature-rows.js';

/** Two pictures as like as that are one and the same, give or take the noise of its compression. */
const IDENTICAL = 0.99999;
/** Views of a label below which there is nothing to learn. */
const FEWEST_EXAMPLES = 2;

/** What a person has put right is shown as often as this. */
const CONFIRMED_COPIES = 3;

/** Samples as lessons; those that have no usable features are left out. */
export function lessonsOf(
  samples: readonly Sample[],
  features: ReadonlyMap<string, Float32Array>,
  mirrored: ReadonlyMap<string, Float32Array>,
): Lesson[] {
  return samples.flatMap((sample): Lesson[] => {
    const row = features.get(sample.id);
    if (row === undefined || !isUsable(row)) return [];
    const other = mirrored.get(sample.id);
    return [
      {
        id: sample.id,
        label: labelToLearn(sample),
        features: row,
        mirrored: other !== undefined && isUsable(other) ? other : undefined,
        copies: sample.confirmed ? CONFIRMED_COPIES : undefined,
        burst: sample.burst,
        image: sample.pictureId,
      },
    ];
  });
}

/** However few hard negatives there are, none of them is shown more often than this. */
const MOST_COPIES = 50;
/** Part of what is shown of silence that hard negatives are to make up. */
const HARD_PART = 1 / 3;

/**
 * Gives the wrong boxes of a person's own rooms their say: a few of those, and what
 * was marked as "not that", count for more than hundreds of bundled pictures, for
 * they are what the head is going to be asked about.
 *
 * @param hard Ids of such samples.
 */
export function withHardNegatives(lessons: readonly Lesson[], hard: ReadonlySet<string>): Lesson[] {
  const silent = lessons.filter(({ label }) => label === UNKNOWN);
  const count = silent.filter(({ id }) => hard.has(id)).length;
  const wanted = ((silent.length - count) * HARD_PART) / (1 - HARD_PART);
  const copies = Math.min(MOST_COPIES, Math.max(1, Math.round(wanted / Math.max(1, count))));
  return lessons.map((lesson) =>
    lesson.label === UNKNOWN && hard.has(lesson.id)
      ? { ...lesson, copies: Math.max(copies, lesson.copies ?? 1) }
      : lesson,
  );
}

/** Negatives at which the detector finds something, as it will again. */
export function hardNegatives(samples: readonly Sample[]): Set<string> {
  const hard = samples.filter(({ kind, base }) => kind === 'negative' && base !== undefined);
  return new Set(hard.map(({ id }) => id));
}

/**
 * Whether a head can learn anything from a person's samples.
 *
 * @throws SightlineError `too-few-labels`, `too-few-examples`, `examples-identical`;
 *   the detail is the label.
 */
export function assertLearnable(lessons: readonly Lesson[]): void {
  const byLabel = new Map<string, Lesson[]>();
  for (const lesson of lessons) {
    const alike = byLabel.get(lesson.label);
    if (alike === undefined) byLabel.set(lesson.label, [lesson]);
    else alike.push(lesson);
  }
  const known = [...byLabel].filter(([label]) => label !== UNKNOWN);
  // One thing can be told from the room without it, but not from nothing at all.
  const others = known.length === 1 ? (byLabel.get(UNKNOWN)?.length ?? 0) : known.length;
  if (known.length === 0 || others === 0) {
    throw new SightlineError('too-few-labels', known[0]?.[0] ?? '');
  }
  for (const [label, own] of known) {
    if (own.length < FEWEST_EXAMPLES) throw new SightlineError('too-few-examples', label);
    const [first, ...rest] = own;
    const isOne = rest.every(
      ({ features }) => cosineSimilarity(features, first?.features ?? []) >= IDENTICAL,
    );
    if (isOne) throw new SightlineError('examples-identical', label);
  }
}

/**
 * The detector's labels that a head is to be asked about: those of its examples. Where
 * one was drawn around something that the detector does not find, all of them.
 */
export function basesOf(samples: readonly Sample[]): string[] {
  const examples = samples.filter(({ kind }) => kind === 'example');
  const bases = examples.map(({ base }) => base);
  const known = bases.filter((base) => base !== undefined);
  return known.length < bases.length ? [] : [...new Set(known)].sort();
}
