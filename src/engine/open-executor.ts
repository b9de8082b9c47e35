import type { Executor, RuntimeName } from '../domain/backend.js';
import { SightlineError } from '../domain/errors.js';
import type { ModelEntry, TfjsVariant } from '../domain/model-manifest.js';
import { openBackend } from './backend/open-backend.js';
import type { BuildContext, OpenExecutor } from './build-context.js';
import type { DisposableList } from './disposable-list.js';
import type { ModelLibrary } from './models/model-library.js';
import {
  buildTfjsNetwork,
  loadTopology,
  loadWeights,
  needsAllKernels,
} from './models/tfjs-network.js';

type Opener = (
  { backend }: Executor,
  library: ModelLibrary,
  context: BuildContext,
  cleanup: DisposableList,
) => Promise<OpenExecutor>;

const OPENERS: Record<RuntimeName, Opener> = {
  tfjs: openTfjs,
  // LiteRT is a chunk of its own, as the backends are.
  litert: async (...parameters) => {
    const { openLite } = await import('./litert/open-lite.js');
    return openLite(...parameters);
  },
};

/**
 * Fetches the variant of a model that an executor runs, opens its backend and
 * builds the network on it.
 *
 * @param cleanup Gets everything that has to be disposed, also where this fails.
 * @throws SightlineError `backend-unavailable`, `backend-failed`, `model-…` or `aborted`.
 */
export const openExecutor: Opener = (executor, ...rest) =>
  OPENERS[executor.runtime](executor, ...rest);

async function openTfjs(
  { backend: name }: Executor,
  library: ModelLibrary,
  context: BuildContext,
  cleanup: DisposableList,
): Promise<OpenExecutor> {
  const { entry } = library;
  const variant = tfjsVariant(entry);
  const { signal, onProgress } = context;
  const topology = await loadTopology(library, variant, signal);
  // The backend before the weights: what cannot be had is not worth their download.
  const backend = cleanup.add(await openBackend(name, context, needsAllKernels(topology)));
  const weights = await loadWeights(library, variant, signal, onProgress);
  const network = cleanup.add(buildTfjsNetwork(entry, { topology, weights }));
  return { backend, network, variant };
}

function tfjsVariant(entry: ModelEntry): TfjsVariant {
  const variant = entry.variants.find((each) => each.runtime === 'tfjs-graph-model');
  if (variant) return variant;
  throw new SightlineError('model-incompatible', `${entry.id} has no variant for TensorFlow.js`);
}
