import { SightlineError, isAbort } from '../../domain/errors.js';
import {
  MODEL_INDEX_VERSION,
  type ModelEntry,
  type ModelIndex,
} from '../../domain/model-manifest.js';

/**
 * Reads `index.json` and picks one model.
 *
 * @param modelsUrl Folder of the index, absolute, with a trailing slash.
 * @throws SightlineError `model-download-failed`, `model-corrupt`, `model-incompatible`,
 *   `model-unknown` or `aborted`.
 */
export async function findModel(
  modelsUrl: string,
  id: string,
  signal: AbortSignal,
): Promise<ModelEntry> {
  const index = await fetchIndex(new URL('index.json', modelsUrl).href, signal);
  if (index.version !== MODEL_INDEX_VERSION) {
    throw new SightlineError('model-incompatible', `index version ${String(index.version)}`);
  }
  const entry = index.models.find((model) => model.id === id);
  if (entry) return entry;
  const known = index.models.map((model) => model.id).join(', ');
  throw new SightlineError('model-unknown', `"${id}" is not among: ${known}`);
}

async function fetchIndex(url: string, signal: AbortSignal): Promise<ModelIndex> {
  let text: string;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`HTTP ${String(response.status)}`);
    text = await response.text();
  } catch (thrown) {
    if (isAbort(thrown) || signal.aborted) {
      throw new SightlineError('aborted', '', { cause: thrown });
    }
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SightlineError('model-download-failed', `index.json: ${detail}`, { cause: thrown });
  }
  try {
    const index = JSON.parse(text) as ModelIndex;
    if (!Array.isArray(index.models)) throw new Error('no list of models');
    return index;
  } catch (thrown) {
    // A server that answers every address with its start page ends here.
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SightlineError('model-corrupt', `index.json: ${detail}`, { cause: thrown });
  }
}
