import type { Executor } from '../../domain/backend.js';
import { SightlineError } from '../../domain/errors.js';
import { openBackend } from '../backend/open-backend.js';
import { openHost } from '../backend/host-backend.js';
import type { OpenWebgpuBackend } from '../backend/webgpu-backend.js';
import type { DisposableList } from '../disposable-list.js';
import type { ModelLibrary } from '../models/model-library.js';
import type { BuildContext, OpenExecutor } from '../build-context.js';
import { liteVariant, loadLiteArtifacts } from './lite-artifacts.js';
import { createGpuBuffers, createHostBuffers } from './lite-buffers.js';
import { LiteNetwork } from './lite-network.js';
import type { LiteTarget } from './lite-target.js';
import { chooseFlavour, loadLiteRtModule } from './litert-module.js';

/**
 * Builds a model in LiteRT.
 *
 * @param cleanup Gets everything that has to be disposed, also where this fails.
 * @throws SightlineError `backend-unavailable`, `backend-failed`, `model-…` or `aborted`.
 */
export async function openLite(
  { backend }: Executor,
  library: ModelLibrary,
  context: BuildContext,
  cleanup: DisposableList,
): Promise<OpenExecutor> {
  switch (backend) {
    case 'webgpu':
      return openOnGpu(library, context, cleanup);
    case 'wasm':
      return openOnCpu(library, context, cleanup);
    case 'webgl':
    case 'cpu':
      throw new SightlineError('backend-unavailable', `LiteRT does not run on ${backend}`);
  }
}

async function openOnGpu(
  library: ModelLibrary,
  context: BuildContext,
  cleanup: DisposableList,
): Promise<OpenExecutor> {
  const opened = (await openBackend('webgpu', context, false)) as OpenWebgpuBackend;
  const backend = cleanup.add(opened);
  const { flavour } = await chooseFlavour();
  const target: LiteTarget = {
    accelerator: 'webgpu',
    threads: 1,
    device: backend.device,
    buffers: (wasm, environment, type) =>
      createGpuBuffers(wasm, environment, type, backend.backend),
  };
  const variant = liteVariant(library.entry, ['float16', 'int8']);
  // Threads are of no use to a GPU.
  const build = flavour === 'threaded' ? 'relaxed' : flavour;
  const [wasm, artifacts] = await Promise.all([
    loadLiteRtModule(context.liteRtUrl, build),
    loadLiteArtifacts(library, variant, context.signal, context.onProgress),
  ]);
  return {
    backend,
    network: cleanup.add(await LiteNetwork.create(wasm, artifacts, target)),
    variant,
  };
}

async function openOnCpu(
  library: ModelLibrary,
  context: BuildContext,
  cleanup: DisposableList,
): Promise<OpenExecutor> {
  const { flavour, threads } = await chooseFlavour();
  const variant = liteVariant(library.entry, ['int8', 'float16']);
  const [wasm, artifacts] = await Promise.all([
    loadLiteRtModule(context.liteRtUrl, flavour),
    loadLiteArtifacts(library, variant, context.signal, context.onProgress),
  ]);
  const adapter = threads === 1 ? 'SIMD, 1 thread' : `SIMD, ${String(threads)} threads`;
  const backend = cleanup.add(await openHost('wasm', adapter));
  const target: LiteTarget = {
    accelerator: 'wasm',
    threads,
    device: null,
    buffers: createHostBuffers,
  };
  return {
    backend,
    network: cleanup.add(await LiteNetwork.create(wasm, artifacts, target)),
    variant,
  };
}
