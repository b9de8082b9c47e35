import type { BBox } from './geometry.js';

/** What a head that a person has taught says of a detection. */
export interface TaughtName {
  /** What the detector calls it: a canonical label. */
  readonly base: string;
  /** The head's answer; `UNKNOWN` where it has no name for this one. */
  readonly label: string;
  /** How sure the head is of that answer, 0 to 1; of a track, over its last frames. */
  readonly confidence: number;
  readonly headId: string;
}

/** One found object: a box, a label and how sure the network is of it. */
export interface Detection {
  /** `[x, y, width, height]` in pixels of the source picture. */
  readonly bbox: BBox;
  /** Canonical (English) label, as in coco-ssd's list, or the name that a taught head has for it. */
  readonly class: string;
  /** Sigmoid score in [0, 1]. */
  readonly score: number;
  /** Which of the regions that were looked at has it, where there were several; 0 is the whole. */
  readonly region?: number | undefined;
  /** Where a taught head was asked: `class` is its label then, or stays as it was when that is `UNKNOWN`. */
  readonly taught?: TaughtName | undefined;
}

/**
 * Which parts of a picture a look takes in. The network sees its input at one
 * small size, so that far things vanish when a whole picture is shrunk to it;
 * overlapping parts (tiles) are shrunk less (the idea of SAHI, Akyon et al.
 * 2022).
 *
 * - `off`: the whole picture only.
 * - `all`: the whole picture and every tile in which it hints at something small;
 *   for still pictures.
 * - `rotate`: the whole picture and at most one tile, another one each time, and
 *   only where something has moved; for live video.
 */
export const DETAIL_MODES = ['off', 'all', 'rotate'] as const;
export type DetailMode = (typeof DETAIL_MODES)[number];

/** What a person asks for: never, always, or as the picture, the heat and the battery allow. */
export const DETAIL_CHOICES = ['auto', 'off', 'on'] as const;
export type DetailChoice = (typeof DETAIL_CHOICES)[number];

/**
 * Detection options under MediaPipe's names.
 * `categoryAllowlist` and `categoryDenylist` hold canonical labels; an empty
 * list means "no restriction". As in MediaPipe the lists act before the best
 * class of a box is chosen, so a box whose best class is filtered out can
 * still be reported under its best permitted class.
 */
export interface DetectionOptions {
  /** At most this many detections, best first. 1 to 100. */
  readonly maxResults: number;
  /** Detections below this score are dropped. 0 to 1. */
  readonly scoreThreshold: number;
  /** Two boxes of one class that overlap by more than this are one. 0 to 1. */
  readonly iouThreshold: number;
  readonly categoryAllowlist: readonly string[];
  readonly categoryDenylist: readonly string[];
  /** Whether tiles are looked at besides the whole picture, for small and far things. */
  readonly detail: DetailMode;
}

/** The most candidates a detector hands over per frame, and so the largest useful `maxResults`. */
export const MAX_CANDIDATES = 100;

export const DEFAULT_DETECTION_OPTIONS: DetectionOptions = {
  maxResults: 20,
  scoreThreshold: 0.5,
  iouThreshold: 0.6,
  categoryAllowlist: [],
  categoryDenylist: [],
  detail: 'off',
};

/** What the picture was that a list of detections speaks of. */
export interface FrameInfo {
  /** Pixels, after any rotation that the container asks for. */
  readonly width: number;
  readonly height: number;
  /** Milliseconds on the source's own clock (media time, or capture time). */
  readonly timestamp: number;
}

/** Wall-clock milliseconds spent on one frame, as seen by the engine. */
export interface Timings {
  /** From the frame's arrival to the network's input being ready or queued. */
  readonly preprocess: number;
  /** Network and candidate selection, up to the end of the readback. */
  readonly inference: number;
  /** Decoding of the candidates and non-max suppression. */
  readonly postprocess: number;
}
