import { UNKNOWN, type FeatureSource, type Likeness } from '../head.js';
import { headInputs } from './features.js';
import type { Lesson } from './lesson.js';

const LARGEST = 127;

/** What the examples of each label have in common. @param labels In the head's order. */
export function likenessOf(
  lessons: readonly Lesson[],
  labels: readonly string[],
  source: Pick<FeatureSource, 'channels' | 'normalisation'>,
): Likeness {
  const width = source.channels.reduce((sum, count) => sum + count, 0);
  const centre = new Float64Array(width);
  let count = 0;
  for (const { features, mirrored } of lessons) {
    for (const view of mirrored ? [features, mirrored] : [features]) {
      add(centre, headInputs(view, source), 1);
      count++;
    }
  }
  scale(centre, 1 / Math.max(1, count));
  const centreScale = largest(centre);
  const vectors = new Int8Array((labels.length + 1) * width);
  vectors.set(quantised(centre, centreScale));
  const least = labels.map((label, index) => {
    const own = label === UNKNOWN ? [] : lessons.filter((lesson) => lesson.label === label);
    const rows = own.flatMap((lesson) => rowsOf(lesson, source, centre));
    const total = new Float64Array(width);
    for (const { values } of rows) add(total, values, 1);
    vectors.set(quantised(total, largest(total)), (index + 1) * width);
    return leastAgreement(rows, total);
  });
  return { least, centreScale, vectors };
}

/** Which way the views of an example lie from the centre. */
function rowsOf(
  lesson: Lesson,
  source: Pick<FeatureSource, 'channels' | 'normalisation'>,
  centre: Float64Array,
): Row[] {
  const views = lesson.mirrored ? [lesson.features, lesson.mirrored] : [lesson.features];
  return views.map((view) => {
    const values = new Float64Array(headInputs(view, source));
    add(values, centre, -1);
    scale(values, 1 / (length(values) || 1));
    return { lesson, values };
  });
}

/**
 * How far something may be what a head takes it for, 0 to 1 for each label: 1 where it
 * is as much like the examples as these are like each other.
 *
 * @param inputs See `headInputs`.
 */
export function acquaintance(
  { least, centreScale, vectors }: Likeness,
  inputs: Float32Array,
): number[] {
  const width = inputs.length;
  const offset = inputs.map((value, at) => value - ((vectors[at] ?? 0) * centreScale) / LARGEST);
  const size = length(offset);
  return least.map((limit, label) => {
    if (limit <= 0) return 1;
    const direction = vectors.subarray((label + 1) * width, (label + 2) * width);
    const cosine = dot(offset, direction) / (size * length(direction) || 1);
    return Math.min(1, Math.max(0, cosine / limit)) ** 2;
  });
}

/** Whether the numbers are as many as they have to be. */
export function fitsLikeness(
  { least, vectors }: Likeness,
  head: { readonly labels: number; readonly inputs: number },
): boolean {
  return least.length === head.labels && vectors.length === (head.labels + 1) * head.inputs;
}

interface Row {
  readonly lesson: Lesson;
  readonly values: Float64Array;
}

/**
 * The least cosine between a row and the mean of those of other recordings; with one
 * recording alone, of its other examples. 0 where there are no others.
 */
function leastAgreement(rows: readonly Row[], total: Float64Array): number {
  const bursts = new Set(rows.map(({ lesson }) => lesson.burst));
  const groupOf = ({ lesson }: Row): string => (bursts.size > 1 ? lesson.burst : lesson.id);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(groupOf(row));
    if (group === undefined) groups.set(groupOf(row), [row]);
    else group.push(row);
  }
  if (groups.size < 2) return 0;
  let least = 1;
  for (const group of groups.values()) {
    const others = total.slice();
    for (const { values } of group) add(others, values, -1);
    const size = length(others) || 1;
    for (const { values } of group) least = Math.min(least, dot(values, others) / size);
  }
  return Math.max(0, least);
}

function add(to: Float64Array, values: ArrayLike<number>, factor: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] ?? 0) + factor * (values[at] ?? 0);
}

function scale(values: Float64Array, factor: number): void {
  for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) * factor;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function length(values: ArrayLike<number>): number {
  return Math.sqrt(dot(values, values));
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function quantised(values: Float64Array, full: number): Int8Array {
  return Int8Array.from(values, (value) => (full > 0 ? Math.round((value / full) * LARGEST) : 0));
}
