import { randomNumbers } from '../random.js';
import { decodeBase45, encodeBase45 } from './base45.js';
import { crc32 } from './crc32.js';
import { addTo, XorSolver, type PartSet } from './xor-solver.js';

/**
 * A small file as a row of QR codes that are shown one after the other. Each says which
 * it is, of how many parts, and of which file, by its checksum:
 *
 *     SIGHTLINE1 1C291CA3 3/12 6BB 9%E…
 *
 * Codes 1 to 12 are the parts. Those with higher numbers, 13/12 and on, are sums (exclusive
 * or) of random parts, as a fountain code has them (Luby 2002; here dense, for there are
 * few): whoever missed one part need not wait for it, nearly any sum gives it. So as many
 * codes as there are parts, and one or two more, are enough, whichever they are.
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
/** What is written with four digits. */
const HIGHEST_NUMBER = 9999;

/** A file as codes, which never end. */
export interface FrameSource {
  /** Parts of the file: the first so many codes. */
  readonly count: number;
  /**
   * The text of the code to be shown at a place, from 0. All parts, as many sums, all
   * parts again …: readers from before there were sums take the parts alone.
   */
  at(place: number): string;
}

/**
 * @param bytes At most `LARGEST_QR_FILE`.
 * @throws {RangeError} When there is nothing, or too much.
 */
export function framesOf(bytes: Uint8Array): FrameSource {
  if (bytes.length === 0 || bytes.length > LARGEST_QR_FILE) {
    throw new RangeError(`${bytes.length} bytes do not fit into QR codes`);
  }
  const sum = checksum(bytes);
  const count = Math.ceil(bytes.length / FRAME_BYTES);
  const partOf = (index: number): Uint8Array =>
    bytes.subarray(index * FRAME_BYTES, (index + 1) * FRAME_BYTES);
  return {
    count,
    at: (place) => {
      const number = numberAt(place, count);
      const part = number <= count ? partOf(number - 1) : sumOf(partsIn(number, count), partOf);
      return `SIGHTLINE1 ${sum} ${number}/${count} ${encodeBase45(part)}`;
    },
  };
}

function numberAt(place: number, count: number): number {
  const [round, index] = [Math.floor(place / count), place % count];
  if (count === 1 || round % 2 === 0) return index + 1;
  const sums = HIGHEST_NUMBER - count;
  return count + 1 + ((((round - 1) / 2) * count + index) % sums);
}

/** What a code is the sum of. Part of the format: sender and reader have to agree. */
function partsIn(number: number, count: number): PartSet {
  if (number <= count) return 1n << BigInt(number - 1);
  const random = randomNumbers(number);
  let parts: PartSet = 0n;
  while (parts === 0n) {
    for (let part = 0; part < count; part++) {
      if (random.uniform() < 0.5) parts |= 1n << BigInt(part);
    }
  }
  return parts;
}

function sumOf(parts: PartSet, partOf: (index: number) => Uint8Array): Uint8Array {
  const sum = new Uint8Array(FRAME_BYTES);
  for (let index = 0; parts >> BigInt(index) !== 0n; index++) {
    if (((parts >> BigInt(index)) & 1n) === 1n) addTo(sum, partOf(index));
  }
  return sum;
}

/** How far a file has come in. */
export interface FrameProgress {
  /** Codes that said something new. */
  readonly received: number;
  /** As many as are needed. */
  readonly count: number;
}

/** What a code was. */
export type FrameVerdict =
  /** No code of ours. */
  | 'foreign'
  /** It says nothing new. */
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
  #solver = new XorSolver(0);
  #bytes: Uint8Array | undefined;

  get progress(): FrameProgress {
    return { received: this.#solver.rank, count: this.#count };
  }

  /** The file, once it is whole. */
  get bytes(): Uint8Array | undefined {
    return this.#bytes;
  }

  /** Takes what a reader has read. A code of another file begins that one. */
  add(text: string): FrameVerdict {
    const frame = parseFrame(text);
    if (frame === undefined) return 'foreign';
    const { sum, number, count, part } = frame;
    if (sum !== this.#sum || count !== this.#count) this.#begin(sum, count);
    const padded = new Uint8Array(FRAME_BYTES);
    padded.set(part);
    if (!this.#solver.add(partsIn(number, count), padded)) return 'known';
    const { parts } = this.#solver;
    if (parts === undefined) return 'new';
    this.#bytes = fileOf(parts, sum);
    if (this.#bytes !== undefined) return 'complete';
    this.#begin('', 0);
    return 'damaged';
  }

  #begin(sum: string, count: number): void {
    this.#sum = sum;
    this.#count = count;
    this.#solver = new XorSolver(count);
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
  if (number < 1 || count < 1 || count > MOST_FRAMES || part === undefined) return undefined;
  // Only the last part is shorter than the others.
  const fits = number === count ? part.length > 0 : part.length === FRAME_BYTES;
  return fits && part.length <= FRAME_BYTES ? { sum, number, count, part } : undefined;
}

/** A file without what its last part was padded with, which no code tells: its checksum does. */
function fileOf(parts: readonly Uint8Array[], sum: string): Uint8Array | undefined {
  const bytes = new Uint8Array(parts.length * FRAME_BYTES);
  parts.forEach((part, index) => {
    bytes.set(part, index * FRAME_BYTES);
  });
  for (let length = bytes.length; length > bytes.length - FRAME_BYTES; length--) {
    if (checksum(bytes.subarray(0, length)) === sum) return bytes.slice(0, length);
    // Only zeros can be padding.
    if (bytes[length - 1] !== 0) return undefined;
  }
  return undefined;
}

function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).toUpperCase().padStart(8, '0');
}
