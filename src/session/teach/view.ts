import type { BBox } from '../../domain/geometry.js';
import type { AnchorPass, CallOptions, FrameData } from '../../protocol/index.js';
import type { DetectSession } from '../types.js';

/** What teaching knows of the session that it looks over the shoulder of. */
export interface TeachView {
  readonly session: Pick<DetectSession, 'state' | 'onState' | 'detect'>;
  /**
   * What the detector's network knows of the things in boxes, once the engine is
   * loaded; see `Engine.embed`. Closes the picture.
   */
  embed(
    picture: FrameData,
    boxes: readonly BBox[],
    maps: readonly string[],
    call?: CallOptions,
  ): Promise<readonly Float32Array[]>;
  /** What the detector's network knows at every anchor; see `Engine.anchors`. Closes the picture. */
  anchors(picture: FrameData, call?: CallOptions): Promise<AnchorPass>;
  /** Has a picture that stands still looked at once more. */
  lookAgain(): void;
}
