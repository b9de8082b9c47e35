import type { ErrorCode } from '../domain/errors.js';
import type { BBox } from '../domain/geometry.js';
import type {
  AnchorPass,
  DetectionResult,
  EngineInfo,
  EngineNotice,
  EngineStats,
  FrameData,
  FrameOptions,
  LoadOptions,
  LoadProgress,
} from './engine.js';

/**
 * Raised whenever a message changes its meaning. The worker says it in its
 * first message; a page of another version refuses to work with it.
 */
export const PROTOCOL_VERSION = 3;

/** Calls by name: parameters, result, and how a call says how far it is. */
export type CallTable<Known> = {
  readonly [Name in keyof Known]: {
    readonly params: unknown;
    readonly result: unknown;
    readonly progress: unknown;
  };
};

/** What the engine can be asked for. */
export interface Calls {
  load: { params: LoadOptions; result: EngineInfo; progress: LoadProgress };
  detect: {
    params: {
      frame: FrameData;
      timestamp: number;
      options: FrameOptions;
      /** Taught classes are those of the call before, and not sent again: they are large. */
      sameTaught?: boolean;
    };
    result: DetectionResult;
    progress: never;
  };
  embed: {
    params: { frame: FrameData; boxes: readonly BBox[]; maps: readonly string[] };
    result: readonly Float32Array[];
    progress: never;
  };
  anchors: { params: { frame: FrameData }; result: AnchorPass; progress: never };
  stats: { params: undefined; result: EngineStats; progress: never };
  dispose: { params: undefined; result: undefined; progress: never };
}

export type CallName = keyof Calls;

/** Page → worker. */
export type RequestOf<Known extends CallTable<Known>> =
  | {
      [Name in keyof Known]: {
        readonly type: 'call';
        readonly id: number;
        readonly name: Name;
        readonly params: Known[Name]['params'];
      };
    }[keyof Known]
  | { readonly type: 'abort'; readonly id: number };

/** Page → engine. */
export type Request = RequestOf<Calls>;

/** An error as it travels; see `encodeError`. */
export interface EncodedError {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly stack: string | undefined;
}

/** The first words of a worker, before it has been asked for anything. */
export type Greeting =
  /** It is listening. `lock` is the Web Lock that it holds while alive. */
  | { readonly type: 'hello'; readonly version: number; readonly lock: string | undefined }
  /** From the loader, when the worker's code itself could not be loaded. */
  | { readonly type: 'engine-start-failed'; readonly detail: string };

/** Worker → page, after the greeting. */
export type AnswerOf<Known extends CallTable<Known>, Notice> =
  | {
      readonly type: 'progress';
      readonly id: number;
      readonly progress: Known[keyof Known]['progress'];
    }
  | { readonly type: 'result'; readonly id: number; readonly result: Known[keyof Known]['result'] }
  | { readonly type: 'error'; readonly id: number; readonly error: EncodedError }
  | { readonly type: 'notice'; readonly notice: Notice };

/** Worker → page. */
export type ResponseOf<Known extends CallTable<Known>, Notice> = Greeting | AnswerOf<Known, Notice>;

/** Engine → page. */
export type Response = ResponseOf<Calls, EngineNotice>;
