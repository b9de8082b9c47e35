import { memory } from '@tensorflow/tfjs-core';
import { SightlineError, toSightlineError } from '../domain/errors.js';
import type { BBox } from '../domain/geometry.js';
import { variantFiles, type ModelFile } from '../domain/model-manifest.js';
import { RestartBudget } from '../domain/restart-budget.js';
import type {
  AnchorPass,
  CallOptions,
  DetectionResult,
  Engine,
  EngineInfo,
  EngineNotice,
  EngineStats,
  FrameData,
  FrameOptions,
  LoadOptions,
  LoadProgress,
} from '../protocol/index.js';
import { chooseRuntime, replaceRuntime, type ChosenRuntime } from './choose-runtime.js';
import { ProgressMeter } from './progress-meter.js';
import type { Pipeline } from './detect/pipeline.js';
import { loadModel } from './models/load-model.js';
import type { ModelLibrary } from './models/model-library.js';
import type { Runtime } from './runtime.js';
import { SerialQueue } from './serial-queue.js';

interface Loaded {
  readonly library: ModelLibrary;
  readonly options: LoadOptions;
  chosen: ChosenRuntime;
}

/**
 * The engine itself, in the worker: one model on one backend, one frame at a
 * time. Calls are served in order, so that a load never pulls the device from
 * under a frame.
 */
export class DetectionEngine implements Engine {
  readonly #notify: (notice: EngineNotice) => void;
  readonly #queue = new SerialQueue();
  readonly #budget = new RestartBudget();
  #loaded: Loaded | undefined;
  #frames = 0;
  #recoveries = 0;

  /** @param notify Is told of what happens without a call: a lost device and its replacement. */
  constructor(notify: (notice: EngineNotice) => void = () => undefined) {
    this.#notify = notify;
  }

  load(
    options: LoadOptions,
    {
      signal = new AbortController().signal,
      onProgress,
    }: CallOptions & { readonly onProgress?: ((progress: LoadProgress) => void) | undefined } = {},
  ): Promise<EngineInfo> {
    return this.#queue.run(async () => {
      signal.throwIfAborted();
      const meter = new ProgressMeter(onProgress);
      meter.stage('engine', 0);
      const known = this.#loaded;
      const reusable =
        known?.options.model === options.model && known.options.modelsUrl === options.modelsUrl;
      const library = reusable
        ? known.library
        : await loadModel(options.modelsUrl, options.model, signal);
      signal.throwIfAborted();
      // tfjs keeps one backend of a name, so the old runtime goes before the new one comes.
      this.#release();
      const chosen = await chooseRuntime(library, options, {
        signal,
        onProgress: (loaded, total) => {
          meter.bytes(loaded, total);
        },
        onExecutor: ({ backend }, probing) => {
          meter.backend(backend, probing);
        },
      });
      if (signal.aborted) {
        chosen.runtime.dispose();
        throw new SightlineError('aborted');
      }
      library.keepOnly(modelFilesOf(chosen));
      this.#loaded = { library, options, chosen };
      this.#watch(chosen.runtime);
      meter.stage('compile', 1);
      return describe(chosen);
    });
  }

  async detect(
    frame: FrameData,
    timestamp: number,
    options: FrameOptions,
    { signal }: CallOptions = {},
  ): Promise<DetectionResult> {
    const result = await this.#onFrame(frame, signal, (pipeline) =>
      pipeline.detect(frame, timestamp, options),
    );
    this.#frames++;
    return result;
  }

  embed(
    frame: FrameData,
    boxes: readonly BBox[],
    maps: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<readonly Float32Array[]> {
    return this.#onFrame(frame, signal, (pipeline) => pipeline.embed(frame, boxes, maps));
  }

  anchors(frame: FrameData, { signal }: CallOptions = {}): Promise<AnchorPass> {
    return this.#onFrame(frame, signal, (pipeline) => pipeline.anchors(frame));
  }

  /** Work on a frame, in its turn; the frame is closed afterwards. */
  async #onFrame<Result>(
    frame: FrameData,
    signal: AbortSignal | undefined,
    work: (pipeline: Pipeline) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await this.#queue.run(() => {
        signal?.throwIfAborted();
        if (!this.#loaded) throw new SightlineError('not-loaded');
        const { guard, pipeline } = this.#loaded.chosen.runtime;
        return guard.run(() => work(pipeline));
      });
    } catch (thrown) {
      throw toSightlineError(thrown, 'backend-failed');
    } finally {
      frame.close();
    }
  }

  stats(): Promise<EngineStats> {
    const backend = this.#loaded?.chosen.runtime.open;
    const { numTensors, numBytes } = backend ? memory() : { numTensors: 0, numBytes: 0 };
    return Promise.resolve({
      backend: backend?.name,
      tensors: numTensors,
      tensorBytes: numBytes,
      gpuBytes: backend?.gpuBytes(),
      frames: this.#frames,
      recoveries: this.#recoveries,
    });
  }

  dispose(): Promise<void> {
    return this.#queue.run(() => {
      this.#release();
      return Promise.resolve();
    });
  }

  #release(): void {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    loaded?.chosen.runtime.dispose();
  }

  /** Replaces the runtime as soon as its device is lost, whether or not a frame is under way. */
  #watch(runtime: Runtime): void {
    void runtime.open.lost.then((detail) => {
      if (this.#loaded?.chosen.runtime !== runtime) return;
      this.#notify({ kind: 'device-lost', detail });
      void this.#queue.run(() => this.#recover(runtime)).catch(() => undefined);
    });
  }

  async #recover(lost: Runtime): Promise<void> {
    const loaded = this.#loaded;
    if (loaded?.chosen.runtime !== lost) return;
    lost.dispose();
    // A device that is lost again and again is better replaced by something slower that stays.
    const again = this.#budget.afterDeath(performance.now()) !== undefined;
    try {
      loaded.chosen = await replaceRuntime(lost, again, loaded.library, loaded.options);
    } catch (thrown) {
      this.#loaded = undefined;
      this.#notify({ kind: 'failed', detail: toSightlineError(thrown, 'device-lost').detail });
      throw thrown;
    }
    this.#recoveries++;
    this.#watch(loaded.chosen.runtime);
    this.#notify({ kind: 'recovered', info: describe(loaded.chosen) });
  }
}

/** What a replacement of the runtime will need again. */
function modelFilesOf({ runtime: { variant, entry } }: ChosenRuntime): readonly ModelFile[] {
  return [...variantFiles(variant), entry.selfTest.picture];
}

function describe({ runtime, reason, probe, failures }: ChosenRuntime): EngineInfo {
  const { entry, variant } = runtime;
  return {
    model: {
      id: entry.id,
      name: entry.name,
      precision: variant.precision,
      labels: entry.labels.filter((label) => label !== null),
      inputWidth: entry.input.shape[2],
      inputHeight: entry.input.shape[1],
      featureMaps: entry.features,
      featureRegions: entry.regions ?? {},
    },
    runtime: runtime.runtime,
    backend: runtime.backend,
    adapter: runtime.open.adapter,
    reason,
    probe,
    failures,
    crossOriginIsolated,
  };
}
