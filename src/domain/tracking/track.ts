import type { Detection } from '../detection.js';
import type { BBox } from '../geometry.js';
import { correct, predict, startState, toBox, type BoxState } from './box-filter.js';

/** A detection that is known to be the same object as others before it. */
export interface TrackedDetection extends Detection {
  /** Positive whole number, the same for one object as long as it is followed, never used again. */
  readonly trackId: number;
}

/** One object that is being followed; the tracker's own, changed from frame to frame. */
export class Track {
  /** Detections of another label never belong to it. */
  readonly label: string;
  /** 0 until it has been seen often enough to be told of. */
  id = 0;
  /** Where it should be now, if it moves on as it did. */
  predicted: BBox;
  /** Where it was when last seen. */
  observed: BBox;
  /** Seconds on the tracker's clock when it was last seen. */
  seenAt: number;
  /** Frames in a row, up to the last one in which it was seen. */
  streak = 1;
  /** Whether it was found in the last frame. */
  isSeen = true;
  readonly #state: BoxState;

  constructor(detection: Detection, now: number) {
    this.label = detection.class;
    this.observed = detection.bbox;
    this.predicted = detection.bbox;
    this.seenAt = now;
    this.#state = startState(detection.bbox);
  }

  /** Moves its expectation on by so many seconds. */
  advance(seconds: number): void {
    // Out of sight nothing is known of how the size goes on; as in the reference it stays.
    if (!this.isSeen) this.#state.height.velocity = 0;
    predict(this.#state, seconds);
    this.predicted = toBox(this.#state);
  }

  /** It was found in the frame of this time. */
  see(box: BBox, now: number): void {
    correct(this.#state, box);
    this.observed = box;
    this.seenAt = now;
    this.streak = this.isSeen ? this.streak + 1 : 1;
    this.isSeen = true;
  }

  /** It was not found in this frame. */
  miss(): void {
    this.isSeen = false;
  }
}
