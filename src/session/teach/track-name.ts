import { UNKNOWN, type Head } from '../../domain/head.js';
import { answerTo, probabilitiesOf } from '../../domain/teach/head-answer.js';
import { fading, vote, type LabelVote } from '../../domain/tracking/label-vote.js';

/** A head's answer, and how sure it is. */
export interface HeadName {
  readonly label: string;
  readonly confidence: number;
}

/** What one head has said of one track. */
export interface TrackName extends HeadName {
  readonly vote: LabelVote;
  /** Probability of each of the head's labels, newer frames counting more. */
  readonly means: Float64Array;
  readonly timestamp: number;
}

/**
 * A track that has a name keeps it down to this part of the threshold, so that it does not
 * flicker, but not when it is more probable that it is nothing known.
 */
const LOYALTY = 0.8;

/** What a head says to one picture. @param row Of the head's maps. */
export function nameOnce(head: Head, row: Float32Array): HeadName {
  return answerTo(head, probabilitiesOf(head, row));
}

/**
 * What a head says of a track, after one more frame.
 *
 * @param before Its last answer.
 * @param row Of the head's maps.
 * @param timestamp Milliseconds on the source's clock.
 */
export function nameTrack(
  head: Head,
  row: Float32Array,
  before: TrackName | undefined,
  timestamp: number,
): TrackName {
  const { labels, threshold } = head;
  const now = probabilitiesOf(head, row);
  const kept = before === undefined ? 0 : fading(timestamp - before.timestamp);
  const means = now.map((value, at) => kept * (before?.means[at] ?? 0) + (1 - kept) * value);
  const opinion = new Map(labels.map((label, at) => [label, now[at] ?? 0]));
  const voted = vote(before?.vote, opinion, timestamp);
  const confidence = means[labels.indexOf(voted.label)] ?? 0;
  const unknown = means[labels.indexOf(UNKNOWN)] ?? 0;
  const hadName = before?.label === voted.label;
  const enough = hadName ? LOYALTY * threshold : threshold;
  if (voted.label !== UNKNOWN && confidence >= enough && confidence > unknown) {
    return { label: voted.label, confidence, vote: voted, means, timestamp };
  }
  const known = means.filter((_, at) => labels[at] !== UNKNOWN);
  const sure = 1 - Math.max(0, ...known);
  return { label: UNKNOWN, confidence: sure, vote: voted, means, timestamp };
}
