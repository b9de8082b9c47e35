import type { Executor } from '../domain/backend.js';
import { toSightlineError } from '../domain/errors.js';
import type { ModelEntry, ModelVariant } from '../domain/model-manifest.js';
import type { OpenBackend } from './backend/backend.js';
import { LossGuard } from './backend/loss-guard.js';
import type { BuildContext } from './build-context.js';
import { DisposableList } from './disposable-list.js';
import { Pipeline } from './detect/pipeline.js';
import type { ModelLibrary } from './models/model-library.js';
import { openExecutor } from './open-executor.js';
import { checkSelfTest } from './self-test.js';

/** A model running on an executor: the unit that is built, replaced and disposed as one. */
export interface Runtime extends Executor {
  readonly open: OpenBackend;
  readonly entry: ModelEntry;
  readonly variant: ModelVariant;
  readonly pipeline: Pipeline;
  /** Every piece of work on the pipeline goes through it. */
  readonly guard: LossGuard;
  /** Frees everything, also on a device that is gone. */
  dispose(): void;
}

/**
 * Fetches what an executor needs, builds the network on it and shows it the
 * self-test picture, so that every shader is compiled and every buffer
 * allocated before the first real frame, and so that one which gives nonsense
 * is found out.
 *
 * @throws SightlineError `backend-unavailable`, `backend-failed`, `model-…` or `aborted`;
 *   nothing is left behind.
 */
export async function buildRuntime(
  executor: Executor,
  library: ModelLibrary,
  context: BuildContext,
): Promise<Runtime> {
  const { entry } = library;
  const cleanup = new DisposableList();
  try {
    const { backend, network, variant } = await openExecutor(executor, library, context, cleanup);
    const guard = new LossGuard(backend.lost);
    const pipeline = cleanup.add(await Pipeline.create(entry, backend, network));
    const [picture] = await library.fetch([entry.selfTest.picture], context.signal);
    await guard.run(() => checkSelfTest(pipeline, entry, picture ?? new ArrayBuffer(0)));
    return {
      ...executor,
      open: backend,
      entry,
      variant,
      pipeline,
      guard,
      dispose: () => {
        cleanup.dispose();
      },
    };
  } catch (thrown) {
    cleanup.dispose();
    throw toSightlineError(thrown, 'backend-failed');
  }
}
