import { wait } from './abort.js';
import { CLIP, clipSize, type ClipRing } from './clip-ring.js';
import { deferred } from './deferred.js';

const TYPES = ['video/mp4', 'video/webm'] as const;
/** How long a recording without a clip in it lasts: always one of two has what a clip begins with. */
const SPAN_MS = 2 * CLIP.before;
const FRAME_MS = 1000 / CLIP.framesPerSecond;
const NEVER = new AbortController().signal;

interface Recording {
  readonly recorder: MediaRecorder;
  readonly startedAt: number;
  readonly parts: Blob[];
  /** All parts are there. */
  readonly ended: Promise<undefined>;
  /** Clips want all until then. */
  until: number;
}

/**
 * Holds the last seconds where there is no WebCodecs: two recordings overlap, and the one that has
 * more of what is wanted becomes the clip. It begins up to `CLIP.before` earlier than asked for.
 */
export class RecorderRing implements ClipRing {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d', { alpha: false });
  readonly #type: string;
  #recordings: Recording[] = [];
  #addedAt = -Infinity;
  #round = 0;

  private constructor(type: string) {
    this.#type = type;
  }

  static open(): RecorderRing | undefined {
    if (typeof MediaRecorder !== 'function') return undefined;
    if (!('captureStream' in HTMLCanvasElement.prototype)) return undefined;
    const type = TYPES.find((name) => MediaRecorder.isTypeSupported(name));
    return type === undefined ? undefined : new RecorderRing(type);
  }

  add(picture: HTMLCanvasElement, now: number): void {
    if (now - this.#addedAt < FRAME_MS - 8) return;
    this.#addedAt = now;
    const { width, height } = clipSize(picture);
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      // Where there is nothing yet, clips that wait for the first frame go on waiting.
      if (this.#recordings.length > 0) this.clear();
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    this.#context?.drawImage(picture, 0, 0, width, height);
    this.#turn(now);
  }

  async clip(from: number, until: number): Promise<Blob | undefined> {
    const round = this.#round;
    // The youngest that began in time; else the oldest has the most of it.
    const recording =
      this.#recordings.findLast(({ startedAt }) => startedAt <= from) ??
      this.#recordings[0] ??
      (await this.#first(until));
    if (recording === undefined || round !== this.#round) return undefined;
    recording.until = Math.max(recording.until, until);
    // Another clip may want more of it meanwhile: a recording can be ended once, so this one gets
    // more than it asked for.
    while (performance.now() < recording.until && round === this.#round) {
      await wait(Math.max(1, recording.until - performance.now()), NEVER);
    }
    if (round !== this.#round) return undefined;
    const { recorder, parts, ended } = recording;
    if (recorder.state !== 'inactive') recorder.stop();
    await ended;
    this.#recordings = this.#recordings.filter((other) => other !== recording);
    return round === this.#round ? new Blob(parts, { type: this.#type }) : undefined;
  }

  clear(): void {
    this.#round++;
    for (const { recorder } of this.#recordings) if (recorder.state !== 'inactive') recorder.stop();
    this.#recordings = [];
  }

  close(): void {
    this.clear();
  }

  /** The one that the next frame begins, where one comes until then. */
  async #first(until: number): Promise<Recording | undefined> {
    while (this.#recordings.length === 0 && performance.now() < until) {
      await wait(FRAME_MS, NEVER);
    }
    return this.#recordings[0];
  }

  /** Begins another recording when it is time, and ends those that nobody wants. */
  #turn(now: number): void {
    const isOver = ({ startedAt, until }: Recording): boolean =>
      now > until && now - startedAt > SPAN_MS;
    for (const { recorder } of this.#recordings.filter(isOver)) recorder.stop();
    this.#recordings = this.#recordings.filter((recording) => !isOver(recording));
    const newest = this.#recordings.at(-1)?.startedAt ?? -Infinity;
    if (now - newest >= CLIP.before) this.#begin(now);
  }

  #begin(startedAt: number): void {
    const recorder = new MediaRecorder(this.#canvas.captureStream(CLIP.framesPerSecond), {
      mimeType: this.#type,
      videoBitsPerSecond: CLIP.bitsPerSecond,
    });
    const parts: Blob[] = [];
    const { promise: ended, resolve } = deferred<undefined>();
    recorder.addEventListener('stop', () => {
      resolve(undefined);
    });
    recorder.addEventListener('dataavailable', ({ data }) => {
      parts.push(data);
    });
    recorder.start();
    this.#recordings.push({ recorder, startedAt, parts, ended, until: -Infinity });
  }
}
