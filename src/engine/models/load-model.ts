import { ModelLibrary } from './model-library.js';
import { findModel } from './model-index.js';

/**
 * Finds a model; its files come when an executor asks for them.
 *
 * @throws SightlineError `model-…` or `aborted`.
 */
export async function loadModel(
  modelsUrl: string,
  id: string,
  signal: AbortSignal,
): Promise<ModelLibrary> {
  return new ModelLibrary(modelsUrl, await findModel(modelsUrl, id, signal));
}
