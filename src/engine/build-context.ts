import type { ModelVariant } from '../domain/model-manifest.js';
import type { BackendEnvironment, OpenBackend } from './backend/backend.js';
import type { ByteProgress } from './models/model-files.js';
import type { Network } from './models/network.js';

/** What building a runtime needs besides the model. */
export interface BuildContext extends BackendEnvironment {
  readonly signal: AbortSignal;
  readonly onProgress: ByteProgress;
}

/** A network on an open backend. */
export interface OpenExecutor {
  readonly backend: OpenBackend;
  readonly network: Network;
  readonly variant: ModelVariant;
}
