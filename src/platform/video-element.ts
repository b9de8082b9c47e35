import { SightlineError } from '../domain/errors.js';
import type { ErrorCode } from '../domain/errors.js';
import { assertPictureSize } from '../domain/picture-limits.js';
import { abortError } from './abort.js';
import { captureVideo } from './video-capture.js';

/** Milliseconds of visible waiting until a video counts as one without frames. */
const FIRST_FRAME_TIMEOUT = 10_000;

/** A muted video that plays in place, as phones demand of one that plays by itself. */
export function silentVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.disableRemotePlayback = true;
  return video;
}

/** Plays; a refusal (power saver, no gesture yet) leaves the first frame, and the next call tries again. */
export function tryToPlay(video: HTMLVideoElement): void {
  video.play().catch(() => undefined);
}

/** Lets go of whatever the element plays. */
export function emptyVideo(video: HTMLVideoElement): void {
  video.pause();
  video.srcObject = null;
  video.removeAttribute('src');
  video.load();
}

export interface FirstFrameFaults {
  /** The element cannot play it. */
  readonly broken: (error: MediaError | null) => SightlineError;
  /** It plays, but no picture comes. */
  readonly frameless: ErrorCode;
  /** Milliseconds. */
  readonly timeout?: number;
}

/**
 * Waits for the first picture of a video, which somebody has to play or load.
 *
 * @throws SightlineError `aborted`, `picture-too-large`, or what `faults` says.
 */
export async function firstFrame(
  video: HTMLVideoElement,
  signal: AbortSignal,
  faults: FirstFrameFaults,
): Promise<void> {
  const deadline = new VisibleTimer(faults.timeout ?? FIRST_FRAME_TIMEOUT);
  try {
    while (!(await hasFrame(video))) {
      if (signal.aborted) throw abortError();
      if (video.error !== null) throw faults.broken(video.error);
      if (deadline.over) throw new SightlineError(faults.frameless, 'no frame in time');
      if (isSoundOnly(video)) throw new SightlineError(faults.frameless, 'sound only');
      await news(video, signal);
    }
  } finally {
    deadline.stop();
  }
  if (signal.aborted) throw abortError();
  assertPictureSize({ width: video.videoWidth, height: video.videoHeight });
}

/** Milliseconds between two looks where no event comes. */
const POLL = 250;

const EVENTS = ['loadedmetadata', 'loadeddata', 'canplay', 'playing', 'resize', 'error'] as const;

/** Capturing is the only proof that works in every browser, off the page and in hidden tabs too. */
async function hasFrame(video: HTMLVideoElement): Promise<boolean> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return false;
  try {
    (await captureVideo(video)).close();
    return true;
  } catch {
    return false;
  }
}

/** A file's metadata say whether there is a picture; a live stream's may come without. */
function isSoundOnly(video: HTMLVideoElement): boolean {
  const isFile = video.srcObject === null;
  return isFile && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth === 0;
}

/**
 * Resolves when something may have changed: with an event, a presented frame,
 * after `POLL` milliseconds at the latest, or when the signal fires.
 */
function news(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const listening = new AbortController();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      listening.abort();
      resolve();
    };
    const timer = setTimeout(done, POLL);
    signal.addEventListener('abort', done);
    for (const type of EVENTS) video.addEventListener(type, done, { signal: listening.signal });
    // Also has Chrome paint the first frame of a video that is on no page and not played.
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(done);
  });
}

/** Counts only the time that the page is shown: hidden ones present no frames. */
class VisibleTimer {
  #left: number;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(milliseconds: number) {
    this.#left = milliseconds;
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible') this.#left -= POLL;
    }, POLL);
  }

  get over(): boolean {
    return this.#left <= 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
