import type { BackendName } from '../domain/backend.js';
import { SightlineError, toSightlineError } from '../domain/errors.js';
import type { ModelEntry, ModelVariant } from '../domain/model-manifest.js';
import type { FrameData } from '../protocol/index.js';
import type { BackendEnvironment, OpenBackend } from './backend/backend.js';
import { LossGuard } from './backend/loss-guard.js';
import { openBackend } from './backend/open-backend.js';
import { Pipeline } from './detect/pipeline.js';
import { buildNetwork, needsAllKernels, type ModelArtifacts } from './models/network.js';

/** A model in memory, ready to be built on any backend, again and again. */
export interface LoadedModel {
  readonly entry: ModelEntry;
  readonly variant: ModelVariant;
  readonly artifacts: ModelArtifacts;
}

/** A model running on a backend: the unit that is built, replaced and disposed as one. */
export interface Runtime {
  readonly backend: OpenBackend;
  readonly pipeline: Pipeline;
  /** Every piece of work on the pipeline goes through it. */
  readonly guard: LossGuard;
  /** Frees everything, also on a device that is gone. */
  dispose(): void;
}

/**
 * Opens a backend, builds the network on it and runs it once on a plain
 * picture, so that every shader is compiled and every buffer allocated before
 * the first real frame, and so that a backend which gives nonsense is found out.
 *
 * @throws SightlineError `backend-unavailable`, `backend-failed` or `model-incompatible`;
 *   nothing is left behind.
 */
export async function buildRuntime(
  name: BackendName,
  model: LoadedModel,
  environment: BackendEnvironment,
): Promise<Runtime> {
  const allKernels = needsAllKernels(model.artifacts.topology);
  const backend = await openBackend(name, environment, allKernels);
  const guard = new LossGuard(backend.lost);
  const cleanup = new DisposableList();
  cleanup.add(backend);
  try {
    const network = cleanup.add(buildNetwork(model.entry, model.artifacts));
    const pipeline = cleanup.add(await Pipeline.create(model.entry, backend, network));
    await guard.run(() => warmUp(pipeline, model));
    return {
      backend,
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

/** Disposes what was added, last first, each once. */
class DisposableList {
  readonly #items: { dispose(): void }[] = [];

  add<Item extends { dispose(): void }>(item: Item): Item {
    this.#items.push(item);
    return item;
  }

  dispose(): void {
    for (const item of this.#items.splice(0).reverse()) {
      try {
        item.dispose();
      } catch {
        // A lost device may refuse to free what is gone already; the rest still has to go.
      }
    }
  }
}

/** One run on a picture with some structure. */
async function warmUp(pipeline: Pipeline, { entry }: LoadedModel): Promise<void> {
  const frame = await testFrame(entry.input.shape[2], entry.input.shape[1]);
  try {
    const everything = Uint8Array.from(entry.labels, (label) => (label === null ? 0 : 1));
    const { rows } = await pipeline.pass(frame, everything);
    const sound = rows.length > 0 && rows.every((value) => Number.isFinite(value));
    // Real logits of a real picture are never all alike; a dead device reads as zeros.
    if (!sound || new Set(rows).size < 3) {
      throw new SightlineError('backend-failed', 'the self-test gave no usable numbers');
    }
  } finally {
    frame.close();
  }
}

/** The test picture in the form that live frames have, so that their way is tried as well. */
async function testFrame(width: number, height: number): Promise<FrameData> {
  const bitmap = await testPicture(width, height);
  if (typeof VideoFrame === 'undefined') return bitmap;
  const frame = new VideoFrame(bitmap, { timestamp: 0 });
  bitmap.close();
  return frame;
}

/** A gradient with a disc: no photograph, but not flat either. */
export async function testPicture(width: number, height: number): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new SightlineError('backend-failed', 'no 2D canvas');
  const gradient = context.createLinearGradient(0, 0, width, height);
  gradient.addColorStop(0, '#204060');
  gradient.addColorStop(1, '#e0c0a0');
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#c03020';
  context.beginPath();
  context.arc(width / 2, height / 2, Math.min(width, height) / 4, 0, 2 * Math.PI);
  context.fill();
  return createImageBitmap(canvas);
}
