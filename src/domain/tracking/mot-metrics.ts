import { intersectionOverUnion, type BBox } from '../geometry.js';
import { assign } from './assignment.js';

/** An object in a frame, by the id that the truth or a tracker gives it. */
export interface IdentifiedBox {
  readonly id: number;
  readonly bbox: BBox;
}

/** One frame as the metrics see it: who was there, who was told of, and how well each pair fits. */
export interface MotFrame {
  readonly truthIds: readonly number[];
  readonly trackIds: readonly number[];
  /** Row by row, one row per true object; 0 to 1. */
  readonly similarity: Float64Array;
}

/** Counts over frames; those of several sequences may be added up. */
export interface MotCounts {
  /** Objects over all frames, found and missed. */
  readonly found: number;
  readonly missed: number;
  /** Boxes of the tracker that are no object. */
  readonly falsePositives: number;
  /** Times an object was found under another id than when it was last found. */
  readonly idSwitches: number;
  /** Sum of the similarity over all that were found. */
  readonly similarity: number;
  /** Boxes that agree with the truth when each object has one id for the whole sequence. */
  readonly idTruePositives: number;
}

/** Figures of a tracker; those of an empty sequence are 0. */
export interface MotFigures extends MotCounts {
  /** 1 − (missed + false positives + id switches) / objects; below 0 when there are more faults than objects. */
  readonly mota: number;
  /** Mean similarity (IoU) of what was found. */
  readonly motp: number;
  /** Harmonic mean of how much of the objects, and of the boxes, is under the right id. */
  readonly idf1: number;
}

/** The overlap from which a box counts as the object, in MOTChallenge. */
export const MOT_THRESHOLD = 0.5;

/** Larger than any sum of similarities in a frame, so that it comes before them. */
const CONTINUITY = 1000;

/** As in the reference: an overlap of exactly the threshold counts, whatever the rounding. */
const EPSILON = Number.EPSILON;

/** A frame of boxes, compared by IoU. */
export function toMotFrame(
  truths: readonly IdentifiedBox[],
  tracks: readonly IdentifiedBox[],
): MotFrame {
  const similarity = new Float64Array(truths.length * tracks.length);
  let position = 0;
  for (const { bbox } of truths) {
    for (const track of tracks) similarity[position++] = intersectionOverUnion(bbox, track.bbox);
  }
  const idOf = ({ id }: IdentifiedBox): number => id;
  return { truthIds: truths.map(idOf), trackIds: tracks.map(idOf), similarity };
}

/**
 * Counts of CLEAR MOT and of the identity metrics over one sequence, as TrackEval
 * (the code behind MOTChallenge's table) defines them.
 *
 * Sources: Bernardin & Stiefelhagen 2008, "Evaluating Multiple Object Tracking
 * Performance: The CLEAR MOT Metrics"; Ristani et al. 2016, "Performance Measures
 * and a Data Set for Multi-Target, Multi-Camera Tracking".
 */
export function countMot(frames: readonly MotFrame[], threshold = MOT_THRESHOLD): MotCounts {
  return { ...countClear(frames, threshold), idTruePositives: countIdentity(frames, threshold) };
}

/** The counts of several sequences as one. */
export function addMotCounts(all: readonly MotCounts[]): MotCounts {
  const sum = (name: keyof MotCounts): number =>
    all.reduce((total, counts) => total + counts[name], 0);
  return {
    found: sum('found'),
    missed: sum('missed'),
    falsePositives: sum('falsePositives'),
    idSwitches: sum('idSwitches'),
    similarity: sum('similarity'),
    idTruePositives: sum('idTruePositives'),
  };
}

/** What people compare, from counts. */
export function motFigures(counts: MotCounts): MotFigures {
  const { found, missed, falsePositives, idSwitches, similarity, idTruePositives } = counts;
  const objects = Math.max(1, found + missed);
  const boxes = found + falsePositives;
  return {
    ...counts,
    mota: (found - falsePositives - idSwitches) / objects,
    motp: similarity / Math.max(1, found),
    idf1: idTruePositives / Math.max(1, (found + missed + boxes) / 2),
  };
}

/** Frame by frame: pairs of the frame before stay while they can, the rest is matched best. */
function countClear(
  frames: readonly MotFrame[],
  threshold: number,
): Omit<MotCounts, 'idTruePositives'> {
  let found = 0;
  let missed = 0;
  let falsePositives = 0;
  let idSwitches = 0;
  let similaritySum = 0;
  const lastTrack = new Map<number, number>();
  let trackBefore = new Map<number, number>();
  for (const { truthIds, trackIds, similarity } of frames) {
    const columns = trackIds.length;
    missed += truthIds.length;
    falsePositives += columns;
    // As in the reference, a frame without either does not end what was going on.
    if (truthIds.length === 0 || columns === 0) continue;
    const costs = similarity.map((value, position) => {
      const truth = truthIds[Math.floor(position / columns)] ?? NaN;
      const goesOn = trackBefore.get(truth) === trackIds[position % columns];
      return value < threshold - EPSILON ? 0 : -value - (goesOn ? CONTINUITY : 0);
    });
    trackBefore = new Map();
    for (const [row, column] of assign(costs, truthIds.length, columns, 0).pairs) {
      const truth = truthIds[row] ?? NaN;
      const track = trackIds[column] ?? NaN;
      if ((lastTrack.get(truth) ?? track) !== track) idSwitches++;
      lastTrack.set(truth, track);
      trackBefore.set(truth, track);
      found++;
      missed--;
      falsePositives--;
      similaritySum += similarity[row * columns + column] ?? 0;
    }
  }
  return { found, missed, falsePositives, idSwitches, similarity: similaritySum };
}

/** Over the whole sequence: each object gets the one track that agrees with it most. */
function countIdentity(frames: readonly MotFrame[], threshold: number): number {
  const rowOf = indexOf(frames.flatMap(({ truthIds }) => truthIds));
  const columnOf = indexOf(frames.flatMap(({ trackIds }) => trackIds));
  const columns = columnOf.size;
  const together = new Float64Array(rowOf.size * columns);
  for (const { truthIds, trackIds, similarity } of frames) {
    similarity.forEach((value, position) => {
      if (value < threshold) return;
      const row = rowOf.get(truthIds[Math.floor(position / trackIds.length)] ?? NaN) ?? 0;
      const column = columnOf.get(trackIds[position % trackIds.length] ?? NaN) ?? 0;
      const at = row * columns + column;
      together[at] = (together[at] ?? 0) + 1;
    });
  }
  const costs = together.map((count) => -count);
  return assign(costs, rowOf.size, columns, 0).pairs.reduce(
    (sum, [row, column]) => sum + (together[row * columns + column] ?? 0),
    0,
  );
}

function indexOf(ids: readonly number[]): Map<number, number> {
  const index = new Map<number, number>();
  for (const id of ids) if (!index.has(id)) index.set(id, index.size);
  return index;
}
