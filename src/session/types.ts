import type { BackendChoice, RuntimeChoice } from '../domain/backend.js';
import type { DetailChoice, DetailMode, DetectionOptions } from '../domain/detection.js';
import type { SightlineError } from '../domain/errors.js';
import type { PaceReason } from '../domain/governor.js';
import type { Size } from '../domain/geometry.js';
import type { TrackingOptions } from '../domain/tracking/options.js';
import type { TrackedDetection } from '../domain/tracking/track.js';
import type { Lent } from './lent.js';
import type { PictureSession } from './pictures/types.js';
import type { TeachSession } from './teach/types.js';
import type { WatchSession } from './watch/types.js';
import type {
  DetectionResult,
  EngineInfo,
  EngineStats,
  FrameData,
  LoadProgress,
} from '../protocol/index.js';

/** Parts of the protocol that a view shows; `ui/` may not import the protocol itself. */
export type { DetectionResult, EngineInfo, EngineStats, LoadProgress } from '../protocol/index.js';

/** The answer to one frame of the source: everything in it is followed. */
export interface LiveResult extends DetectionResult {
  /** Boxes as observed. */
  readonly detections: readonly TrackedDetection[];
  /** Where they were asked for: empty rows for what waits for its turn to be looked at. */
  readonly features?: readonly Float32Array[] | undefined;
  /** The same objects in the same order, their boxes smoothed for the eye. */
  readonly steady: readonly TrackedDetection[];
}

/** How the source is tracked. */
export interface LiveTrackingOptions extends Omit<TrackingOptions, 'trackActivationThreshold'> {
  /**
   * Detections from this score on may start a track; `undefined`: all that are
   * shown. What is above the score threshold and below this is shown as long as
   * it belongs to a track.
   */
  readonly trackActivationThreshold: number | undefined;
}

/** What can be looked at. */
export type SourceRequest =
  | { readonly kind: 'none' }
  /** `deviceId` wins over `facing`; with neither, the remembered lens, else the back camera. */
  | {
      readonly kind: 'camera';
      readonly deviceId?: string | undefined;
      readonly facing?: 'user' | 'environment' | undefined;
    }
  | { readonly kind: 'screen' }
  | { readonly kind: 'demo' }
  /** A photo or a video, told apart by its content. */
  | { readonly kind: 'file'; readonly file: Blob };

export type SourceKind = 'none' | 'camera' | 'screen' | 'demo' | 'photo' | 'video';

/** The opened source, as far as a view needs to know it. */
export interface SourceInfo {
  readonly kind: SourceKind;
  /** Camera name, file name or empty. */
  readonly label: string;
  /**
   * Shows the picture; whoever draws the page places it. A `<video>` for
   * moving sources, a `<canvas>` for a photo.
   */
  readonly element: HTMLVideoElement | HTMLCanvasElement | undefined;
  /** Pixels of the upright picture; follows a rotated phone. */
  readonly size: Size;
  /** `user` cameras are shown mirrored unless told otherwise. */
  readonly facing: 'user' | 'environment' | undefined;
  readonly deviceId: string | undefined;
}

export type EngineState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'loading'; readonly progress: LoadProgress }
  | { readonly phase: 'ready'; readonly info: EngineInfo }
  /** A lost device or a dead worker is being replaced; frames wait. */
  | { readonly phase: 'recovering'; readonly cause: SightlineError }
  | { readonly phase: 'failed'; readonly error: SightlineError };

export type SourceState =
  | { readonly phase: 'none' }
  | { readonly phase: 'opening'; readonly request: SourceRequest }
  | { readonly phase: 'open'; readonly info: SourceInfo };

/** Everything a view shows that is not per frame. Replaced, never mutated. */
export interface SessionState {
  readonly engine: EngineState;
  readonly source: SourceState;
  /** Whether frames are being taken (a person's pause, not a stall). */
  readonly running: boolean;
  /**
   * The last thing that went wrong with a source or a frame and has not been
   * mended or dismissed since. A failed change of source keeps the previous one.
   */
  readonly problem: SightlineError | undefined;
}

