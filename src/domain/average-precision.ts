import type { Detection } from './detection.js';
import {
  countFindable,
  matchDetections,
  type AreaLimits,
  type MatchedDetection,
  type Truth,
} from './detection-matching.js';

/** One picture of a data set and what was found in it. */
export interface EvaluatedImage {
  readonly truths: readonly Truth[];
  readonly detections: readonly Detection[];
}

/** COCO's size ranges, in square pixels. */
const AREA_LIMITS = {
  all: [0, 1e10],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const satisfies Record<string, AreaLimits>;

export type AreaRange = keyof typeof AREA_LIMITS;

/**
 * COCO's figures for a detector, 0 to 1; -1 where the data set has no object to
 * measure it by.
 */
export interface CocoFigures {
  /** Mean average precision over the IoU thresholds 0.50, 0.55, …, 0.95 and all classes. */
  readonly ap: number;
  /** The same at the single threshold 0.50. */
  readonly ap50: number;
  /** The same at the single threshold 0.75. */
  readonly ap75: number;
  /** Mean recall over the thresholds and classes, with at most 100 detections a picture and class. */
  readonly ar: number;
  /** `ap` and `ar` of the objects of one size. */
  readonly sizes: Readonly<
    Record<Exclude<AreaRange, 'all'>, { readonly ap: number; readonly ar: number }>
  >;
}

const MAX_DETECTIONS = 100;

/**
 * As `numpy.linspace` computes them: the digits in the last place decide
 * whether a recall of exactly 0.07 reaches the step of that name, and to agree
 * with published figures means to agree there as well.
 */
const IOU_THRESHOLDS = Array.from({ length: 10 }, (_, step) =>
  step === 9 ? 0.95 : 0.5 + step * ((0.95 - 0.5) / 9),
);
const RECALL_STEPS = Array.from({ length: 101 }, (_, step) => (step === 100 ? 1 : step * 0.01));

const AT_50 = 0;
const AT_75 = 5;

/** Average precision and recall of one class, by IoU threshold. */
interface ClassCurve {
  readonly precision: readonly number[];
  readonly recall: readonly number[];
}

/**
 * The figures of the COCO detection challenge for boxes, by the method of
 * pycocotools 2.0 (`COCOeval` with its default parameters): greedy matching per
 * class, precision made monotonic and sampled at 101 steps of recall, the mean
 * over the classes that have objects.
 *
 * Detections of equal score count in the order of the pictures, which is that
 * of ascending ids in pycocotools.
 *
 * Source: https://github.com/cocodataset/cocoapi, PythonAPI/pycocotools/cocoeval.py
 */
export function averagePrecision(images: readonly EvaluatedImage[]): CocoFigures {
  const byClass = groupByClass(images);
  const curvesOf = (range: AreaRange): ClassCurve[] =>
    byClass.flatMap((group) => classCurve(group, AREA_LIMITS[range]) ?? []);
  const all = curvesOf('all');
  const ofSize = (range: Exclude<AreaRange, 'all'>): { ap: number; ar: number } => {
    const curves = curvesOf(range);
    return {
      ap: mean(curves.flatMap(({ precision }) => precision)),
      ar: mean(curves.flatMap(({ recall }) => recall)),
    };
  };
  return {
    ap: mean(all.flatMap(({ precision }) => precision)),
    ap50: mean(all.map(({ precision }) => precision[AT_50] ?? 0)),
    ap75: mean(all.map(({ precision }) => precision[AT_75] ?? 0)),
    ar: mean(all.flatMap(({ recall }) => recall)),
    sizes: { small: ofSize('small'), medium: ofSize('medium'), large: ofSize('large') },
  };
}

/** The pictures again for each class that has an object, with that class's boxes only. */
function groupByClass(images: readonly EvaluatedImage[]): (readonly EvaluatedImage[])[] {
  const classes = new Set(images.flatMap(({ truths }) => truths.map((truth) => truth.class)));
  return [...classes].sort().map((name) =>
    images.map(({ truths, detections }) => ({
      truths: truths.filter((truth) => truth.class === name),
      detections: detections.filter((detection) => detection.class === name),
    })),
  );
}

/** @returns `undefined` for a class without an object in these limits: it does not count. */
function classCurve(images: readonly EvaluatedImage[], limits: AreaLimits): ClassCurve | undefined {
  const findable = images.reduce((sum, { truths }) => sum + countFindable(truths, limits), 0);
  if (findable === 0) return undefined;
  const points = IOU_THRESHOLDS.map((threshold) => {
    const matched = images.flatMap(({ detections, truths }) =>
      matchDetections(detections, truths, threshold, limits, MAX_DETECTIONS),
    );
    return precisionAndRecall(matched, findable);
  });
  return {
    precision: points.map(({ precision }) => precision),
    recall: points.map(({ recall }) => recall),
  };
}

/**
 * The area below the interpolated precision-recall curve, and its last recall.
 *
 * @param matched In any order; not modified.
 * @param findable How many objects there are, more than 0.
 */
function precisionAndRecall(
  matched: readonly MatchedDetection[],
  findable: number,
): { precision: number; recall: number } {
  const counted = matched
    .filter(({ outcome }) => outcome !== 'ignored')
    .sort((a, b) => b.score - a.score);
  let right = 0;
  const recalls: number[] = [];
  const precisions = counted.map(({ outcome }, index) => {
    if (outcome === 'right') right++;
    recalls.push(right / findable);
    return right / (index + 1 + Number.EPSILON);
  });
  for (let index = precisions.length - 1; index > 0; index--) {
    precisions[index - 1] = Math.max(precisions[index - 1] ?? 0, precisions[index] ?? 0);
  }
  let at = 0;
  const sampled = RECALL_STEPS.map((step) => {
    while ((recalls[at] ?? Infinity) < step) at++;
    return precisions[at] ?? 0;
  });
  return { precision: mean(sampled), recall: recalls.at(-1) ?? 0 };
}

function mean(values: readonly number[]): number {
  if (values.length === 0) return -1;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
