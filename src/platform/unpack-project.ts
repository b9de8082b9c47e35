import { Unzip, UnzipInflate } from 'fflate';
import { SightlineError } from '../domain/errors.js';
import { isProjectPath, PROJECT_LIMITS } from '../domain/project/manifest.js';
import { throwIfAborted } from './abort.js';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface ProjectCall {
  readonly signal?: AbortSignal | undefined;
  /** Called with 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Deflate unpacks to a thousand times its size at most, so this much at once cannot fill the memory. */
const CHUNK_BYTES = 32 * 1024;
/** What unpacks further than this is a bomb: JSON and weights reach hardly ten. */
const LARGEST_RATIO = 100;
/** A small file may shrink by any ratio. */
const HARMLESS_BYTES = 1e6;

/**
 * Unpacks a project's zip piece by piece, so that limits hold before the memory is
 * full and the page stays alive.
 *
 * @returns Contents by path; nothing but names that a project may have.
 * @throws SightlineError `project-unrecognised`, `project-corrupt`,
 *   `project-too-large`, `aborted`.
 */
export async function unpackProject(
  file: Blob,
  { signal, onProgress }: ProjectCall,
): Promise<Map<string, Bytes>> {
  if (file.size > PROJECT_LIMITS.bytes) {
    throw new SightlineError('project-too-large', `${file.size} bytes`);
  }
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (head[0] !== 0x50 || head[1] !== 0x4b) {
    throw new SightlineError('project-unrecognised', 'no zip file');
  }
  const unpacking = new Unpacking(file.size);
  for (let start = 0; start < file.size; start += CHUNK_BYTES) {
    throwIfAborted(signal);
    // Reading is asynchronous, which lets the page draw in between.
    const chunk = new Uint8Array(await file.slice(start, start + CHUNK_BYTES).arrayBuffer());
    unpacking.push(chunk, start + CHUNK_BYTES >= file.size);
    onProgress?.(Math.min(1, (start + CHUNK_BYTES) / file.size));
  }
  return unpacking.finish();
}

/** One zip on its way in; gives up at the first thing that is wrong. */
class Unpacking {
  readonly #unzip = new Unzip();
  readonly #parts = new Map<string, Bytes[]>();
  readonly #done = new Set<string>();
  readonly #packedBytes: number;
  #bytes = 0;
  #fault: SightlineError | undefined;

  constructor(packedBytes: number) {
    this.#packedBytes = packedBytes;
    this.#unzip.register(UnzipInflate);
    this.#unzip.onfile = (entry) => {
      if (this.#fault !== undefined || !this.#isWelcome(entry.name)) return;
      const parts: Bytes[] = [];
      this.#parts.set(entry.name, parts);
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
        parts.push(chunk.slice());
        if (isLast) this.#done.add(entry.name);
      };
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

  #isWelcome(name: string): boolean {
    if (!isProjectPath(name) || this.#parts.has(name)) {
      this.#refuse('project-corrupt', 'a file that does not belong in a project');
    } else if (this.#parts.size > PROJECT_LIMITS.files) {
      this.#refuse('project-too-large', 'too many files');
    }
    return this.#fault === undefined;
  }

  /** @param size Bytes of the current file so far. */
  #limit(size: number): void {
    const isBomb = this.#bytes > HARMLESS_BYTES && this.#bytes > LARGEST_RATIO * this.#packedBytes;
    const isTooLarge = this.#bytes > PROJECT_LIMITS.bytes || size > PROJECT_LIMITS.fileBytes;
    if (isBomb || isTooLarge) {
      this.#refuse('project-too-large', 'it unpacks to more than a project has');
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
