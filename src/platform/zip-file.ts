import { deflateSync, Unzip, UnzipInflate, Zip, ZipPassThrough } from 'fflate';
import { SightlineError } from '../domain/errors.js';
import { throwIfAborted } from './abort.js';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface ZipCall {
  readonly signal?: AbortSignal | undefined;
  /** Called with 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Beyond these a zip is refused before it can exhaust a phone. */
export interface ZipLimits {
  /** Of everything together, unpacked. */
  readonly bytes: number;
  readonly fileBytes: number;
  readonly files: number;
}

/** What to do with a file of a zip: unpack it, pass it over, or refuse the whole. */
export type Welcome = 'take' | 'skip' | 'refuse';

/** The number that zip files have for it. */
const DEFLATE = 8;
/** Deflate unpacks to a thousand times its size at most, so this much at once cannot fill the memory. */
const CHUNK_BYTES = 32 * 1024;
/** What unpacks further than this is a bomb: JSON and weights reach hardly ten. */
const LARGEST_RATIO = 100;
/** A small file may shrink by any ratio. */
const HARMLESS_BYTES = 1e6;

/**
 * Unpacks a zip piece by piece, so that limits hold before the memory is full and the
 * page stays alive.
 *
 * @param welcome Decides by a file's name.
 * @returns Contents by path.
 * @throws SightlineError `project-unrecognised` for what is no zip,
 *   `project-corrupt`, `project-too-large`, `aborted`.
 */
export async function unpackZip(
  file: Blob,
  limits: ZipLimits,
  welcome: (path: string) => Welcome,
  { signal, onProgress }: ZipCall = {},
): Promise<Map<string, Bytes>> {
  if (file.size > limits.bytes) {
    throw new SightlineError('project-too-large', `${file.size} bytes`);
  }
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (head[0] !== 0x50 || head[1] !== 0x4b) {
    throw new SightlineError('project-unrecognised', 'no zip file');
  }
  const unpacking = new Unpacking(file.size, limits, welcome);
  for (let start = 0; start < file.size; start += CHUNK_BYTES) {
    throwIfAborted(signal);
    // Reading is asynchronous, which lets the page draw in between.
    const chunk = new Uint8Array(await file.slice(start, start + CHUNK_BYTES).arrayBuffer());
    unpacking.push(chunk, start + CHUNK_BYTES >= file.size);
    onProgress?.(Math.min(1, (start + CHUNK_BYTES) / file.size));
  }
  return unpacking.finish();
}

/** A file to be packed. */
export interface ZipEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Packs files; those that are compressed already stay as they are. */
export async function packZip(
  files: readonly ZipEntry[],
  isCompressed: (path: string) => boolean,
): Promise<Blob> {
  const parts: Bytes[] = [];
  await new Promise<void>((resolve, reject) => {
    const zip = new Zip((error, chunk, isLast) => {
      if (error !== null) {
        reject(error);
        return;
      }
      parts.push(chunk);
      if (isLast) resolve();
    });
    for (const { path, bytes } of files) {
      const entry = isCompressed(path) ? new ZipPassThrough(path) : new DeflatedEntry(path);
      zip.add(entry);
      entry.push(bytes, true);
    }
    zip.end();
  });
  return new Blob(parts, { type: 'application/zip' });
}

/**
 * A file that is given whole. The stream of fflate 0.8.3 (`ZipDeflate`) writes now and
 * then what nobody can read again, about one time in thirty with 33 KB of weights.
 */
class DeflatedEntry extends ZipPassThrough {
  constructor(path: string) {
    super(path);
    this.compression = DEFLATE;
  }

  protected override process(chunk: Uint8Array<ArrayBuffer>, isLast: boolean): void {
    this.ondata(null, deflateSync(chunk, { level: 6 }), isLast);
  }
}

/** One zip on its way in; gives up at the first thing that is wrong. */
class Unpacking {
  readonly #unzip = new Unzip();
  readonly #limits: ZipLimits;
  readonly #welcome: (path: string) => Welcome;
  readonly #parts = new Map<string, Bytes[]>();
  readonly #done = new Set<string>();
  readonly #packedBytes: number;
  #files = 0;
  #bytes = 0;
  #fault: SightlineError | undefined;

  constructor(packedBytes: number, limits: ZipLimits, welcome: (path: string) => Welcome) {
    this.#packedBytes = packedBytes;
    this.#limits = limits;
    this.#welcome = welcome;
    this.#unzip.register(UnzipInflate);
    this.#unzip.onfile = (entry) => {
      if (this.#fault !== undefined) return;
      const isTaken = this.#takes(entry.name);
      if (this.#refused()) return;
      const parts: Bytes[] = [];
      if (isTaken) this.#parts.set(entry.name, parts);
      let size = 0;
      entry.ondata = (error, chunk, isLast) => {
        if (this.#fault !== undefined) return;
        // The types do not say so, but without an error there is a chunk, and the other way round.
        if ((error as Error | null) !== null) {
          this.#refuse('project-corrupt', error?.message ?? '');
          return;
        }
        size += chunk.length;
        this.#bytes += chunk.length;
        this.#limit(size);
        // The inflater goes on to use its buffer.
        if (isTaken) parts.push(chunk.slice());
        if (isLast) this.#done.add(entry.name);
      };
      // What is passed over is unpacked as well, for it would be kept in memory otherwise.
      entry.start();
    };
  }

  push(chunk: Uint8Array, isLast: boolean): void {
    try {
      this.#unzip.push(chunk, isLast);
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : '';
      this.#fault ??= new SightlineError('project-corrupt', detail, { cause });
    }
    if (this.#fault !== undefined) throw this.#fault;
  }

  finish(): Map<string, Bytes> {
    const cut = [...this.#parts.keys()].find((name) => !this.#done.has(name));
    if (cut !== undefined) throw new SightlineError('project-corrupt', `${cut} is cut off`);
    return new Map([...this.#parts].map(([name, parts]) => [name, joined(parts)]));
  }

  #takes(name: string): boolean {
    const welcome = this.#welcome(name);
    const isTwice = welcome === 'take' && this.#parts.has(name);
    if (welcome === 'refuse' || isTwice) {
      this.#refuse('project-corrupt', 'a file that does not belong there');
    } else if (++this.#files > this.#limits.files) {
      this.#refuse('project-too-large', 'too many files');
    }
    return welcome === 'take';
  }

  #refused(): boolean {
    return this.#fault !== undefined;
  }

  /** @param size Bytes of the current file so far. */
  #limit(size: number): void {
    const isBomb = this.#bytes > HARMLESS_BYTES && this.#bytes > LARGEST_RATIO * this.#packedBytes;
    const isTooLarge = this.#bytes > this.#limits.bytes || size > this.#limits.fileBytes;
    if (isBomb || isTooLarge) {
      this.#refuse('project-too-large', 'it unpacks to more than there should be');
    }
  }

  #refuse(code: 'project-corrupt' | 'project-too-large', detail: string): void {
    this.#fault ??= new SightlineError(code, detail);
  }
}

function joined(parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const part of parts) {
    all.set(part, position);
    position += part.length;
  }
  return all;
}
