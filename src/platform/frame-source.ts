import type { SightlineError } from '../domain/errors.js';
import type { Size } from '../domain/geometry.js';
import type { FrameData } from '../protocol/index.js';

/** One picture from a source; whoever asked for it closes it or hands it on. */
export interface SourceFrame {
  readonly data: FrameData;
  /** Milliseconds on the source's own clock: media time, or capture time of a live source; 0 for a still. */
  readonly timestamp: number;
  /** Frames that the source has shown since the one taken before, and that nobody took. */
  readonly skipped: number;
}

/** Lets another camera be opened on devices that can run only one at a time. */
export interface Handover {
  /** Switches the camera off; the last picture stays. */
  release(): void;
  /** Switches it on again; keeps trying where that fails. */
  reacquire(): void;
}

/**
 * Something to look at. Frames are pulled: whoever has time asks for the
 * newest one, so nothing ever queues up and nothing old is looked at.
 */
export interface FrameSource {
  readonly kind: 'camera' | 'screen' | 'demo' | 'photo' | 'video';
  /** Camera name, file name or empty. */
  readonly label: string;
  /** Shows the picture; whoever draws the page places it. */
  readonly element: HTMLVideoElement | HTMLCanvasElement;
  /** Pixels of the upright picture. */
  readonly size: Size;
  readonly facing: 'user' | 'environment' | undefined;
  readonly deviceId: string | undefined;
  readonly handover: Handover | undefined;

  /**
   * The newest picture that has not been taken yet, as soon as there is one;
   * in a hidden tab that is when the tab is shown again. One call at a time.
   *
   * @throws SightlineError `aborted` when the signal fires; any other code
   *   means that the source is over: it will never give a frame again.
   */
  nextFrame(signal: AbortSignal): Promise<SourceFrame>;
  /** Has a still picture given once more; moving pictures move on by themselves. */
  refresh(): void;
  play(): void;
  /** Freezes the picture. A camera stays on. */
  pause(): void;
  /** Told when size, label or device have changed. @returns unsubscribe. */
  onChange(listener: () => void): () => void;
  /**
   * Told of trouble that the source tries to overcome by itself, and with
   * `undefined` when it has. @returns unsubscribe.
   */
  onProblem(listener: (problem: SightlineError | undefined) => void): () => void;
  /** Frees camera, memory and listeners; a pending `nextFrame` rejects with `aborted`. */
  close(): void;
}
