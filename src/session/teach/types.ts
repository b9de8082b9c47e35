import type { SightlineError } from '../../domain/errors.js';
import type { BBox } from '../../domain/geometry.js';
import type { FeatureSource, Head } from '../../domain/head.js';
import type { ReliabilityBin } from '../../domain/quality/calibration.js';
import type { ConfusionMatrix, LabelFigures } from '../../domain/quality/confusion.js';
import type { Refusal } from '../../domain/quality/harvest.js';
import type { Hint } from '../../domain/quality/hints.js';
import type { TrainingEnd } from '../../domain/network/training.js';
import type { Sample } from '../../domain/sample.js';
import type { Carrying, Labelling, Question } from '../labelling/types.js';
import type { Finder, FindingState, FoundLabel } from '../new-class/types.js';
import type { TeachSettings } from '../../domain/teach/settings.js';

export type { FindingState, FoundLabel, TeachSettings };

/** What a box that is pointed at becomes. */
export type Target =
  /** An object that is being followed. */
  | { readonly kind: 'track'; readonly trackId: number }
  /** A box drawn on the picture, in pixels of it; it holds for this one frame. */
  | { readonly kind: 'box'; readonly bbox: BBox };

/** A label and what there is of it. */
export interface TaughtLabel {
  readonly name: string;
  readonly examples: number;
  /** "Not that": boxes that must not be taken for it. */
  readonly negatives: number;
  /** The newest example, for a picture of the label. */
  readonly cover: string | undefined;
}

/** A recording that is under way. */
export interface Recording {
  /** The label that examples get; `undefined`: the room without anything to be found. */
  readonly label: string | undefined;
  readonly taken: number;
  /** Why the last look at the object gave no example, while none does. */
  readonly refused: Refusal | 'out-of-sight' | undefined;
}

/** One point of the curves. */
export interface CurvePoint {
  readonly step: number;
  readonly loss: number;
  /** Over what is held back; where nothing is, over the examples. */
  readonly watchedLoss: number;
  readonly watchedAccuracy: number;
}

export type TrainingState =
  | { readonly phase: 'idle' }
  /** Features of samples that have none yet are computed. */
  | { readonly phase: 'looking'; readonly done: number; readonly of: number }
  | {
      readonly phase: 'training';
      readonly step: number;
      readonly steps: number;
      readonly curve: readonly CurvePoint[];
    }
  /** It was cut off by a reload or a crash, and can go on from its best weights. */
  | { readonly phase: 'interrupted' }
  | {
      readonly phase: 'done';
      readonly end: TrainingEnd | 'cancelled';
      readonly steps: number;
      readonly milliseconds: number;
      readonly curve: readonly CurvePoint[];
    };

/** A held-back example that the head got wrong. */
export interface Mistake {
  readonly sampleId: string;
  /** `UNKNOWN` where it should have been, or was, silent. */
  readonly truth: string;
  readonly answer: string;
  readonly confidence: number;
}

/** How good a head is, measured on what it has not learnt from. */
export interface QualityReport {
  /** Examples learnt from, and held back. */
  readonly learnt: number;
  readonly heldBack: number;
  /** Share of right answers over what was held back; `undefined` where nothing was. */
  readonly accuracy: number | undefined;
  readonly confusion: ConfusionMatrix;
  readonly figures: readonly LabelFigures[];
  readonly reliability: readonly ReliabilityBin[];
  readonly calibrationError: number | undefined;
  /** How well known is told from unknown: area under the ROC curve, 0.5 to 1. */
  readonly unknownAuroc: number | undefined;
  readonly mistakes: readonly Mistake[];
  /** Labels of which nothing could be held back. */
  readonly unvalidated: readonly string[];
}

/** A head as a view shows it. */
export interface HeadState {
  readonly head: Head;
  readonly isOn: boolean;
  /** Of heads that were trained here; imported ones have none. */
  readonly report: QualityReport | undefined;
}

