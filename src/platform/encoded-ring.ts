import type { Size } from '../domain/geometry.js';
import { wait } from './abort.js';
import { CLIP, clipSize, type ClipRing } from './clip-ring.js';
import { muxClip, type ClipFormat } from './mux-clip.js';

/** In order of preference: what every device plays comes first. */
const FORMATS: readonly ClipFormat[] = [
  { codec: 'avc1.42001f', container: 'mp4', track: 'avc' },
  { codec: 'vp8', container: 'webm', track: 'vp8' },
  { codec: 'vp09.00.10.08', container: 'webm', track: 'vp9' },
];
/** A clip can begin at a key frame only. */
const KEY_EVERY_MS = 1000;
/** An encoder that is behind by so many frames gets no more for now. */
const MOST_QUEUED = 2;
/** Far more than the seconds that are held come to, in bytes. */
const MOST_BYTES = 12_000_000;
const NEVER = new AbortController().signal;

interface Held {
  readonly chunk: EncodedVideoChunk;
  readonly time: number;
}

/** Holds encoded frames (WebCodecs). */
export class EncodedRing implements ClipRing {
  readonly #format: ClipFormat;
  readonly #canvas = new OffscreenCanvas(2, 2);
  readonly #context = this.#canvas.getContext('2d', { alpha: false });
  #encoder: VideoEncoder | undefined;
  #decoderConfig: VideoDecoderConfig | undefined;
  #held: Held[] = [];
  /** Beginnings of clips that wait for more. */
  readonly #wanted = new Set<{ readonly from: number }>();
  #addedAt = -Infinity;
  #keyAt = -Infinity;
  /** Counts how often all was forgotten. */
  #round = 0;

  private constructor(format: ClipFormat) {
    this.#format = format;
  }

  /** @returns `undefined` where the browser encodes nothing of what is wanted. */
  static async open(): Promise<EncodedRing | undefined> {
    if (typeof VideoEncoder !== 'function' || typeof VideoFrame !== 'function') return undefined;
    for (const format of FORMATS) {
      const config = configFor(format, { width: 640, height: 480 });
      const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({
        supported: false,
      }));
      if (supported === true) return new EncodedRing(format);
    }
    return undefined;
  }

  add(picture: HTMLCanvasElement, now: number): void {
    // Half a frame early is near enough: else a source of 30 gave 10 where 12 are wanted.
    if (now - this.#addedAt < 1000 / CLIP.framesPerSecond - 8) return;
    const encoder = this.#encoderFor(clipSize(picture));
    if (encoder === undefined || encoder.encodeQueueSize > MOST_QUEUED) return;
    this.#addedAt = now;
    const { width, height } = this.#canvas;
    this.#context?.drawImage(picture, 0, 0, width, height);
    const keyFrame = now - this.#keyAt >= KEY_EVERY_MS;
    if (keyFrame) this.#keyAt = now;
    const frame = new VideoFrame(this.#canvas, { timestamp: Math.round(now * 1000) });
    try {
      encoder.encode(frame, { keyFrame });
    } finally {
      frame.close();
    }
  }

  async clip(from: number, until: number): Promise<Blob | undefined> {
    const round = this.#round;
    const wish = { from };
    this.#wanted.add(wish);
    try {
      await wait(Math.max(0, until - performance.now()), NEVER);
      await this.#encoder?.flush();
      if (round !== this.#round) return undefined;
      const frames = this.#held.slice(this.#firstOf(from)).filter(({ time }) => time <= until);
      if (frames.length === 0 || this.#decoderConfig === undefined) return undefined;
      const chunks = frames.map(({ chunk }) => chunk);
      return await muxClip(this.#format, chunks, this.#decoderConfig);
    } finally {
      this.#wanted.delete(wish);
    }
  }

  clear(): void {
    this.#round++;
    this.#held = [];
    this.#keyAt = -Infinity;
    if (this.#encoder?.state === 'configured') this.#encoder.close();
    this.#encoder = undefined;
  }

  close(): void {
    this.clear();
  }

  #encoderFor(size: Size): VideoEncoder | undefined {
    const isSame = this.#canvas.width === size.width && this.#canvas.height === size.height;
    if (isSame && this.#encoder?.state === 'configured') return this.#encoder;
    // One file has one size: what was held of another is of no use. Where nothing is held, clips
    // that wait for the first frame go on waiting.
    if (this.#encoder !== undefined) this.clear();
    this.#canvas.width = size.width;
    this.#canvas.height = size.height;
    const round = this.#round;
    const encoder = new VideoEncoder({
      output: (chunk, metadata) => {
        if (round !== this.#round) return;
        this.#decoderConfig = metadata?.decoderConfig ?? this.#decoderConfig;
        this.#held.push({ chunk, time: chunk.timestamp / 1000 });
        this.#prune();
      },
      // The next frame makes another one.
      error: () => undefined,
    });
    encoder.configure(configFor(this.#format, size));
    this.#encoder = encoder;
    return encoder;
  }

  /** Lets go of whole groups: a frame is nothing without the key frame before it. */
  #prune(): void {
    const newest = this.#held.at(-1)?.time ?? 0;
    const from = Math.min(newest - CLIP.before, ...[...this.#wanted].map((wish) => wish.from));
    this.#held.splice(0, this.#firstOf(from));
    let bytes = this.#held.reduce((sum, { chunk }) => sum + chunk.byteLength, 0);
    while (bytes > MOST_BYTES) {
      const next = this.#held.findIndex(({ chunk }, index) => index > 0 && chunk.type === 'key');
      if (next < 0) return;
      for (const { chunk } of this.#held.splice(0, next)) bytes -= chunk.byteLength;
    }
  }

  /** Where the last key frame at or before a moment is; the first one of all where there is none. */
  #firstOf(from: number): number {
    const before = this.#held.findLastIndex(
      ({ chunk, time }) => chunk.type === 'key' && time <= from,
    );
    return Math.max(0, before);
  }
}

function configFor({ codec, container }: ClipFormat, size: Size): VideoEncoderConfig {
  return {
    codec,
    ...size,
    bitrate: CLIP.bitsPerSecond,
    framerate: CLIP.framesPerSecond,
    latencyMode: 'realtime',
    ...(container === 'mp4' ? { avc: { format: 'avc' } } : {}),
  };
}
