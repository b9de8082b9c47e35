import { SightlineError, isAbort } from '../domain/errors.js';
import {
  parseNegativeIndex,
  type NegativeIndex,
  type NegativePicture,
} from '../domain/negatives.js';
import { abortError, throwIfAborted } from './abort.js';
import { decodeImage } from './image-file.js';
import { sha256Hex } from './sha256.js';

/**
 * The bundled pack of negatives. Nothing of it is fetched before somebody asks;
 * the service worker keeps what was fetched, and fetches the rest when the device
 * is idle, so that it works offline.
 */
export class NegativePack {
  readonly #baseUrl: string;
  #index: Promise<NegativeIndex> | undefined;

  /** @param baseUrl Folder of `index.json`, absolute, with a trailing slash. */
  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /**
   * What there is; the list is fetched once.
   *
   * @throws SightlineError `negatives-unavailable`.
   */
  async pictures(): Promise<readonly NegativePicture[]> {
    this.#index ??= this.#fetchIndex();
    try {
      return (await this.#index).pictures;
    } catch (thrown) {
      // What cannot be had now may be had later.
      this.#index = undefined;
      throw thrown;
    }
  }

  /**
   * One photograph, checked against its hash.
   *
   * @returns The caller closes it or hands it on.
   * @throws SightlineError `negatives-unavailable` or `aborted`.
   */
  async open(picture: NegativePicture, signal?: AbortSignal): Promise<ImageBitmap> {
    throwIfAborted(signal);
    const blob = await this.#fetchChecked(picture, signal);
    try {
      return await decodeImage(blob, 'webp', signal);
    } catch (thrown) {
      throw asUnavailable(thrown, picture.path, signal);
    }
  }

  async #fetchIndex(): Promise<NegativeIndex> {
    const path = 'index.json';
    try {
      return parseNegativeIndex(await (await this.#fetch(path, 'default')).text());
    } catch (thrown) {
      throw asUnavailable(thrown, path);
    }
  }

  async #fetchChecked({ path, sha256 }: NegativePicture, signal?: AbortSignal): Promise<Blob> {
    // A damaged copy in the browser's cache is cured by asking the server itself, once.
    for (const cache of ['default', 'reload'] as const) {
      try {
        const bytes = await (await this.#fetch(path, cache, signal)).arrayBuffer();
        if ((await sha256Hex(bytes)) === sha256) return new Blob([bytes]);
      } catch (thrown) {
        throw asUnavailable(thrown, path, signal);
      }
    }
    throw new SightlineError('negatives-unavailable', `${path} is damaged`);
  }

  async #fetch(path: string, cache: RequestCache, signal?: AbortSignal): Promise<Response> {
    const init: RequestInit = signal === undefined ? { cache } : { cache, signal };
    const response = await fetch(new URL(path, this.#baseUrl), init);
    if (!response.ok) throw new Error(`HTTP ${String(response.status)}`);
    return response;
  }
}

function asUnavailable(thrown: unknown, path: string, signal?: AbortSignal): SightlineError {
  if (signal?.aborted === true || isAbort(thrown)) return abortError();
  if (thrown instanceof SightlineError && thrown.code === 'negatives-unavailable') return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new SightlineError('negatives-unavailable', `${path}: ${detail}`, { cause: thrown });
}
