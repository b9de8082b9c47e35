import { UNKNOWN, type FeatureSource } from '../head.js';
import type { Sample } from '../sample.js';
import { headInputs } from './features.js';

/** A labelled example as training takes it: features instead of pixels. */
export interface Lesson {
  /** Of the sample; of what is bundled, any id that is no other's. */
  readonly id: string;
  /** `UNKNOWN` for what the head must be silent at. */
  readonly label: string;
  /** As the engine gives them for the head's source. */
  readonly features: Float32Array;
  /** The same of the mirrored picture, where it was looked at. */
  readonly mirrored?: Float32Array | undefined;
  /** How often it is shown while learning; 1 when absent. */
  readonly copies?: number | undefined;
  /** What must not be learnt from and judged by at once; see `SplitItem`. */
  readonly burst: string;
  readonly image: string;
}

/** Examples side by side, as training takes them. */
export interface TrainingSet {
  readonly count: number;
  /** `count` rows of as many numbers as the network has inputs. */
  readonly inputs: Float32Array;
  /** `count` rows of as many numbers as it has outputs. */
  readonly targets: Float32Array;
}

/** What a head should say to a sample: its label, or of a negative nothing. */
export function labelToLearn({ kind, label }: Pick<Sample, 'kind' | 'label'>): string {
  return kind === 'example' ? label : UNKNOWN;
}

/**
 * Lessons whose features are what a head takes of them (see `headInputs`), for a source
 * that scales nothing: whoever needs them several times scales them once.
 */
export function scaledLessons(
  lessons: readonly Lesson[],
  source: Pick<FeatureSource, 'channels' | 'normalisation'>,
): Lesson[] {
  return lessons.map((lesson) => ({
    ...lesson,
    features: headInputs(lesson.features, source),
    mirrored: lesson.mirrored && headInputs(lesson.mirrored, source),
  }));
}

/** Labels of a head that learns from these: in alphabetical order, the background class last. */
export function labelsToLearn(lessons: readonly Pick<Lesson, 'label'>[]): string[] {
  const labels = [...new Set(lessons.map(({ label }) => label))];
  const known = labels.filter((label) => label !== UNKNOWN);
  known.sort();
  return labels.length > known.length ? [...known, UNKNOWN] : known;
}

/** Rows of inputs and one-hot targets, in as many copies as are asked for; with `flip`, each mirrored view after its own. */
export function trainingSet(
  lessons: readonly Lesson[],
  labels: readonly string[],
  source: Pick<FeatureSource, 'channels' | 'normalisation'>,
  flip: boolean,
): TrainingSet {
  const rows = lessons.flatMap(({ label, features, mirrored, copies = 1 }) => {
    const views = flip && mirrored !== undefined ? [features, mirrored] : [features];
    const shown = views.map((view) => ({ label, view }));
    return Array.from({ length: copies }, () => shown).flat();
  });
  const width = source.channels.reduce((sum, count) => sum + count, 0);
  const inputs = new Float32Array(rows.length * width);
  const targets = new Float32Array(rows.length * labels.length);
  rows.forEach(({ label, view }, row) => {
    inputs.set(headInputs(view, source), row * width);
    const answer = labels.indexOf(label);
    if (answer >= 0) targets[row * labels.length + answer] = 1;
  });
  return { count: rows.length, inputs, targets };
}

/**
 * Weights of a loss that give every label the same say, however many examples it
 * has: n / (K nₖ), whose mean over the examples is 1.
 */
export function balancedWeights({ count, targets }: TrainingSet): number[] {
  const outputs = count === 0 ? 0 : targets.length / count;
  const counts = Array.from({ length: outputs }, () => 0);
  targets.forEach((y, at) => {
    counts[at % outputs] = (counts[at % outputs] ?? 0) + y;
  });
  return counts.map((number) => (number === 0 ? 1 : count / (outputs * number)));
}
