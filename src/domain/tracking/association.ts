import type { Detection } from '../detection.js';
import { intersectionOverUnion, type BBox } from '../geometry.js';
import { assign } from './assignment.js';
import type { Track } from './track.js';

/** A track and the detection that is this object in the current frame. */
export interface Match {
  readonly track: Track;
  readonly detection: Detection;
}

/** What a round of matching decided; what it left goes on to the next. */
export interface Association {
  readonly matches: readonly Match[];
  readonly tracks: readonly Track[];
  readonly detections: readonly Detection[];
}

/** How well a track and a detection fit: 1 for perfectly, 0 for not at all. */
export type Similarity = (track: Track, detection: Detection) => number;

/** ByteTrack's measure: how far the detection covers the place where the track should be. */
export const byMotion: Similarity = (track, { bbox }) =>
  intersectionOverUnion(track.predicted, bbox);

/** Boxes grow by at most so much of their size on each side, as C-BIoU's second round does. */
const LARGEST_MARGIN = 0.5;
/** Parts of its size that an object is granted per second in which nobody looked. */
const MARGIN_PER_SECOND = 1.5;
/** Up to here the motion model alone is to be trusted: 15 pictures a second. */
const TRUSTED_SECONDS = 1 / 15;

/**
 * For what the motion model cannot know: an object that has just appeared, or
 * has stopped or turned while nobody looked. Boxes are compared after growing
 * with the time since the last sight (the buffered overlap of C-BIoU), both with
 * where the track should be and with where it was (the recovery of OC-SORT).
 * This is what makes tracking at three pictures a second possible.
 *
 * Sources: Yang et al. 2023, "Hard to Track Objects with Irregular Motions and
 * Similar Appearances? Make It Easier by Buffering the Matching Space"; Cao et
 * al. 2023, "Observation-Centric SORT".
 *
 * @param now Seconds on the tracker's clock.
 */
export function byReach(now: number): Similarity {
  return (track, { bbox }) => {
    const unseen = Math.max(0, now - track.seenAt - TRUSTED_SECONDS);
    const margin = Math.min(LARGEST_MARGIN, MARGIN_PER_SECOND * unseen);
    const wide = grow(bbox, margin);
    return Math.max(
      intersectionOverUnion(grow(track.predicted, margin), wide),
      intersectionOverUnion(grow(track.observed, margin), wide),
    );
  };
}

/**
 * Pairs tracks and detections of the same label so that the sum of their
 * similarities is largest.
 *
 * @param limit Pairs whose cost (1 - similarity) is at or above this stay apart.
 */
export function associate(
  tracks: readonly Track[],
  detections: readonly Detection[],
  similarity: Similarity,
  limit: number,
): Association {
  if (tracks.length === 0 || detections.length === 0) return { matches: [], tracks, detections };
  const costs = new Float64Array(tracks.length * detections.length);
  let position = 0;
  for (const track of tracks) {
    for (const detection of detections) {
      costs[position++] =
        track.label === detection.class ? 1 - similarity(track, detection) : Infinity;
    }
  }
  const { pairs, unmatchedRows, unmatchedColumns } = assign(
    costs,
    tracks.length,
    detections.length,
    limit,
  );
  return {
    matches: pairs.flatMap(([row, column]) => {
      const track = tracks[row];
      const detection = detections[column];
      return track && detection ? [{ track, detection }] : [];
    }),
    tracks: unmatchedRows.flatMap((row) => tracks[row] ?? []),
    detections: unmatchedColumns.flatMap((column) => detections[column] ?? []),
  };
}

function grow([x, y, width, height]: BBox, margin: number): BBox {
  return [
    x - width * margin,
    y - height * margin,
    width * (1 + 2 * margin),
    height * (1 + 2 * margin),
  ];
}
