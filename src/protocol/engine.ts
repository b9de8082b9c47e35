import type {
  BackendChoice,
  BackendFailure,
  BackendName,
  ProbeRecord,
  RuntimeChoice,
  RuntimeName,
} from '../domain/backend.js';
import type { Detection, DetectionOptions, FrameInfo, Timings } from '../domain/detection.js';
import type { SparseFeatures } from '../domain/detector-head/sparse-features.js';
import type { TaughtClass } from '../domain/detector-head/taught-class.js';
import type { TaughtNetwork } from '../domain/detector-head/anchor-view.js';
import type { BBox } from '../domain/geometry.js';

/**
 * A picture on its way to the engine. Ownership moves with it: the engine
 * closes it, whatever happens.
 */
export type FrameData = VideoFrame | ImageBitmap;

/** What to load and where it lies. URLs are absolute. */
export interface LoadOptions {
  /** Folder of `index.json`, with a trailing slash. */
  readonly modelsUrl: string;
  /** Folder of TensorFlow.js's WASM files, with a trailing slash. */
  readonly wasmUrl: string;
  /** Folder of LiteRT's files, with a trailing slash. */
  readonly liteRtUrl: string;
  /** Id of the model in the index. */
  readonly model: string;
  /** `auto` probes; a name is used or fails (no silent substitute, except after a lost device). */
  readonly backend: BackendChoice;
  /** `auto` takes LiteRT where it works, else TensorFlow.js. */
  readonly runtime: RuntimeChoice;
  /** The outcome of an earlier probe on this device, if the page remembers one. */
  readonly remembered?: ProbeRecord | undefined;
}

/** Progress of `load`, for a bar with a number. */
export interface LoadProgress {
  readonly stage: 'engine' | 'model' | 'compile' | 'probe';
  /** 0 to 1 over the whole load, never falling. */
  readonly fraction: number;
  /** Bytes of the model so far and in all, in the stage `model`. */
  readonly loadedBytes?: number | undefined;
  readonly totalBytes?: number | undefined;
  readonly backend?: BackendName | undefined;
}

/** What is running, once `load` has ended. */
export interface EngineInfo {
  readonly model: {
    readonly id: string;
    readonly name: string;
    readonly precision: string;
    /** All labels the model can report, sorted as in its own list. */
    readonly labels: readonly string[];
    readonly inputWidth: number;
    readonly inputHeight: number;
    /** Names for `embed`, largest map first, then others. */
    readonly featureMaps: readonly string[];
    /** See `ModelEntry.regions`. */
    readonly featureRegions: Readonly<Record<string, number>>;
  };
  readonly runtime: RuntimeName;
  readonly backend: BackendName;
  /** GPU adapter or renderer, or "SIMD, 2 threads"; for people to read. */
  readonly adapter: string;
  /** Why this backend: asked for, remembered, probed, or the only one left. */
  readonly reason: 'requested' | 'remembered' | 'probed' | 'fallback';
  /** To be remembered by the page for the next start. */
  readonly probe: ProbeRecord | undefined;
  /** Backends that were tried and could not be used. */
  readonly failures: readonly BackendFailure[];
  readonly crossOriginIsolated: boolean;
}

/** What is asked about one frame. */
export interface FrameOptions extends DetectionOptions {
  /** The frame is one of a stream: tell what has moved since the ones before it. */
  readonly watchMotion?: boolean | undefined;
  /** Feature maps whose averages under each detection are wanted, as `embed` takes them. */
  readonly features?: readonly string[] | undefined;
  /** Classes that were taught and are to be found as well, in the picture as a whole. */
  readonly taught?: readonly TaughtClass[] | undefined;
}

/** What has moved in a stream. */
export interface MotionReport {
  /** Share of the picture that has changed since it was last measured, 0 to 1. */
  readonly share: number;
  /** Tiles that something has changed in and that nobody has looked at since, in pixels. */
  readonly stale: readonly BBox[];
}

/** The answer to one frame. */
export interface DetectionResult {
  readonly detections: readonly Detection[];
  /** One row for each detection, where they were asked for. */
  readonly features?: readonly Float32Array[] | undefined;
  /** The maps that `features` are of, in their order. */
  readonly featureMaps?: readonly string[] | undefined;
  readonly frame: FrameInfo;
  /**
   * What was looked at, in pixels of the picture, the whole picture first: only
   * there is "nothing found" an observation. Tiles follow in the modes that have them.
   */
  readonly regions: readonly BBox[];
  /** Where it was asked for and has been measured anew (a few times a second). */
  readonly motion?: MotionReport | undefined;
  readonly backend: BackendName;
  /** Over all regions together. */
  readonly timings: Timings;
  /** Bytes copied from the device for this frame (0 where memory is shared, as on WASM). */
  readonly readbackBytes: number;
}

/** What the network knows at every anchor of a picture, to learn a new class from; see `AnchorView`. */
export interface AnchorPass {
  /** The same for every picture. */
  readonly network: TaughtNetwork;
  readonly features: SparseFeatures;
  /** `anchorCount * classCount` raw logits as half-precision bits. */
  readonly logits: Uint16Array;
  /** `anchorCount * 4` decoded corners (ymin, xmin, ymax, xmax), normalised. */
  readonly boxes: Float32Array;
}

/** Counters for the details panel and for leak checks. */
export interface EngineStats {
  readonly backend: BackendName | undefined;
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Device memory as the backend reports it, where it does. */
  readonly gpuBytes: number | undefined;
  readonly frames: number;
  /** Times a lost device was replaced since the engine started. */
  readonly recoveries: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * The engine as both sides know it: the worker implements it, the page implements it by sending messages.
 * All methods reject with a `SightlineError`.
 */
export interface Engine {
  /**
   * Loads (or changes) backend and model. A second call replaces the first;
   * a cancelled one leaves nothing behind.
   */
  load(
    options: LoadOptions,
    call?: CallOptions & { readonly onProgress?: ((progress: LoadProgress) => void) | undefined },
  ): Promise<EngineInfo>;
  /**
   * Finds objects in one picture and closes it.
   *
   * @param timestamp Milliseconds, handed back in `frame.timestamp`.
   */
  detect(
    frame: FrameData,
    timestamp: number,
    options: FrameOptions,
    call?: CallOptions,
  ): Promise<DetectionResult>;
  /**
   * What the network knows of the things in boxes: its feature maps, averaged
   * under each box or its middle (see `featureRegions`), one after the other. Closes the picture.
   *
   * @param boxes In pixels of the picture.
   * @param maps Some of `EngineInfo.model.featureMaps`.
   * @returns One row of numbers per box.
   */
  embed(
    frame: FrameData,
    boxes: readonly BBox[],
    maps: readonly string[],
    call?: CallOptions,
  ): Promise<readonly Float32Array[]>;
  /** What the network knows at every anchor. Closes the picture. */
  anchors(frame: FrameData, call?: CallOptions): Promise<AnchorPass>;
  stats(): Promise<EngineStats>;
  /** Frees every tensor and the device. The engine can be loaded again. */
  dispose(): Promise<void>;
}

/** What the engine says without being asked. */
export type EngineNotice =
  | { readonly kind: 'device-lost'; readonly detail: string }
  | { readonly kind: 'recovered'; readonly info: EngineInfo }
  /** A lost device could not be replaced by anything; the engine has to be loaded again. */
  | { readonly kind: 'failed'; readonly detail: string };
