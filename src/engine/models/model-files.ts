import { SightlineError, isAbort } from '../../domain/errors.js';
import type { ModelFile } from '../../domain/model-manifest.js';

/** Called with the bytes received so far, over all the files of one call. */
export type ByteProgress = (loadedBytes: number, totalBytes: number) => void;

/**
 * Fetches the files of a model side by side and checks each against its
 * SHA-256 before anything uses it.
 *
 * @param baseUrl Folder that the paths are relative to, with a trailing slash.
 * @returns One buffer per file, in the given order.
 * @throws SightlineError `model-download-failed` (network, status), `model-corrupt`
 *   (length or hash) or `aborted`.
 */
export async function fetchModelFiles(
  baseUrl: string,
  files: readonly ModelFile[],
  signal: AbortSignal,
  onProgress: ByteProgress,
): Promise<ArrayBuffer[]> {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  return Promise.all(
    files.map((file) =>
      fetchModelFile(new URL(file.path, baseUrl).href, file, signal, (bytes) => {
        loaded += bytes;
        onProgress(loaded, total);
      }),
    ),
  );
}

async function fetchModelFile(
  url: string,
  file: ModelFile,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<ArrayBuffer> {
  const first = await download(url, file, 'default', signal, onBytes);
  if ((await verify(first, file)) === undefined) return first;
  // A damaged copy in the HTTP cache is cured by asking the server itself, once.
  const second = await download(url, file, 'reload', signal, () => undefined);
  const problem = await verify(second, file);
  if (problem === undefined) return second;
  throw new SightlineError('model-corrupt', `${file.path}: ${problem}`);
}

async function download(
  url: string,
  file: ModelFile,
  cache: RequestCache,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url, { cache, signal });
    if (!response.ok) throw new Error(`HTTP ${String(response.status)}`);
    return await readAll(response, file.bytes, onBytes);
  } catch (thrown) {
    if (isAbort(thrown) || signal.aborted) {
      throw new SightlineError('aborted', '', { cause: thrown });
    }
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SightlineError('model-download-failed', `${file.path}: ${detail}`, { cause: thrown });
  }
}

/** Reads a body into one buffer of the expected length (longer ones are cut, and fail their hash). */
async function readAll(
  response: Response,
  expectedBytes: number,
  onBytes: (bytes: number) => void,
): Promise<ArrayBuffer> {
  if (!response.body) {
    const buffer = await response.arrayBuffer();
    onBytes(buffer.byteLength);
    return buffer;
  }
  const bytes = new Uint8Array(expectedBytes);
  let length = 0;
  for await (const chunk of chunks(response.body)) {
    if (length + chunk.length > expectedBytes) throw new Error('longer than expected');
    bytes.set(chunk, length);
    length += chunk.length;
    onBytes(chunk.length);
  }
  return length === expectedBytes ? bytes.buffer : bytes.buffer.slice(0, length);
}

/** The chunks of a stream; Safari's streams are not async iterable yet. */
async function* chunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

/** What is wrong with a buffer, or undefined. */
async function verify(buffer: ArrayBuffer, file: ModelFile): Promise<string | undefined> {
  if (buffer.byteLength !== file.bytes) {
    return `${String(buffer.byteLength)} bytes instead of ${String(file.bytes)}`;
  }
  // Web Crypto is missing on insecure origins, where nothing else of ours runs either.
  const subtle = (globalThis.crypto as Crypto & { subtle?: SubtleCrypto }).subtle as
    SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const digest = new Uint8Array(await subtle.digest('SHA-256', buffer));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return found === file.sha256 ? undefined : `hash ${found} instead of ${file.sha256}`;
}
