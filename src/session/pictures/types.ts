import type { PrivacyOptions } from '../../domain/privacy/options.js';

/**
 * - `off`: pictures are as they come.
 * - `waiting`: nothing has been looked at yet, or nothing for a while: all is covered.
 * - `on`: what is shown is altered.
 */
export type PrivacyState = 'off' | 'waiting' | 'on';

/** What of the source anybody sees, keeps or gets. */
export interface PictureSession {
  /**
   * How pictures are altered; `undefined` for not at all. Holds at once: until a frame has been
   * looked at under it, everything is covered.
   */
  privacy: PrivacyOptions | undefined;
  readonly privacyState: PrivacyState;
  /** Called on every change of `privacyState` and `isFloating`. @returns unsubscribe. */
  onChange(listener: () => void): () => void;
  /**
   * The picture as a stream, altered while `privacy` is on; it goes on over a change of source.
   * Its frames are those that were looked at. Whoever takes it stops its tracks.
   */
  captureStream(): MediaStream;
  /** Whether this browser can show the picture in a small window over all others. */
  readonly canFloat: boolean;
  readonly isFloating: boolean;
  /**
   * Opens that window (picture-in-picture) with the picture as it is shown here, or closes it.
   *
   * @throws DOMException Why the browser does not open it.
   */
  float(isWanted: boolean): Promise<void>;
  /** Whether every frame is to be at hand for `still`. */
  keepsStills: boolean;
  /**
   * The frame that was looked at last as JPEG, altered as it is shown. To be called in answer to
   * a result or an event; then it is of that very frame.
   *
   * @returns `undefined` while there is none to be given.
   */
  still(): Promise<Blob> | undefined;
  /** Whether the last seconds are to be at hand for `clip`. */
  keepsClips: boolean;
  /**
   * The seconds before and after this moment as a film, as they are shown: of what was shown before
   * `privacy` was changed, and of another source, there is nothing in it.
   *
   * @returns Once they have passed; `undefined` where there is none to be had.
   */
  clip(): Promise<Blob | undefined>;
}
