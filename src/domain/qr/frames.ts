import { decodeBase45, encodeBase45 } from './base45.js';
import { crc32 } from './crc32.js';

/**
 * A small file as a row of QR codes that are shown one after the other, round and
 * round, so that a camera gets those that it missed the next time. Each says which of
 * how many it is, and of which file, by its checksum:
 *
 *     SIGHTLINE1 1C291CA3 3/12 6BB 9%E…
 *
 * All of it are characters of a QR code's alphanumeric mode.
 */
const FRAME = /^SIGHTLINE1 ([0-9A-F]{8}) (\d{1,4})\/(\d{1,4}) ([0-9A-Z $%*+\-./:]*)$/;

/** Bytes in one code: as many as a phone still reads off another phone's screen. */
export const FRAME_BYTES = 400;
/** More codes than this nobody waits for. */
export const MOST_FRAMES = 250;
/** The largest file that fits. */
export const LARGEST_QR_FILE = FRAME_BYTES * MOST_FRAMES;

/**
 * @param bytes At most `LARGEST_QR_FILE`.
 * @returns The texts of the codes, in their order.
 * @throws {RangeError} When there is nothing, or too much.
 */
export function toFrames(bytes: Uint8Array): string[] {
  if (bytes.length === 0 || bytes.length > LARGEST_QR_FILE) {
    throw new RangeError(`${bytes.length} bytes do not fit into QR codes`);
  }
  const sum = checksum(bytes);
  const count = Math.ceil(bytes.length / FRAME_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const part = bytes.subarray(index * FRAME_BYTES, (index + 1) * FRAME_BYTES);
    return `SIGHTLINE1 ${sum} ${index + 1}/${count} ${encodeBase45(part)}`;
  });
}

/** How far a file has come in. */
export interface FrameProgress {
  readonly received: number;
  readonly count: number;
  /** Numbers of the codes that are still missing, from 1. */
  readonly missing: readonly number[];
}

/** What a code was. */
export type FrameVerdict =
  /** No code of ours. */
  | 'foreign'
  /** One that was seen before. */
  | 'known'
  | 'new'
  /** The last one that was missing, and the file is whole. */
  | 'complete'
  /** The last one, but together they are not what was sent: it begins anew. */
  | 'damaged';

/** Puts a file together from codes as they come in, in any order. */
export class FrameCollector {
  #sum = '';
  #count = 0;
  #parts = new Map<number, Uint8Array>();
  #bytes: Uint8Array | undefined;

  get progress(): FrameProgress {
    const numbers = Array.from({ length: this.#count }, (_, index) => index + 1);
    return {
      received: this.#parts.size,
      count: this.#count,
      missing: numbers.filter((number) => !this.#parts.has(number)),
    };
  }

  /** The file, once it is whole. */
  get bytes(): Uint8Array | undefined {
    return this.#bytes;
  }

  /** Takes what a reader has read. A code of another file begins that one. */
  add(text: string): FrameVerdict {
    const frame = parseFrame(text);
    if (frame === undefined) return 'foreign';
    if (frame.sum !== this.#sum || frame.count !== this.#count) {
      this.#begin(frame.sum, frame.count);
    }
    if (this.#parts.has(frame.number)) return 'known';
    this.#parts.set(frame.number, frame.part);
    if (this.#parts.size < this.#count) return 'new';
    const bytes = join(this.#parts);
    if (checksum(bytes) === this.#sum) {
      this.#bytes = bytes;
      return 'complete';
    }
    this.#begin('', 0);
    return 'damaged';
  }

  #begin(sum: string, count: number): void {
    this.#sum = sum;
    this.#count = count;
    this.#parts = new Map();
    this.#bytes = undefined;
  }
}

function parseFrame(text: string):
  | {
      readonly sum: string;
      readonly number: number;
      readonly count: number;
      readonly part: Uint8Array;
    }
  | undefined {
  const [, sum, numberText, countText, data] = FRAME.exec(text) ?? [];
  if (sum === undefined || data === undefined) return undefined;
  const [number, count] = [Number(numberText), Number(countText)];
  const part = decodeBase45(data);
  const fits = number >= 1 && number <= count && count <= MOST_FRAMES;
  if (!fits || part === undefined || part.length === 0 || part.length > FRAME_BYTES) {
    return undefined;
  }
  return { sum, number, count, part };
}

function join(parts: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const sorted = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  const bytes = new Uint8Array(sorted.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of sorted) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).toUpperCase().padStart(8, '0');
}
