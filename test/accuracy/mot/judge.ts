import type { Detection } from '../../../src/domain/detection.js';
import { intersectionOverUnion } from '../../../src/domain/geometry.js';
import { assign } from '../../../src/domain/tracking/assignment.js';
import {
  countMot,
  MOT_THRESHOLD,
  toMotFrame,
  type IdentifiedBox,
  type MotCounts,
} from '../../../src/domain/tracking/mot-metrics.js';
import { Tracker } from '../../../src/domain/tracking/tracker.js';
import { PEDESTRIAN, type Sequence, type SequenceFrame } from './sequence.js';

/** How a sequence went at one threshold. */
export interface SequenceJudgement {
  readonly name: string;
  readonly counts: MotCounts;
  /** Mean milliseconds that the tracker took for a frame. */
  readonly milliseconds: number;
}

/**
 * Follows the pedestrians of a sequence and compares with the truth.
 *
 * @param detections One list per frame, of any labels.
 * @param score Detections from here on may start a track (`trackActivationThreshold`).
 */
export function judgeSequence(
  sequence: Sequence,
  detections: readonly (readonly Detection[])[],
  score: number,
): SequenceJudgement {
  const tracker = new Tracker({ trackActivationThreshold: score });
  let milliseconds = 0;
  const frames = sequence.frames.map((frame, index) => {
    const people = (detections[index] ?? []).filter((found) => found.class === PEDESTRIAN);
    const start = performance.now();
    const tracked = tracker.update(people, (index * 1000) / sequence.rate);
    milliseconds += performance.now() - start;
    const boxes = tracked.map(({ bbox, trackId }) => ({ id: trackId, bbox }));
    return toMotFrame(frame.truths, withoutNeutral(boxes, frame));
  });
  return {
    name: sequence.name,
    counts: countMot(frames),
    milliseconds: milliseconds / Math.max(1, frames.length),
  };
}

/**
 * As TrackEval does: what is best explained by something neutral counts neither for
 * nor against. All true boxes compete for the explanation, also those that are ignored.
 */
function withoutNeutral(
  boxes: readonly IdentifiedBox[],
  { truths, neutral, others }: SequenceFrame,
): IdentifiedBox[] {
  if (neutral.length === 0) return [...boxes];
  const known = [...neutral, ...truths, ...others];
  const costs = Float64Array.from(
    known.flatMap(({ bbox }) =>
      boxes.map((box) => {
        const overlap = intersectionOverUnion(bbox, box.bbox);
        return overlap < MOT_THRESHOLD - Number.EPSILON ? 0 : -overlap;
      }),
    ),
  );
  const { pairs } = assign(costs, known.length, boxes.length, 0);
  const removed = new Set(
    pairs.filter(([row]) => row < neutral.length).map(([, column]) => column),
  );
  return boxes.filter((_, index) => !removed.has(index));
}