/** Numbers for the details panel, refreshed at most 4 times a second. */
export interface SessionStats {
  /** Processed frames per second over the last few seconds, pauses left out. */
  readonly fps: number;
  /** The same over the last two minutes. */
  readonly sustainedFps: number;
  /** Why fewer frames are looked at than could be; empty when nothing holds back. */
  readonly slowedBy: readonly PaceReason[];
  readonly framesProcessed: number;
  /** Frames the source presented while the engine was busy. */
  readonly framesDropped: number;
  readonly engine: EngineStats | undefined;
  readonly last: DetectionResult | undefined;
  /** Dead workers replaced since the start. */
  readonly workerRestarts: number;
}

export interface LoadSettings {
  readonly backend: BackendChoice;
  readonly runtime: RuntimeChoice;
  readonly model: string;
}

/** What `detect()` takes besides frames; as wide as stock coco-ssd's `detect`, plus files. */
export type Picture =
  | FrameData
  | Blob
  | ImageData
  | HTMLImageElement
  | HTMLVideoElement
  | HTMLCanvasElement
  | OffscreenCanvas;

/** The live use case: one engine, one source, results as they come. */
export interface DetectSession {
  /** Teaching on what this session sees. Its code is fetched when it is opened or used. */
  readonly teach: TeachSession;
  /** Zones, lines and rules on what this session's source shows. */
  readonly watch: WatchSession;
  /** What anybody sees, keeps or gets of the picture, and how it is altered. */
  readonly pictures: PictureSession;
  readonly state: SessionState;
  readonly stats: SessionStats;
  /** Of `detect()`, and of the source's frames; their `detail` is up to `detail` below. */
  options: DetectionOptions;
  /** How objects are followed from frame to frame; holds from the next frame on. */
  tracking: LiveTrackingOptions;
  /** What the page brings along, besides what was taught here. It is not stored. */
  lent: Lent;
  /** Whether tiles of the source's pictures are looked at. */
  detail: DetailChoice;
  /** What `detail` comes to for a single picture, at the speed of this device. */
  readonly photoDetail: DetailMode;

  /**
   * Loads the engine; a second call with other settings reloads. Resolves when
   * ready. The same settings are left alone as long as anything runs, even
   * another backend that has taken the place of one whose device was lost.
   */
  load(settings: LoadSettings): Promise<EngineInfo>;
  /** Cancels a running load. */
  cancelLoad(): void;
  /**
   * Opens a source; on failure the previous one stays, `state.problem` says
   * why, and the promise rejects with the same error. The newest call wins.
   * When a source is over for good, the camera or demo before it is opened
   * again, while `state.problem` says what has ended.
   */
  open(request: SourceRequest): Promise<SourceInfo | undefined>;
  /** Begins to take frames (and loads the engine first if nothing has). */
  start(): Promise<void>;
  /** Stops taking frames and pauses a video; the camera's light stays on until `open({kind: 'none'})`. */
  stop(): void;
  dismissProblem(): void;
  /** One picture, independent of the source. Does not take ownership of what the caller passes. */
  detect(
    picture: Picture,
    options?: Partial<DetectionOptions>,
    call?: { readonly signal?: AbortSignal },
  ): Promise<DetectionResult>;
  /**
   * Takes what `detect` found in the source's own picture, while that stands
   * still, for another look at it: with the ids that its objects have.
   */
  identify(result: DetectionResult): LiveResult;
  /**
   * Looks once more at the source's own picture, while that stands still, and shows it altered as
   * `pictures.privacy` says; nobody else gets at its pixels then.
   */
  lookAgain(): Promise<LiveResult | undefined>;
  /** Cameras that can be chosen; labels are empty until the permission was given. */
  cameras(): Promise<readonly { readonly deviceId: string; readonly label: string }[]>;

  /** Called on every change of `state`. @returns unsubscribe. */
  onState(listener: (state: SessionState) => void): () => void;
  /** Called for every processed frame, before the next is taken. @returns unsubscribe. */
  onResult(listener: (result: LiveResult) => void): () => void;
  /** Frees engine, worker, camera and listeners. */
  dispose(): Promise<void>;
}

/** Where the engine's files lie; absolute URLs. */
export interface EngineUrls {
  /** The detector's worker, and the trainer's. */
  readonly workerUrl: string;
  readonly trainerUrl: string;
  readonly modelsUrl: string;
  readonly wasmUrl: string;
  readonly liteRtUrl: string;
  /** Folder of the bundled photographs for teaching. */
  readonly negativesUrl: string;
  /** The built-in clip, in order of preference. */
  readonly demoUrls: readonly string[];
}
