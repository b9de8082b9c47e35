import type { Detection } from './detection.js';
import type { BBox } from './geometry.js';

/** One labelled object of a data set in COCO form. */
export interface Truth {
  /** `[x, y, width, height]` in pixels of the source picture. */
  readonly bbox: BBox;
  readonly class: string;
  /** Pixels of the object's mask where the data set knows it, else of the box; decides its size range. */
  readonly area: number;
  /** One box around many objects: what is found in it counts neither for nor against. */
  readonly isCrowd: boolean;
}

/** Limits of an object's area in square pixels, both included. */
export type AreaLimits = readonly [smallest: number, largest: number];

/** What became of one picture's detections of one class at one IoU threshold. */
export interface MatchedDetection {
  readonly score: number;
  readonly outcome: 'right' | 'wrong' | 'ignored';
}

/** Keeps an IoU of exactly 1 above every threshold, as pycocotools does. */
const LARGEST_THRESHOLD = 1 - 1e-10;

/**
 * Pairs the detections of one class in one picture with its objects, greedily,
 * best score first: the `evaluateImg` of pycocotools 2.0, down to its order of
 * equals (of equal scores the earlier detection, of equal overlaps the later
 * object wins).
 *
 * An object is ignored when it is a crowd or of another size; a detection is
 * ignored when its object is, or when it found nothing and is itself of another
 * size. Only a crowd may be found more than once.
 *
 * @param detections Of one class, in any order.
 * @param truths Of the same class.
 * @param maxDetections Only this many detections count, best first.
 * @returns The outcomes, best first.
 */
export function matchDetections(
  detections: readonly Detection[],
  truths: readonly Truth[],
  iouThreshold: number,
  limits: AreaLimits,
  maxDetections: number,
): MatchedDetection[] {
  const isIgnored = (truth: Truth): boolean => truth.isCrowd || !isWithin(truth.area, limits);
  const counted = truths.filter((truth) => !isIgnored(truth));
  const ignored = truths.filter(isIgnored);
  const taken = new Set<Truth>();
  return bestFirst(detections, maxDetections).map(({ bbox, score }) => {
    const threshold = Math.min(iouThreshold, LARGEST_THRESHOLD);
    const isFree = (truth: Truth): boolean => truth.isCrowd || !taken.has(truth);
    const found =
      bestOverlap(bbox, counted.filter(isFree), threshold) ??
      bestOverlap(bbox, ignored.filter(isFree), threshold);
    if (found === undefined) {
      return { score, outcome: isWithin(bbox[2] * bbox[3], limits) ? 'wrong' : 'ignored' };
    }
    taken.add(found);
    return { score, outcome: isIgnored(found) ? 'ignored' : 'right' };
  });
}

/** How many of the objects can be found, in the sense of recall. */
export function countFindable(truths: readonly Truth[], limits: AreaLimits): number {
  return truths.filter(({ isCrowd, area }) => !isCrowd && isWithin(area, limits)).length;
}

/** The object that overlaps most, at least by the threshold; of equals the last. */
function bestOverlap(bbox: BBox, truths: readonly Truth[], threshold: number): Truth | undefined {
  let best = threshold;
  let found: Truth | undefined;
  for (const truth of truths) {
    const overlap = cocoOverlap(bbox, truth);
    if (overlap < best) continue;
    best = overlap;
    found = truth;
  }
  return found;
}

/**
 * Intersection over union; for a crowd, the intersection over the detection's own
 * area (`bbIou` of pycocotools' maskApi.c).
 */
export function cocoOverlap(detected: BBox, { bbox, isCrowd }: Truth): number {
  const width =
    Math.min(detected[0] + detected[2], bbox[0] + bbox[2]) - Math.max(detected[0], bbox[0]);
  const height =
    Math.min(detected[1] + detected[3], bbox[1] + bbox[3]) - Math.max(detected[1], bbox[1]);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  const own = detected[2] * detected[3];
  return intersection / (isCrowd ? own : own + bbox[2] * bbox[3] - intersection);
}

/** Array sorting is stable, as pycocotools' merge sort is. */
function bestFirst(detections: readonly Detection[], count: number): Detection[] {
  return [...detections].sort((a, b) => b.score - a.score).slice(0, count);
}

function isWithin(area: number, [smallest, largest]: AreaLimits): boolean {
  return area >= smallest && area <= largest;
}
