import { averagePrecision } from '../average-precision.js';
import { matchDetections, type Truth } from '../detection-matching.js';
import type { Detection } from '../detection.js';
import { area, type BBox } from '../geometry.js';

/** A box that was found. */
export interface ScoredBox {
  /** Normalised to the picture. */
  readonly bbox: BBox;
  /** 0 to 1; compared with the threshold. */
  readonly score: number;
}

/** What a training that has not seen a picture finds in it. */
export interface HeldBackPicture {
  /** Boxes that a person drew, normalised; none where the thing is not to be seen. */
  readonly drawn: readonly BBox[];
  /** Whatever the score. */
  readonly found: readonly ScoredBox[];
}

/**
 * How good something that is found by itself is, measured by trainings that had
 * not seen the pictures they are measured on. It holds the scores themselves, so
 * that it can be asked about any threshold without learning anew: see
 * `operatingPoint` and `precisionRecallCurve`.
 */
export interface FindReport {
  /** Pictures of the thing that were held back in turn. 0 where there is only one recording of it. */
  readonly pictures: number;
  /** Drawn boxes in them. */
  readonly objects: number;
  /** Pictures without the thing that were held back in turn. */
  readonly unrelated: number;
  /**
   * Average precision at an overlap of 0.5 over the pictures of the thing, as COCO
   * computes it, 0 to 1; `undefined` where none could be held back.
   */
  readonly ap50: number | undefined;
  /** Scores of the boxes that found a drawn one, best first. */
  readonly right: readonly number[];
  /** Scores of the other boxes in pictures of the thing, best first. */
  readonly wrong: readonly number[];
  /** Scores of all boxes in pictures without it, best first. */
  readonly cries: readonly number[];
}

/** What is to be expected at one threshold. */
export interface OperatingPoint {
  /** 0 to 1. */
  readonly threshold: number;
  /** Of the objects that were held back. */
  readonly found: number;
  readonly missed: number;
  /** Share of the objects that is found, 0 to 1; `undefined` where there were none. */
  readonly recall: number | undefined;
  /** Share of what is told in pictures of the thing that is right, 0 to 1; `undefined` where nothing is told. */
  readonly precision: number | undefined;
  /** Boxes in a picture without the thing, on average; `undefined` where there were none. */
  readonly falsePerPicture: number | undefined;
}

/** Boxes below this score are not kept: no threshold is that low. */
const LEAST_SCORE = 0.05;
/** Scores that are kept of each kind; beyond them the lowest are lost. */
export const MOST_SCORES = 500;
const LABEL = 'it';

/** Measures. The order of the pictures does not matter. */
export function findReport(pictures: readonly HeldBackPicture[]): FindReport {
  const shown = pictures.filter(({ drawn }) => drawn.length > 0);
  const outcomes = shown.flatMap(({ drawn, found }) =>
    matchDetections(found.map(asDetection), drawn.map(asTruth), 0.5, [0, Infinity], Infinity),
  );
  const ofOutcome = (wanted: 'right' | 'wrong'): number[] =>
    bestScores(outcomes.flatMap(({ outcome, score }) => (outcome === wanted ? score : [])));
  const empty = pictures.filter(({ drawn }) => drawn.length === 0);
  return {
    pictures: shown.length,
    objects: shown.reduce((sum, { drawn }) => sum + drawn.length, 0),
    unrelated: empty.length,
    ap50: heldBackAp50(shown),
    right: ofOutcome('right'),
    wrong: ofOutcome('wrong'),
    cries: bestScores(empty.flatMap(({ found }) => found.map(({ score }) => score))),
  };
}

/** See `FindReport.ap50`. Pictures without the thing lower it as well: so it is over both kinds. */
export function heldBackAp50(pictures: readonly HeldBackPicture[]): number | undefined {
  if (!pictures.some(({ drawn }) => drawn.length > 0)) return undefined;
  return averagePrecision(
    pictures.map(({ drawn, found }) => ({
      truths: drawn.map(asTruth),
      detections: found.map(asDetection),
    })),
  ).ap50;
}

/** What is to be expected at a threshold. @param threshold 0 to 1. */
export function operatingPoint(report: FindReport, threshold: number): OperatingPoint {
  const { objects, unrelated } = report;
  const told = (scores: readonly number[]): number =>
    scores.filter((score) => score >= threshold).length;
  const [found, wrong] = [told(report.right), told(report.wrong)];
  return {
    threshold,
    found,
    missed: objects - found,
    recall: objects === 0 ? undefined : found / objects,
    precision: found + wrong === 0 ? undefined : found / (found + wrong),
    falsePerPicture: unrelated === 0 ? undefined : told(report.cries) / unrelated,
  };
}

/** A point at which both are known. */
export type CurvePoint = OperatingPoint & { readonly recall: number; readonly precision: number };

/**
 * Precision and recall at every threshold at which either changes, over the pictures of
 * the thing.
 *
 * @returns From the strictest threshold to the loosest, so by rising recall; none where
 *   nothing was held back or nothing found.
 */
export function precisionRecallCurve(report: FindReport): CurvePoint[] {
  const thresholds = [...new Set([...report.right, ...report.wrong])].sort((a, b) => b - a);
  return thresholds.flatMap((threshold): CurvePoint[] => {
    const point = operatingPoint(report, threshold);
    const { recall, precision } = point;
    return recall === undefined || precision === undefined ? [] : [{ ...point, recall, precision }];
  });
}

function bestScores(scores: readonly number[]): number[] {
  return scores
    .filter((score) => score >= LEAST_SCORE)
    .map((score) => Math.round(score * 1e4) / 1e4)
    .sort((a, b) => b - a)
    .slice(0, MOST_SCORES);
}

function asTruth(bbox: BBox): Truth {
  return { bbox, class: LABEL, area: area(bbox), isCrowd: false };
}

function asDetection({ bbox, score }: ScoredBox): Detection {
  return { bbox, score, class: LABEL };
}
