import { SightlineError } from '../domain/errors.js';
import type { FrameData } from '../protocol/index.js';
import { abortable, abortError } from './abort.js';
import { deferred } from './deferred.js';
import type { Deferred } from './deferred.js';
import type { SourceFrame } from './frame-source.js';
import { captureVideo } from './video-capture.js';

/** A presented frame that has not been taken. */
interface Presented {
  /** Whether the browser has announced it; what was shown before we listened, it has not. */
  readonly isAnnounced: boolean;
  /** Media time, seconds. */
  readonly mediaTime: number;
  /** Capture time where the browser knows it, else the time of presentation; page clock, milliseconds. */
  readonly captureTime: number;
}

/** A decoder may fail on a frame; when this many in a row cannot be captured, none will. */
const MOST_CAPTURE_FAILURES = 30;

/**
 * Milliseconds without a callback after which the page was hidden, not busy:
 * nobody missed what was presented in between.
 */
const LONGEST_GAP = 1000;

/** Tells a frame from its neighbours: far less than the time between two, in seconds. */
const SAME_FRAME = 1e-5;

/** A frame that is announced this much behind the one taken belongs to another round; seconds. */
const LONGEST_LEAD = 0.5;

/**
 * Takes the newest frame off a video element on demand.
 *
 * It follows what the element presents, so it knows at any time whether there
 * is something new, and how many frames nobody asked for.
 */
export class VideoPuller {
  readonly #video: HTMLVideoElement;
  readonly #clock: 'media' | 'capture';
  #fresh: Presented | undefined;
  /** Presented since the last capture, the fresh one included. */
  #shown = 0;
  /** The last callback's time on the page's clock and its `presentedFrames`. */
  #last: { readonly now: number; readonly count: number } | undefined;
  /** Media time of the frame taken last, if that was before it was announced; seconds. */
  #ahead: number | undefined;
  /** Media time of the frame taken last; seconds. */
  #taken: number | undefined;
  /** `currentTime` at the last animation frame; only where the browser has no frame callback. */
  #lastTime = -1;
  #waiter: Deferred<undefined> | undefined;
  #over: SightlineError | undefined;
  #callback: number | undefined;

  /** @param clock Which time the frames carry: media time of a clip, or capture time of something live. */
  constructor(video: HTMLVideoElement, clock: 'media' | 'capture') {
    this.#video = video;
    this.#clock = clock;
    this.#takeStock();
    this.#listen();
  }

  /**
   * The newest frame that has not been taken, as soon as there is one.
   *
   * @throws SightlineError `aborted`, or the reason given to `end`.
   */
  async next(signal: AbortSignal): Promise<SourceFrame> {
    let failures = 0;
    for (;;) {
      const presented = await this.#presented(signal);
      const skipped = this.#shown - 1;
      const captured = this.#capture();
      let data: FrameData;
      try {
        data = await abortable(captured, signal, close);
      } catch (thrown) {
        if (signal.aborted) throw abortError();
        if (++failures < MOST_CAPTURE_FAILURES) continue;
        throw new SightlineError('corrupt-video', String(thrown), { cause: thrown });
      }
      if (!this.#isRepeated(data, presented)) {
        return { data, timestamp: this.#timestamp(data, presented), skipped };
      }
      data.close();
    }
  }

  /** No frame will come any more: this and every later `next` rejects. */
  end(reason: SightlineError): void {
    if (this.#over !== undefined) return;
    this.#over = reason;
    this.#waiter?.reject(reason);
    this.#unlisten();
  }

  /** Forgets what was counted: what follows is another stream. */
  restart(): void {
    this.#fresh = undefined;
    this.#shown = 0;
    this.#last = undefined;
    this.#ahead = undefined;
    this.#taken = undefined;
  }

  /** A paused video shows its frame already and announces no other. */
  #takeStock(): void {
    const { currentTime, readyState } = this.#video;
    if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    this.#fresh = { isAnnounced: false, mediaTime: currentTime, captureTime: performance.now() };
    this.#shown = 1;
  }

  async #presented(signal: AbortSignal): Promise<Presented> {
    for (;;) {
      if (signal.aborted) throw abortError();
      if (this.#over !== undefined) throw this.#over;
      if (this.#fresh !== undefined) return this.#fresh;
      this.#waiter ??= deferred();
      await abortable(this.#waiter.promise, signal);
    }
  }

  #capture(): Promise<FrameData> {
    this.#fresh = undefined;
    this.#shown = 0;
    return captureVideo(this.#video);
  }

  /** Also takes note of the frame, for the next time. */
  #isRepeated(data: FrameData, { isAnnounced, mediaTime }: Presented): boolean {
    if (!('timestamp' in data)) return false;
    const before = this.#taken;
    const taken = data.timestamp / 1e6;
    this.#taken = taken;
    // The element may already show a frame that it is yet to announce.
    this.#ahead = !isAnnounced || taken > mediaTime + SAME_FRAME ? taken : undefined;
    // Without announcements, all we know is that time has passed.
    return !isAnnounced && taken === before;
  }

  #timestamp(data: FrameData, presented: Presented): number {
    if (this.#clock === 'capture') return presented.captureTime;
    return 'timestamp' in data ? data.timestamp / 1000 : presented.mediaTime * 1000;
  }

  readonly #onPresented = (now: number, metadata: VideoFrameCallbackMetadata): void => {
    this.#listen();
    const last = this.#last;
    const count = metadata.presentedFrames;
    this.#last = { now, count };
    const isGapless = last !== undefined && now - last.now < LONGEST_GAP;
    this.#announce(isGapless ? Math.max(1, count - last.count) : 1, {
      isAnnounced: true,
      mediaTime: metadata.mediaTime,
      captureTime: metadata.captureTime ?? now,
    });
  };

  /** For browsers that do not say when a frame is presented: the clock moved, so something was. */
  readonly #onAnimationFrame = (now: number): void => {
    this.#listen();
    const { currentTime, readyState } = this.#video;
    if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA || currentTime === this.#lastTime) return;
    this.#lastTime = currentTime;
    this.#announce(1, { isAnnounced: false, mediaTime: currentTime, captureTime: now });
  };

  #announce(news: number, presented: Presented): void {
    if (this.#ahead !== undefined && presented.isAnnounced) {
      const lead = this.#ahead - presented.mediaTime;
      if (lead > -SAME_FRAME && lead < LONGEST_LEAD) return;
    }
    this.#fresh = presented;
    this.#shown += news;
    this.#waiter?.resolve(undefined);
    this.#waiter = undefined;
  }

  #listen(): void {
    if (this.#over !== undefined) return;
    this.#callback = hasFrameCallback(this.#video)
      ? this.#video.requestVideoFrameCallback(this.#onPresented)
      : requestAnimationFrame(this.#onAnimationFrame);
  }

  #unlisten(): void {
    if (this.#callback === undefined) return;
    if (hasFrameCallback(this.#video)) this.#video.cancelVideoFrameCallback(this.#callback);
    else cancelAnimationFrame(this.#callback);
  }
}

function hasFrameCallback(video: HTMLVideoElement): boolean {
  return 'requestVideoFrameCallback' in video;
}

function close(data: FrameData): void {
  data.close();
}
