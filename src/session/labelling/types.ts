import type { BBox, Size } from '../../domain/geometry.js';
import type { Refusal } from '../../domain/quality/harvest.js';
import type { Proposal } from '../../domain/labelling/proposals.js';

export type { Proposal };

/** A stored picture, to look at a box in it. */
export interface OpenedPicture {
  readonly picture: Blob;
  readonly size: Size;
  /** In pixels of the picture. */
  readonly bbox: BBox;
}

/** Why a carried box gives no view at this moment. */
export type CarryTrouble = Refusal | 'out-of-sight';

/** One view that a carried box has given. */
export interface CarriedView {
  readonly id: string;
  /** The thing alone, small. */
  readonly crop: Blob;
}

/** A drawn box that is carried through a short recording. */
export interface Carrying {
  readonly label: string;
  /** It follows, or the views wait to be confirmed. Nothing is stored before they are. */
  readonly phase: 'following' | 'review';
  readonly views: readonly CarriedView[];
  readonly most: number;
  readonly trouble: CarryTrouble | undefined;
}

/** A picture that what is found by itself is not sure about. */
export interface Question {
  readonly id: string;
  /** What it may be. */
  readonly label: string;
  /** The thing alone, small. */
  readonly crop: Blob;
  /** Its score is near the threshold, or the detector knows another thing there. */
  readonly reason: 'unsure' | 'disagree';
}

/** What a person says to a question: it is, it is not, or it is there. */
export type Answer = 'yes' | 'no' | { readonly bbox: BBox };

/** Help with boxes. All methods that can fail reject with a `SightlineError`. */
export interface Labelling {
  /**
   * Boxes that something may be in, of the picture on show; see `proposeBoxes`.
   * They are help only: where they cannot be had there are none.
   */
  propose(): Promise<readonly Proposal[]>;
  /** The same for the picture that a sample lies in. */
  proposeFor(sampleId: string): Promise<readonly Proposal[]>;
  /** Of a sample, or of a question. `undefined` when the picture is gone. */
  openPicture(sampleId: string): Promise<OpenedPicture | undefined>;
  /** Puts the box of a sample right, or answers a question by its box; that can be taken back. */
  moveBox(sampleId: string, bbox: BBox): Promise<void>;

  /**
   * Follows a box drawn on the picture on show through what comes next, and takes up
   * to twenty views of what is in it; see `TeachState.carrying`.
   */
  carry(bbox: BBox, label: string): Promise<void>;
  /** Where the carried box is in the newest frame, in pixels of it; `undefined` while it is lost. */
  readonly carried: BBox | undefined;
  /** Takes no more views: those there are can be looked through. */
  stopCarrying(): void;
  /** Stores these views as examples and forgets the others. */
  keepViews(ids: readonly string[]): Promise<void>;

  /**
   * Whether pictures are kept that what is found by itself is least sure about, in
   * memory alone; see `TeachState.questions`. Off, those that wait are forgotten.
   */
  setAsking(isOn: boolean): void;
  /** Stores it as an example or as "not that", and has it learnt soon. */
  answer(id: string, answer: Answer): Promise<void>;
  /** Forgets a question. */
  skip(id: string): void;
}
