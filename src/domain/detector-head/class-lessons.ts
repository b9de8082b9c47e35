import { float16Table } from '../float16.js';
import { intersectionOverUnion } from '../geometry.js';
import type { AnchorView, TaughtNetwork } from './anchor-view.js';
import { offsetBox, type BoxPair } from './box-offset.js';
import { LEAST_BASE_LOGIT } from './column.js';
import type { ScoredBox } from './find-report.js';
import { matchAnchors, POSITIVE } from './matching.js';
import { sparseAverage, type FeatureSums } from './sparse-features.js';
import {
  agreement,
  bestBoxes,
  evidenceOf,
  regionLogit,
  taughtScore,
  type TaughtBox,
  type TaughtClass,
} from './taught-class.js';
import type { ColumnLesson } from './train-column.js';
import type { VerifierLesson } from './train-verifier.js';

/** A column under way. */
export interface ColumnSoFar {
  /** What it begins as. */
  readonly base: number;
  /** What its weights so far make of features. */
  readonly sum: FeatureSums;
}

const RIGHT_IOU = 0.5;
const WRONG_IOU = 0.3;

/**
 * The network's own class that the examples look most like: the one with the
 * highest mean probability at their anchors.
 *
 * @returns Its column.
 */
export function likestClass(network: TaughtNetwork, examples: readonly AnchorView[]): number {
  const numbers = float16Table();
  const { labels } = network;
  const sums = labels.map(() => 0);
  for (const view of examples) {
    matchAnchors(view.drawn, network.anchors, view.boxes).forEach((match, anchor) => {
      if (match !== POSITIVE) return;
      labels.forEach((label, column) => {
        if (label === null) return;
        const logit = numbers[view.logits[anchor * labels.length + column] ?? 0] ?? 0;
        sums[column] = (sums[column] ?? 0) + 1 / (1 + Math.exp(-logit));
      });
    });
  }
  const best = Math.max(...sums);
  return best > 0 ? sums.indexOf(best) : labels.findIndex((label) => label !== null);
}

/** What a column learns from a view. */
export function columnLesson(
  { anchors, labels }: TaughtNetwork,
  { features, logits, boxes, drawn }: AnchorView,
  base: number,
): ColumnLesson {
  return {
    features,
    base: baseLogits(logits, labels.length, base),
    matches: matchAnchors(drawn, anchors, boxes),
  };
}

/** Of a box that is right also where a person has drawn it. */
export interface BoxLesson extends VerifierLesson {
  readonly pair: BoxPair | undefined;
}

/** What a verifier learns from a view: its best boxes, less those that are neither right nor wrong. */
export function verifierLessons(
  network: TaughtNetwork,
  column: ColumnSoFar,
  view: AnchorView,
  count: number,
): BoxLesson[] {
  return boxesOf(network, column, view, count).flatMap(({ bbox, anchor }) => {
    const overlaps = view.drawn.map((box) => intersectionOverUnion(box, bbox));
    const overlap = Math.max(0, ...overlaps);
    if (overlap >= WRONG_IOU && overlap < RIGHT_IOU) return [];
    const evidence = evidenceOf(view.logits, network.labels.length, anchor);
    const average = sparseAverage(network.layout, view.features, bbox);
    const drawn = overlap >= RIGHT_IOU ? view.drawn[overlaps.indexOf(overlap)] : undefined;
    const pair = drawn && { found: bbox, drawn };
    return { evidence, average, isRight: drawn !== undefined, pair };
  });
}

/** What a class finds in a view, whatever the score; best first. */
export function boxesFound(
  network: TaughtNetwork,
  column: ColumnSoFar,
  { verifier, offset }: Pick<TaughtClass, 'verifier' | 'offset'>,
  view: AnchorView,
): ScoredBox[] {
  return boxesOf(network, column, view)
    .map(({ bbox, anchor, probability }) => {
      const evidence = evidenceOf(view.logits, network.labels.length, anchor);
      const seen =
        verifier.region &&
        regionLogit(verifier.region, sparseAverage(network.layout, view.features, bbox));
      const score = taughtScore(probability, agreement(verifier, evidence), seen);
      return { bbox: offsetBox(bbox, offset), score };
    })
    .sort((a, b) => b.score - a.score);
}

/** The same by the column alone, before there is a verifier. */
export function boxesGuessed(
  network: TaughtNetwork,
  column: ColumnSoFar,
  view: AnchorView,
): ScoredBox[] {
  return boxesOf(network, column, view).map(({ bbox, probability }) => ({
    bbox,
    score: probability,
  }));
}

function boxesOf(
  { layout, labels }: TaughtNetwork,
  { base, sum }: ColumnSoFar,
  { features, logits, boxes }: AnchorView,
  count?: number,
): TaughtBox[] {
  const out = new Float32Array(layout.anchorCount);
  sum(features, out);
  const own = baseLogits(logits, labels.length, base);
  return bestBoxes(
    out.map((logit, anchor) => logit + (own[anchor] ?? 0)),
    boxes,
    count,
  );
}

function baseLogits(logits: Uint16Array, classCount: number, base: number): Float32Array {
  const numbers = float16Table();
  return Float32Array.from({ length: logits.length / classCount }, (_, anchor) =>
    Math.max(LEAST_BASE_LOGIT, numbers[logits[anchor * classCount + base] ?? 0] ?? 0),
  );
}