/** Everything a view shows of teaching. Replaced, never mutated. */
export interface TeachState {
  /** `closed` until something was taught or the view was opened once. */
  readonly phase: 'closed' | 'opening' | 'ready' | 'failed';
  readonly labels: readonly TaughtLabel[];
  /** Recordings of the room without anything to be found, in pictures. */
  readonly background: number;
  readonly samples: readonly Sample[];
  readonly recording: Recording | undefined;
  /** A drawn box that is followed. */
  readonly carrying: Carrying | undefined;
  /** What is found by itself is not sure about these; what would teach most first. */
  readonly questions: readonly Question[];
  readonly training: TrainingState;
  /** Whether samples have changed since the head was trained. */
  readonly isOutdated: boolean;
  readonly heads: readonly HeadState[];
  /** Labels that are found by themselves. */
  readonly finds: readonly FoundLabel[];
  /** How far learning to find one is. */
  readonly finding: FindingState;
  readonly hints: readonly Hint[];
  readonly settings: TeachSettings;
  readonly problem: SightlineError | undefined;
  /** Takes back the last change of samples, while it can be. */
  readonly canUndo: boolean;
}

/** A way out of the app: a file to save or to share. */
export interface ExportFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Formats that a project or its parts go out in and come in from. */
export type ExportFormat =
  /** One zip with everything. */
  | 'project'
  /** The heads alone, a few kilobytes. */
  | 'heads'
  /** Teachable Machine's three files, in a zip. */
  | 'teachable-machine'
  /** Pictures and boxes. */
  | 'coco'
  | 'yolo';

/** What an import brought. */
export interface ImportSummary {
  readonly samples: number;
  readonly labels: number;
  readonly heads: number;
  /** Parts that were left out, and why, counted. */
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
}

/** Pictures that come in with a label, as from a folder that is named after what it shows. */
export interface LabelledFile {
  readonly file: File;
  readonly label: string;
}

/**
 * Teaching: from a box that is pointed at to a name on live tracks. Everything is
 * stored as it happens, so that a reload at any moment loses nothing.
 *
 * All methods that can fail reject with a `SightlineError` and report it as
 * `state.problem` as well.
 */
export interface TeachSession {
  readonly state: TeachState;
  onState(listener: (state: TeachState) => void): () => void;
  /** Opens what is stored. Heads that were on name tracks again. */
  open(): Promise<void>;

  /** Begins to take examples of what is pointed at, until `stopRecording`; a drawn box gives one. */
  record(target: Target, label: string): Promise<void>;
  /** Records the room without anything to be found in it. */
  recordBackground(): void;
  stopRecording(): void;
  /** "Not that": the box is no example of what it is called. */
  reject(trackId: number): Promise<void>;
  /**
   * Takes photographs: the object in each is the best box that the detector finds,
   * else the whole picture.
   */
  addPictures(files: readonly LabelledFile[]): Promise<ImportSummary>;

  /** The part of the stored picture that a sample shows, for a thumbnail; `undefined` when the picture is gone. */
  thumbnail(sampleId: string): Promise<Blob | undefined>;
  /** The whole stored picture; `undefined` when it is gone. */
  picture(pictureId: string): Promise<Blob | undefined>;
  /**
   * What the detector saw under a sample's box, as a head of that source takes it;
   * `undefined` when it has not been looked at yet.
   */
  features(sampleId: string, source: FeatureSource): Promise<Float32Array | undefined>;
  /**
   * What each of `side` times `side` equal parts of the box gives to that, row by row,
   * looked at now: the engine is loaded for it. Their mean is what it is of the box.
   * `undefined` when the picture is gone.
   */
  patches(
    sampleId: string,
    source: FeatureSource,
    side: number,
  ): Promise<readonly Float32Array[] | undefined>;
  relabel(ids: readonly string[], label: string): Promise<void>;
  /**
   * Stands by the labels of samples that a head was wrong about: from the next training
   * on, they count for more.
   */
  confirm(ids: readonly string[]): Promise<void>;
  renameLabel(from: string, to: string): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  undo(): Promise<void>;

  settings: TeachSettings;
  /** Trains a head on all samples and switches it on. Resolves when it names tracks. */
  train(): Promise<void>;
  /** Keeps the best so far. */
  cancelTraining(): void;
  setHeadOn(id: string, isOn: boolean): Promise<void>;
  removeHead(id: string): Promise<void>;

  /** Help with boxes. */
  readonly labelling: Labelling;
  /** Has labels found that the detector knows nothing of. */
  readonly finder: Finder;

  export(format: ExportFormat): Promise<ExportFile>;
  /** Any file that `export` gives, told apart by its content; pictures are for `addPictures`. */
  import(file: File): Promise<ImportSummary>;
  /** Deletes samples and heads. */
  clear(): Promise<void>;
  dismissProblem(): void;
}
