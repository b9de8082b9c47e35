import type { FindReport, HeldBackPicture } from '../../domain/detector-head/find-report.js';

/** A label that is found by itself, wherever it is, as a view shows it. */
export interface FoundLabel {
  readonly id: string;
  readonly label: string;
  readonly isOn: boolean;
  /** Below this score it is not told: higher cries wolf less, lower misses fewer. 0 to 1. */
  readonly threshold: number;
  /** What the training found to be right. */
  readonly learntThreshold: number;
  /**
   * How good it is, measured on what was held back when it was learnt; it is stored with
   * it. For any threshold, this one or another, `operatingPoint(report, threshold)` says
   * what is to be expected, `precisionRecallCurve(report)` has the points of the curve;
   * nothing is learnt anew for that. `undefined` for what came from elsewhere without one.
   */
  readonly report: FindReport | undefined;
  /** Whether there are examples, and others than when it was learnt. */
  readonly isOutdated: boolean;
}

/** How well held-back pictures are looked at while something is learnt. */
export interface FindPreview {
  /** Steps of the training that it was made after. */
  readonly step: number;
  /** Average precision at an overlap of 0.5 over all held-back pictures of the thing, 0 to 1. */
  readonly ap50: number;
  /** Up to four of them, the same ones each time. */
  readonly pictures: readonly PreviewPicture[];
}

/** Boxes are normalised to the picture: `[x, y, width, height]`, 0 to 1. */
export interface PreviewPicture extends HeldBackPicture {
  /** `TeachSession.picture` has it; of its samples, `pictureId`. */
  readonly pictureId: string;
}

/** How far learning to find something is. */
export type FindingState =
  | { readonly phase: 'idle' }
  /** The network looks at pictures. */
  | {
      readonly phase: 'looking';
      readonly label: string;
      readonly done: number;
      readonly of: number;
    }
  | {
      readonly phase: 'training';
      readonly label: string;
      /** 0 to 1. */
      readonly fraction: number;
      readonly loss: number;
      /** The newest; `undefined` before the first, and where nothing could be held back. */
      readonly preview: FindPreview | undefined;
    }
  /** It was cut off by a reload or a crash; the pictures are all there. */
  | { readonly phase: 'interrupted'; readonly label: string }
  | {
      readonly phase: 'done';
      readonly label: string;
      readonly end: 'completed' | 'cancelled';
      readonly milliseconds: number;
      /** Boxes that were left out because one object had two labels. */
      readonly contradictions: number;
      /** Boxes that were left out because they show nothing, everything, or the same as another. */
      readonly unusableBoxes: number;
      /** Pictures of it that there was no room for: those that differ most were taken. */
      readonly unusedPictures: number;
    };

/**
 * Finding labels by themselves. All methods that can fail reject with a
 * `SightlineError` and report it as the `problem` of teaching as well.
 */
export interface Finder {
  /**
   * Learns to find a label wherever it is, also where the detector knows nothing of
   * the kind, from the boxes of its samples; and switches that on. Resolves when it
   * is found live.
   */
  learn(label: string): Promise<void>;
  /** Keeps what was there before; where there was nothing, what was learnt so far. */
  cancel(): void;
  setOn(id: string, isOn: boolean): Promise<void>;
  /** Misses fewer, or cries wolf less. @param threshold 0 to 1. */
  setThreshold(id: string, threshold: number): Promise<void>;
  /** Its samples stay. */
  remove(id: string): Promise<void>;
}
