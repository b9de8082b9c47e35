import {
  addMotCounts,
  motFigures,
  type MotCounts,
} from '../../../src/domain/tracking/mot-metrics.js';
import { textTable } from '../../bench/table.js';
import type { SequenceJudgement } from './judge.js';

/** All sequences with the detections of one origin, at one threshold. */
export interface MotResult {
  /** Where the detections came from. */
  readonly detector: string;
  readonly score: number;
  readonly sequences: readonly SequenceJudgement[];
}

/** The figures for people; the last line sums them up. */
export function motLines(results: readonly MotResult[]): string[] {
  const heading = [
    'detections',
    'score',
    'sequence',
    'IDF1',
    'MOTA',
    'id switches',
    'recall',
    'precision',
    'ms/frame',
  ];
  const rows = results.flatMap(({ detector, score, sequences }) => {
    const cells = (name: string, counts: MotCounts, milliseconds: number): string[] => {
      const { idf1, mota, idSwitches, found, missed, falsePositives } = motFigures(counts);
      return [
        detector,
        score.toFixed(2),
        name,
        points(idf1),
        points(mota),
        String(idSwitches),
        points(found / Math.max(1, found + missed)),
        points(found / Math.max(1, found + falsePositives)),
        milliseconds.toFixed(3),
      ];
    };
    const one = sequences.map(({ name, counts, milliseconds }) =>
      cells(name, counts, milliseconds),
    );
    return sequences.length === 1 ? one : [...one, cells('all', total(sequences), mean(sequences))];
  });
  return [
    ...textTable([heading, ...rows]),
    '',
    'IDF1, MOTA and id switches as TrackEval counts them for pedestrians at IoU 0.5, in points of 100.',
    'Score: from here on a detection may start a track. ms/frame: the tracker alone.',
    '',
    `tracking: ${results.map(inWords).join('; ')}`,
  ];
}

function inWords({ detector, score, sequences }: MotResult): string {
  const { idf1, mota, idSwitches } = motFigures(total(sequences));
  return `${detector} at ${score.toFixed(2)} IDF1 ${points(idf1)} MOTA ${points(mota)} switches ${idSwitches}`;
}

function total(sequences: readonly SequenceJudgement[]): MotCounts {
  return addMotCounts(sequences.map(({ counts }) => counts));
}

function mean(sequences: readonly SequenceJudgement[]): number {
  const sum = sequences.reduce((all, { milliseconds }) => all + milliseconds, 0);
  return sum / Math.max(1, sequences.length);
}

function points(value: number): string {
  return (value * 100).toFixed(1);
}
