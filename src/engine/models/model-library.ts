import type { ModelEntry, ModelFile } from '../../domain/model-manifest.js';
import { fetchModelFiles, type ByteProgress } from './model-files.js';

/**
 * The files of one model, fetched when they are first asked for: which
 * variant is needed shows only when an executor has been found that works.
 */
export class ModelLibrary {
  readonly entry: ModelEntry;
  readonly #modelsUrl: string;
  readonly #buffers = new Map<string, ArrayBuffer>();

  /** @param modelsUrl Folder of the files, absolute, with a trailing slash. */
  constructor(modelsUrl: string, entry: ModelEntry) {
    this.#modelsUrl = modelsUrl;
    this.entry = entry;
  }

  /**
   * @returns One verified buffer per file, in the given order; not to be changed.
   * @throws SightlineError `model-download-failed`, `model-corrupt` or `aborted`.
   */
  async fetch(
    files: readonly ModelFile[],
    signal: AbortSignal,
    onProgress: ByteProgress = () => undefined,
  ): Promise<ArrayBuffer[]> {
    const missing = files.filter(({ path }) => !this.#buffers.has(path));
    const fetched = await fetchModelFiles(this.#modelsUrl, missing, signal, onProgress);
    missing.forEach(({ path }, index) => {
      const buffer = fetched[index];
      if (buffer) this.#buffers.set(path, buffer);
    });
    return files.map(({ path }) => this.#buffers.get(path) ?? new ArrayBuffer(0));
  }

  /** Forgets all files but these, which a replacement of the runtime will need. */
  keepOnly(files: readonly ModelFile[]): void {
    const kept = new Set(files.map(({ path }) => path));
    for (const path of [...this.#buffers.keys()]) if (!kept.has(path)) this.#buffers.delete(path);
  }
}
