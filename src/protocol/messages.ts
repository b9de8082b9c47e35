import type { ErrorCode } from '../domain/errors.js';
import type { BBox } from '../domain/geometry.js';
import type {
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
export const PROTOCOL_VERSION = 2;

/** A call by name: its parameters and its result. */
export interface Calls {
  load: { params: LoadOptions; result: EngineInfo };
  detect: {
    params: { frame: FrameData; timestamp: number; options: FrameOptions };
    result: DetectionResult;
  };
  embed: {
    params: { frame: FrameData; boxes: readonly BBox[]; maps: readonly string[] };
    result: readonly Float32Array[];
  };
  stats: { params: undefined; result: EngineStats };
  dispose: { params: undefined; result: undefined };
}

export type CallName = keyof Calls;

/** Page → engine. */
export type Request =
  | {
      [Name in CallName]: {
        readonly type: 'call';
        readonly id: number;
        readonly name: Name;
        readonly params: Calls[Name]['params'];
      };
    }[CallName]
  | { readonly type: 'abort'; readonly id: number };

/** An error as it travels; see `encodeError`. */
export interface EncodedError {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly stack: string | undefined;
}

/** Engine → page. */
export type Response =
  /** First message: the worker is listening. `lock` is the Web Lock that it holds while alive. */
  | { readonly type: 'hello'; readonly version: number; readonly lock: string | undefined }
  /** From the loader, when the engine's code itself could not be loaded. */
  | { readonly type: 'engine-start-failed'; readonly detail: string }
  | { readonly type: 'progress'; readonly id: number; readonly progress: LoadProgress }
  | { readonly type: 'result'; readonly id: number; readonly result: Calls[CallName]['result'] }
  | { readonly type: 'error'; readonly id: number; readonly error: EncodedError }
  | { readonly type: 'notice'; readonly notice: EngineNotice };
